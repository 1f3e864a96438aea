import { joinGroup as decideJoin } from '@muster/domain';
import type { App } from '../app.ts';
import type { Call, Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { withPresence } from '../presence.ts';
import { tellRoom } from '../room-tips.ts';
import { leaveRoom } from './quit-group.ts';
import { hasPlace, takePlace } from './room-place.ts';

export const joinGroup: Handler<'joinGroup'> = async (app, call) => {
  const { session, input } = call;
  const result = await changeGroup(app, call, {
    groupID: input.groupID,
    decide: (state) => decideJoin(state, askerOf(call), input),
  });
  if (!result.ok || !session || !result.output.group || result.output.profile.type !== 'AVChatRoom')
    return result;
  const place = { groupID: input.groupID, device: session.device };
  if (result.repeated && !(await hasPlace(app, place))) return result;
  const isNewcomer = takePlace(app, session, result.output.group);
  const leftGroupIDList = await leaveOthers(app, call, input);
  if (isNewcomer) tellRoom(app, input.groupID, { kind: 'joined', userID: call.userID });
  const profile = withPresence(app, result.output.profile);
  const group = { ...result.output.group, profile };
  return { ...result, output: { ...result.output, group, profile, leftGroupIDList } };
};

/** A device is in one AVChatRoom at a time unless it says otherwise (GR7). */
async function leaveOthers(
  app: App,
  { session }: Pick<Call, 'session'>,
  { groupID, othersToo }: { groupID: string; othersToo?: boolean },
): Promise<string[]> {
  if (!session || othersToo) return [];
  const others = app.rooms.roomsOf(session.device).filter((other) => other !== groupID);
  for (const other of others)
    await leaveRoom(app, { groupID: other, device: session.device, userID: session.userID });
  return others;
}
