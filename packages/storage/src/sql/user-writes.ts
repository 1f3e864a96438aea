import { userScope } from '@muster/protocol';
import { registrationParameters } from './rows.ts';
import type { Write } from './statements.ts';

/** What is written of a user who is deleted: his row stays, for the numbers and `signaturesFrom` that go on. */
export function deletionWrites(userID: string, seq: number): Write[] {
  return [
    ['deleteUser', registrationParameters(userID)],
    ['pruneLog', [userScope(userID), seq]],
  ];
}
