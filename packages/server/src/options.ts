/**
 * Every option of the server, in one table: its flag, its environment variable, its default and its words. `--help`,
 * `muster check-config` and the reference are made from it.
 */
import { limit, userIDFault } from '@muster/protocol';

export interface OptionRow {
  env: string;
  /** Undefined for secrets, which a list of processes would show. */
  flag: string | undefined;
  /** What is taken when nothing is set; undefined when it must be set in production. */
  fallback: string | undefined;
  /** What is wrong with a value, or undefined. */
  fault: (value: string) => string | undefined;
  doc: string;
}

const SECRET_CHARACTERS_MIN = 32;
const SECRET_DIFFERENT_CHARACTERS_MIN = 8;

const anything = (): undefined => undefined;
const filled = (value: string): string | undefined => (value === '' ? 'must not be empty' : undefined);
const count =
  (least: number, most: number) =>
  (value: string): string | undefined =>
    /^[0-9]+$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
const oneOf =
  (...values: string[]) =>
  (value: string): string | undefined =>
    values.includes(value) ? undefined : `must be one of ${values.join(', ')}`;

function storageFault(value: string): string | undefined {
  if (/^sqlite:.+/.test(value)) return undefined;
  if (!/^postgres(ql)?:\/\/.+/.test(value)) return 'must be sqlite:<file> or postgres://…';
  return URL.canParse(value)
    ? undefined
    : 'is no URL: write special characters of a password as %23 and the like';
}

/** No words of a fault repeat the value: it may be nearly the key. */
function secretFault(value: string): string | undefined {
  const advice = 'make one with `openssl rand -hex 32`';
  if (value.length < SECRET_CHARACTERS_MIN)
    return `must have at least ${SECRET_CHARACTERS_MIN} characters: ${advice}`;
  if (new Set(value).size < SECRET_DIFFERENT_CHARACTERS_MIN) return `repeats too few characters: ${advice}`;
  return undefined;
}

function usersFault(value: string): string | undefined {
  for (const userID of list(value)) {
    const fault = userIDFault(userID);
    if (fault) return `names ${JSON.stringify(userID)}, which ${fault}`;
  }
  return undefined;
}

/** A scheme or a port would never match: hosts are compared by name alone. */
function hostNamesFault(value: string): string | undefined {
  const wrong = [...list(value)].find((name) => !/^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/i.test(name));
  if (wrong === undefined) return undefined;
  return `names ${JSON.stringify(wrong)}: write host names without scheme and port, such as laptop.local or [fd00::1]`;
}

/** The items of an option that takes several, separated by commas. */
export function list(value: string): ReadonlySet<string> {
  const items = value.split(',').map((item) => item.trim());
  return new Set(items.filter((item) => item !== ''));
}

const row = (options: OptionRow): OptionRow => options;

export const OPTIONS = {
  host: row({
    env: 'MUSTER_HOST',
    flag: 'host',
    fallback: '127.0.0.1',
    fault: filled,
    doc: 'The address to listen on.',
  }),
  port: row({
    env: 'MUSTER_PORT',
    flag: 'port',
    fallback: '8080',
    fault: count(0, 65_535),
    doc: 'The port to listen on; 0 takes any free one.',
  }),
  storage: row({
    env: 'MUSTER_STORAGE',
    flag: 'storage',
    fallback: undefined,
    fault: storageFault,
    doc: 'Where everything is kept: sqlite:<file> or postgres://user@host/database.',
  }),
  SDKAppID: row({
    env: 'MUSTER_SDK_APP_ID',
    flag: 'sdk-app-id',
    fallback: undefined,
    fault: count(1, 4_294_967_295),
    doc: 'The number of the app that this server serves.',
  }),
  secretKey: row({
    env: 'MUSTER_SECRET_KEY',
    flag: undefined,
    fallback: undefined,
    fault: secretFault,
    doc: 'The key that userSigs are signed with. Only the environment takes it, never a flag.',
  }),
  administrators: row({
    env: 'MUSTER_ADMINS',
    flag: 'admins',
    fallback: 'administrator',
    fault: usersFault,
    doc: 'The userIDs of administrators, separated by commas.',
  }),
  callLimits: row({
    env: 'MUSTER_CALL_LIMITS',
    flag: 'call-limits',
    fallback: 'on',
    fault: oneOf('on', 'off'),
    doc: 'Whether calls of counters are limited, at the server and in the SDK. Off is for tests and load.',
  }),
  anonymousViewers: row({
    env: 'MUSTER_ANONYMOUS_VIEWERS',
    flag: 'anonymous-viewers',
    fallback: 'off',
    fault: oneOf('on', 'off'),
    doc: 'Whether the original SDK may watch AVChatRooms without a login: their messages, tips and counters.',
  }),
  tickMs: row({
    env: 'MUSTER_TICK_MS',
    flag: 'tick-ms',
    fallback: String(limit('fanOutTick_ms_min')),
    fault: count(0, 60_000),
    doc: 'Least milliseconds between two counter events of a group; 0 sends every change at once.',
  }),
  devicesPerUser: row({
    env: 'MUSTER_DEVICES_PER_USER',
    flag: 'devices-per-user',
    fallback: String(limit('devices_perUser_max')),
    fault: count(1, 1_000),
    doc: 'Devices of a user that may be connected at once.',
  }),
  membersPerGroup: row({
    env: 'MUSTER_MEMBERS_PER_GROUP',
    flag: 'members-per-group',
    fallback: String(limit('members_perGroup_max')),
    fault: count(1, 1_000_000),
    doc: 'Members of a Work, Public or Meeting group.',
  }),
  membersPerCommunity: row({
    env: 'MUSTER_MEMBERS_PER_COMMUNITY',
    flag: 'members-per-community',
    fallback: String(limit('members_perCommunity_max')),
    fault: count(1, 10_000_000),
    doc: 'Members of a Community.',
  }),
  connectionsPerAddress: row({
    env: 'MUSTER_CONNECTIONS_PER_ADDRESS',
    flag: 'connections-per-address',
    fallback: String(limit('connections_perAddress_max')),
    fault: count(1, 10_000_000),
    doc: 'Connections of one address; loopback and proxies are not counted.',
  }),
  proxies: row({
    env: 'MUSTER_PROXIES',
    flag: 'proxies',
    fallback: '',
    fault: anything,
    doc: 'Addresses of proxies in front of this server, separated by commas: their connections are not counted.',
  }),
  devHosts: row({
    env: 'MUSTER_DEV_HOSTS',
    flag: 'dev-hosts',
    fallback: '',
    fault: hostNamesFault,
    doc: 'Host names besides loopback from which /dev/login may be asked, separated by commas (muster dev only).',
  }),
  gracePeriodMs: row({
    env: 'MUSTER_GRACE_PERIOD_MS',
    flag: 'grace-period-ms',
    fallback: String(limit('gracePeriod_ms')),
    fault: count(0, 600_000),
    doc: 'How long a stopping server takes to finish what it has.',
  }),
  logLevel: row({
    env: 'MUSTER_LOG_LEVEL',
    flag: 'log-level',
    fallback: 'info',
    fault: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    doc: 'The least level that is logged.',
  }),
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof OPTIONS;

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];
