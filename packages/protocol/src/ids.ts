/**
 * The forms of identifiers (US1, GR3, GC2), as checks that name what is wrong.
 *
 * Lengths in bytes are lengths in UTF-8. A string with a lone surrogate has no UTF-8 form and is refused.
 */
import { LIMITS } from './limits.ts';

const encoder = new TextEncoder();

/** The length of a string in bytes of UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** Whether a string holds a C0 or C1 control character or DEL. */
export function hasControlCharacter(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return /[\u0000-\u001f\u007f-\u009f]/.test(text);
}

/** What is wrong with a userID, or undefined when it is well formed (US1). */
export function userIDFault(userID: string): string | undefined {
  if (userID === '') return 'is empty';
  if (!userID.isWellFormed()) return 'is not well-formed Unicode';
  if (utf8Length(userID) > LIMITS.userID_bytes_max.value) return 'is longer than 32 bytes';
  if (hasControlCharacter(userID)) return 'holds a control character';
  if (userID.startsWith('@')) return "begins with '@'";
  return undefined;
}

/** What is wrong with a groupID that an app chooses for a group of this type, or undefined (GR3). */
export function ownGroupIDFault(groupID: string, isCommunity: boolean): string | undefined {
  const fault = groupIDFault(groupID);
  if (fault) return fault;
  if (!groupID.startsWith('@TGS#')) return undefined;
  if (isCommunity && groupID.startsWith('@TGS#_')) return undefined;
  return "begins with '@TGS#', which is kept for the server's own groupIDs";
}

/** What is wrong with a groupID as such, whoever made it, or undefined. */
export function groupIDFault(groupID: string): string | undefined {
  if (groupID === '') return 'is empty';
  if (!/^[\x20-\x7e]*$/.test(groupID)) return 'holds something else than printable ASCII';
  if (groupID.length > LIMITS.groupID_bytes_max.value) return 'is longer than 48 bytes';
  if (groupID.includes('@TOPIC#_')) return "contains '@TOPIC#_', which names a topic";
  return undefined;
}

/** What is wrong with the key of a counter, or undefined (GC2). */
export function counterKeyFault(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (
    key.length > LIMITS.counterKey_codePoints_max.value &&
    [...key].length > LIMITS.counterKey_codePoints_max.value
  ) {
    return 'is longer than 128 characters';
  }
  if (key.includes('\u0000')) return 'holds U+0000';
  if (!key.isWellFormed()) return 'is not well-formed Unicode';
  return undefined;
}

/** What is wrong with the name that a conversation group is to have, or undefined (CG2). */
export function conversationGroupNameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (!name.isWellFormed()) return 'is not well-formed Unicode';
  if (utf8Length(name) > LIMITS.conversationGroupName_bytes_max.value) return 'is longer than 32 bytes';
  if (hasControlCharacter(name)) return 'holds a control character';
  return undefined;
}

/** What a conversationID names: a user or a group (CV). Undefined when it is malformed; `@TIM#SYSTEM` is (CG6). */
export function parseConversationID(
  conversationID: string,
): { type: 'C2C'; userID: string } | { type: 'GROUP'; groupID: string } | undefined {
  if (conversationID.startsWith('GROUP')) {
    const groupID = conversationID.slice('GROUP'.length);
    return groupIDFault(groupID) === undefined ? { type: 'GROUP', groupID } : undefined;
  }
  if (!conversationID.startsWith('C2C')) return undefined;
  const userID = conversationID.slice('C2C'.length);
  return userIDFault(userID) === undefined ? { type: 'C2C', userID } : undefined;
}

export const conversationWithUser = (userID: string): string => `C2C${userID}`;
export const conversationOfGroup = (groupID: string): string => `GROUP${groupID}`;
