import type { MemberEntry, MemberInfo } from '@muster/protocol';
import type { App } from '../app.ts';
import type { GroupChangeResult } from '../change-group.ts';

/** Members as lists show them, with what their profiles say now. */
export async function entriesOf(app: App, members: readonly MemberInfo[]): Promise<MemberEntry[]> {
  const users = await app.storage.users.read(members.map(({ userID }) => userID));
  return members.map((member) => {
    const profile = users.get(member.userID)?.profile;
    return { ...member, nick: profile?.nick ?? '', avatar: profile?.avatar ?? '' };
  });
}

/** The result of a change of one member, with what his profile says now. */
export async function withEntry(app: App, result: GroupChangeResult<{ member: MemberInfo }>) {
  if (!result.ok) return result;
  const [member] = await entriesOf(app, [result.output.member]);
  if (!member) throw new Error('a member has no entry');
  return { ...result, output: { member } };
}
