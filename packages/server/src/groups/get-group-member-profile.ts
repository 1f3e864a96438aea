import { type GroupRecord, infoOf, refuseMemberReading } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';
import { presentMembers } from './get-group-member-list.ts';
import { entriesOf } from './member-entries.ts';

export const getGroupMemberProfile: Handler<'getGroupMemberProfile'> = async (app, call) => {
  const { groupID, userIDList } = call.input;
  const devices = app.rooms.devicesOf(groupID, call.userID);
  const state = await app.storage.groups.read(groupID, [...new Set([call.userID, ...userIDList])], devices);
  const refusal = refuseMemberReading(state, askerOf(call), call.input);
  if (refusal) return refusal;
  const group = state.group as GroupRecord;
  const members = group.type === 'AVChatRoom' ? await presentMembers(app, group) : state.members;
  const named = [...new Set(userIDList)].flatMap((userID) => members.get(userID) ?? []);
  return { ok: true, output: { memberList: await entriesOf(app, named.map(infoOf)) } };
};
