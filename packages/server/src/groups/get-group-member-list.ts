import { type GroupRecord, infoOf, type MemberRecord, refuseGroupReading } from '@muster/domain';
import type { GetGroupMemberListInput } from '@muster/protocol';
import type { App } from '../app.ts';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';
import { roomMember } from '../sessions/mirror.ts';
import { entriesOf } from './member-entries.ts';
import { readGroup } from './read-group.ts';

/** What the original gives when the page is not sized. */
const PAGE_COUNT = 15;

export const getGroupMemberList: Handler<'getGroupMemberList'> = async (app, call) => {
  const { input } = call;
  const state = await readGroup(app, call, input.groupID);
  const refusal = refuseGroupReading(state, askerOf(call));
  if (refusal) return refusal;
  const { count = PAGE_COUNT, offset = 0 } = input;
  const group = state.group as GroupRecord;
  const members =
    group.type === 'AVChatRoom'
      ? [...(await presentMembers(app, group)).values()]
          .filter(({ role }) => input.role === undefined || role === input.role)
          .slice(offset, offset + count)
      : await app.storage.groups.members(group.groupID, { offset, count, ...roleOf(input) });
  const next = members.length < count ? 0 : offset + count;
  return { ok: true, output: { memberList: await entriesOf(app, members.map(infoOf)), offset: next } };
};

function roleOf({ role }: GetGroupMemberListInput): { role?: string } {
  return role === undefined ? {} : { role };
}

/** The members of an AVChatRoom are the users with a connected device in it, in the order of their coming (GR7). */
export async function presentMembers(
  app: App,
  { groupID, ownerID }: GroupRecord,
): Promise<Map<string, MemberRecord>> {
  const connected = new Set(app.rooms.connectedUsers(groupID));
  const members = new Map<string, MemberRecord>();
  for (const { room } of await app.storage.groups.roomDevices({ groupID })) {
    const { userID, joinTime } = room;
    if (!connected.has(userID) || members.has(userID)) continue;
    members.set(userID, roomMember(userID, userID === ownerID ? 'Owner' : 'Member', joinTime));
  }
  return members;
}
