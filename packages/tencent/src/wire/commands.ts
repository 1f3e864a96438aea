/**
 * The table of the commands that the original SDK's sockets serve, each with its translation. What concerns the
 * connection itself (login, logout, hello, heartbeat, the answer to a push) is the door's.
 */

import { configTranslations, type WireSettings } from './config.ts';
import { CONVERSATION_GROUP_TRANSLATIONS } from './conversation-groups.ts';
import { CONVERSATION_READING } from './conversation-reading.ts';
import { CONVERSATION_TRANSLATIONS } from './conversations.ts';
import { ATTRIBUTE_READING, GROUP_ATTRIBUTE_TRANSLATIONS } from './group-attributes.ts';
import { GROUP_COUNTER_TRANSLATIONS } from './group-counters.ts';
import { GROUP_MEMBER_TRANSLATIONS, ROOM_TRANSLATIONS } from './group-members.ts';
import { COMMUNITY_TRANSLATIONS, GROUP_TRANSLATIONS } from './groups.ts';
import { KNOWN_COMMANDS } from './known-commands.ts';
import { GROUP_MESSAGE_TRANSLATIONS, USER_MESSAGE_TRANSLATIONS } from './message-commands.ts';
import { FRIEND_TRANSLATIONS, GROUP_NOTICE_TRANSLATIONS, REPORT_TRANSLATIONS } from './sync.ts';
import type { Translation } from './translation.ts';
import { PROFILE_TRANSLATIONS } from './users.ts';

const GROUPS: Record<string, Translation> = {
  ...GROUP_TRANSLATIONS,
  ...GROUP_MEMBER_TRANSLATIONS,
  ...GROUP_ATTRIBUTE_TRANSLATIONS,
  ...GROUP_COUNTER_TRANSLATIONS,
  ...GROUP_MESSAGE_TRANSLATIONS,
  ...GROUP_NOTICE_TRANSLATIONS,
};

/** Communities have a service of their own, with the commands of all groups. */
const COMMUNITIES: Record<string, Translation> = { ...GROUPS, ...COMMUNITY_TRANSLATIONS };

/** By `<service>.<command>`. */
export function wireCommands(settings: WireSettings): ReadonlyMap<string, Translation> {
  const services: Record<string, Record<string, Translation>> = {
    group_open_http_svc: GROUPS,
    million_group_open_http_svc: COMMUNITIES,
    group_open_attr_http_svc: ATTRIBUTE_READING,
    million_group_open_attr_http_svc: ATTRIBUTE_READING,
    group_open_avchatroom_http_svc: ROOM_TRANSLATIONS,
    profile: PROFILE_TRANSLATIONS,
    sns: FRIEND_TRANSLATIONS,
    recentcontact: { ...CONVERSATION_TRANSLATIONS, ...CONVERSATION_GROUP_TRANSLATIONS },
    openim: { ...USER_MESSAGE_TRANSLATIONS, ...CONVERSATION_READING },
    imopenstat: REPORT_TRANSLATIONS,
    im_sdk_config_mgr: configTranslations(settings),
  };
  const table = new Map<string, Translation>();
  for (const [service, commands] of Object.entries(services)) {
    for (const [command, translation] of Object.entries(commands)) {
      table.set(`${service}.${command}`, translation);
    }
  }
  return table;
}

/** The name under which a command that is not served is counted: its own when clients are known to send it. */
export function countedName(servcmd: string): string {
  return KNOWN_COMMANDS.has(servcmd) ? servcmd : 'other';
}
