/** Group attributes: up to 16 strings by name, the same at every member (GR5). */
import type { ChatResponse, OperationOptions } from './results.ts';

/** Keys of 1 to 32 bytes, values of up to 4,000, 16,000 bytes of keys and values together. */
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

/** Every member may read and write, and hears of every write by `GROUP_ATTRIBUTES_UPDATED`. */
export interface GroupAttributeMethods {
  /**
   * Puts these attributes in the place of all that the group has; of several such calls the last one stays.
   *
   * Rejects 10010 no such group · 10007 not a member · 10004 too many, or too long.
   */
  initGroupAttributes(
    options: SetGroupAttributesOptions,
  ): Promise<ChatResponse<{ groupAttributes: GroupAttributes }>>;

  /** Sets these and leaves the others. Rejects 10010 · 10007 · 10004. */
  setGroupAttributes(
    options: SetGroupAttributesOptions,
  ): Promise<ChatResponse<{ groupAttributes: GroupAttributes }>>;

  /** Removes those named, all when none is, and resolves with those removed. Rejects 10010 · 10007. */
  deleteGroupAttributes(options: GroupAttributeKeysOptions): Promise<ChatResponse<{ keyList: string[] }>>;

  /** Those named that exist, all when none is; from memory once it knows them. Rejects 10010 · 10007. */
  getGroupAttributes(
    options: GroupAttributeKeysOptions,
  ): Promise<ChatResponse<{ groupAttributes: GroupAttributes }>>;
}
