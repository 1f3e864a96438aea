import type { GroupProfile } from '@muster/protocol';
import type { App } from './app.ts';

/** A profile as it is shown: the members of an AVChatRoom are those who are there now (GR7). */
export function withPresence(app: App, profile: GroupProfile): GroupProfile {
  if (profile.type !== 'AVChatRoom') return profile;
  return { ...profile, memberCount: app.rooms.connectedCount(profile.groupID) };
}
