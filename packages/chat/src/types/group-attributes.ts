/** Group attributes: up to 16 strings by name, the same at every member (GR5). */
import type { ChatResponse, OperationOptions } from './results.ts';

/** Keys of up to 32 bytes, values of up to 4,000, 16,000 bytes in all. */
export type GroupAttributes = Record<string, string>;

export interface SetGroupAttributesOptions extends OperationOptions {
  groupID: string;
  groupAttributes: GroupAttributes;
}

export interface GroupAttributeKeysOptions extends OperationOptions {
  groupID: string;
  /** All when left out or empty. */
  keyList?: string[];
}

/**
 * Every write raises `GROUP_ATTRIBUTES_UPDATED` at every member. All reject 10010 no such group · 10007 not a member.
 */
export interface GroupAttributeMethods {
  /** Replaces all attributes by those given. */
  initGroupAttributes(
    options: SetGroupAttributesOptions,
  ): Promise<ChatResponse<{ groupAttributes: GroupAttributes }>>;

  /** Sets those given and leaves the others. */
  setGroupAttributes(
    options: SetGroupAttributesOptions,
  ): Promise<ChatResponse<{ groupAttributes: GroupAttributes }>>;

  deleteGroupAttributes(options: GroupAttributeKeysOptions): Promise<ChatResponse<{ keyList: string[] }>>;

  getGroupAttributes(
    options: GroupAttributeKeysOptions,
  ): Promise<ChatResponse<{ groupAttributes: GroupAttributes }>>;
}
