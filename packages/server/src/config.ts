/** Reading the options: from flags and the environment to values, or to words that say what is wrong. */
import { list, OPTION_NAMES, OPTIONS, type OptionName } from './options.ts';

export { OPTION_NAMES, OPTIONS, type OptionName, type OptionRow } from './options.ts';

/** What was set, by whom: flags win over the environment. */
export type Given = Partial<Record<OptionName, string>>;

export interface Config {
  host: string;
  port: number;
  storage: string;
  SDKAppID: number;
  secretKey: string;
  administrators: ReadonlySet<string>;
  callLimits: boolean;
  anonymousViewers: boolean;
  tickMs: number;
  devicesPerUser: number;
  membersPerGroup: number;
  membersPerCommunity: number;
  connectionsPerAddress: number;
  proxies: ReadonlySet<string>;
  devHosts: ReadonlySet<string>;
  gracePeriodMs: number;
  logLevel: string;
}

/** Reads flags (`--name value` or `--name=value`) and the environment. Unknown flags are faults. */
export function gather(args: readonly string[], env: Record<string, string | undefined>): Gathered {
  const given: Given = {};
  const faults: string[] = [];
  for (const name of OPTION_NAMES) {
    const value = env[OPTIONS[name].env];
    // Compose files and shells hand down what is not set as an empty text.
    if (value) given[name] = value;
  }
  for (const { flag, value } of flagsOf(args)) {
    const name = OPTION_NAMES.find((option) => OPTIONS[option].flag === flag.slice('--'.length));
    if (!name || !flag.startsWith('--')) faults.push(unknownFlag(flag));
    else if (value === undefined) faults.push(`${flag} needs a value: ${flag} <value>.`);
    else given[name] = value;
  }
  return { given, faults };
}

/** What follows a flag is its value unless it begins like a flag itself; then `--flag=value` says it. */
function flagsOf(args: readonly string[]): { flag: string; value: string | undefined }[] {
  const flags = [];
  for (let at = 0; at < args.length; at += 1) {
    const [flag = '', attached] = (args[at] ?? '').split(/=(.*)/s);
    const next = flag.startsWith('--') && !args[at + 1]?.startsWith('--') ? args[at + 1] : undefined;
    if (attached === undefined && next !== undefined) at += 1;
    flags.push({ flag, value: attached ?? next });
  }
  return flags;
}

export interface Gathered {
  given: Given;
  faults: string[];
}

/** Repeats the name alone: what follows it may be a secret. */
function unknownFlag(flag: string): string {
  const secret = OPTION_NAMES.find(
    (name) => OPTIONS[name].flag === undefined && flag === flagLike(OPTIONS[name].env),
  );
  if (secret)
    return `${flag} is no option, because lists of processes show flags: set ${OPTIONS[secret].env}.`;
  return `${flag} is no option; muster --help lists them.`;
}

function flagLike(env: string): string {
  return env.replace('MUSTER_', '--').replaceAll('_', '-').toLowerCase();
}

/** Everything that is wrong with the options, or with those named, each as a sentence that says what to do. */
export function configFaults(given: Given, names: readonly OptionName[] = OPTION_NAMES): string[] {
  return names.flatMap((name) => {
    const { env, flag, fallback, fault, doc } = OPTIONS[name];
    const value = given[name] ?? fallback;
    const where = flag === undefined ? env : `${env} (or --${flag})`;
    if (value === undefined) return [`${where} is not set. ${doc}`];
    const wrong = fault(value);
    return wrong ? [`${where} ${wrong}.`] : [];
  });
}

/** The options as values. Call it when `configFaults` found nothing. */
export function toConfig(given: Given): Config {
  const value = (name: OptionName): string => given[name] ?? OPTIONS[name].fallback ?? '';
  return {
    host: value('host'),
    port: Number(value('port')),
    storage: value('storage'),
    SDKAppID: Number(value('SDKAppID')),
    secretKey: value('secretKey'),
    administrators: list(value('administrators')),
    callLimits: value('callLimits') === 'on',
    anonymousViewers: value('anonymousViewers') === 'on',
    tickMs: Number(value('tickMs')),
    devicesPerUser: Number(value('devicesPerUser')),
    membersPerGroup: Number(value('membersPerGroup')),
    membersPerCommunity: Number(value('membersPerCommunity')),
    connectionsPerAddress: Number(value('connectionsPerAddress')),
    proxies: list(value('proxies')),
    devHosts: list(value('devHosts').toLowerCase()),
    gracePeriodMs: Number(value('gracePeriodMs')),
    logLevel: value('logLevel'),
  };
}
