/**
 * Where a device stands in a scope's log.
 *
 * `epoch` names one history of the database: another epoch (a restored backup, another database) makes every
 * older position unknown. `seq` is the number of the last event applied; 0 is the empty log.
 */
export interface Position {
  epoch: string;
  seq: number;
}

/** What changes are ordered within. */
export type Scope = `user:${string}` | `group:${string}`;

export const userScope = (userID: string): Scope => `user:${userID}`;
export const groupScope = (groupID: string): Scope => `group:${groupID}`;

/** The userID or groupID a scope belongs to. */
export function scopeOwner(scope: Scope): { kind: 'user' | 'group'; id: string } {
  const colon = scope.indexOf(':');
  return { kind: scope.startsWith('user:') ? 'user' : 'group', id: scope.slice(colon + 1) };
}
