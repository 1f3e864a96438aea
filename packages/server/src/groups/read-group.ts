import type { GroupState } from '@muster/domain';
import type { App } from '../app.ts';
import type { Call } from '../call.ts';

/** A group with the rows of the caller: as a member, and with his devices in an AVChatRoom (GR7). */
export function readGroup(app: App, { userID }: Pick<Call, 'userID'>, groupID: string): Promise<GroupState> {
  return app.storage.groups.read(groupID, [userID], app.rooms.devicesOf(groupID, userID));
}
