import type { GroupState } from '@muster/domain';
import type { App } from '../app.ts';
import type { Call } from '../call.ts';

/** A group with the rows of the caller: as a member, and with his device in an AVChatRoom. */
export function readGroup(app: App, { userID, session }: Pick<Call, 'userID' | 'session'>, groupID: string): Promise<GroupState> {
  return app.storage.groups.read(groupID, [userID], session ? [session.device] : []);
}
