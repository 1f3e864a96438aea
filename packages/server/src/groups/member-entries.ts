import { infoOf, type MemberRecord } from '@muster/domain';
import type { MemberEntry } from '@muster/protocol';
import type { App } from '../app.ts';

/** Members as lists show them, with what their profiles say now. */
export async function entriesOf(app: App, members: readonly MemberRecord[]): Promise<MemberEntry[]> {
  const users = await app.storage.users.read(members.map(({ userID }) => userID));
  return members.map((member) => {
    const profile = users.get(member.userID)?.profile;
    return { ...infoOf(member), nick: profile?.nick ?? '', avatar: profile?.avatar ?? '' };
  });
}
