import { accept, quitGroup as decideQuit, leaveRoom as roomChanges } from '@muster/domain';
import type { App } from '../app.ts';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { givePlace, hasPlace } from './room-place.ts';

export const quitGroup: Handler<'quitGroup'> = async (app, call) => {
  const { groupID } = call.input;
  const result = await changeGroup(app, call, {
    groupID,
    decide: (state) => decideQuit(state, askerOf(call)),
  });
  if (!result.ok || !call.session) return result;
  const place = { groupID, device: call.session.device };
  if (!result.repeated || !(await hasPlace(app, place))) givePlace(app, place);
  return result;
};

/** Takes a device out of an AVChatRoom: it joined another, or did not come back in time (GR7). */
export async function leaveRoom(
  app: App,
  place: { groupID: string; device: number; userID: string },
): Promise<void> {
  const { groupID, device, userID } = place;
  await app.storage.groups.update({
    groupID,
    userIDs: [userID],
    devices: [device],
    now: app.now(),
    decide: (state) => accept(roomChanges(state, device), null),
  });
  givePlace(app, { groupID, device });
}
