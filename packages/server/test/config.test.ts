import { expect, it } from 'vitest';
import { configFaults, gather, OPTION_NAMES, OPTIONS, toConfig } from '../src/config.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const COMPLETE = { storage: 'sqlite:muster.db', SDKAppID: '1400000001', secretKey: KEY };

it('gives each option a name of its own in the environment and among the flags', () => {
  const envs = OPTION_NAMES.map((name) => OPTIONS[name].env);
  const flags = OPTION_NAMES.flatMap((name) => OPTIONS[name].flag ?? []);
  expect(new Set(envs).size).toBe(envs.length);
  expect(new Set(flags).size).toBe(flags.length);
  for (const env of envs) expect(env).toMatch(/^MUSTER_[A-Z_]+$/);
  for (const flag of flags) expect(flag).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

it('says of each option what it is, and presets nothing that it would refuse', () => {
  for (const name of OPTION_NAMES) {
    const { doc, fallback, fault } = OPTIONS[name];
    expect(doc).toMatch(/\.$/);
    if (fallback !== undefined) expect(fault(fallback)).toBeUndefined();
  }
});

it('takes no secret as a flag, and repeats none', () => {
  expect(OPTIONS.secretKey.flag).toBeUndefined();
  for (const args of [['--secret-key', KEY], [`--secret-key=${KEY}`]]) {
    const { given, faults } = gather(args, {});
    expect(given).toEqual({});
    expect(faults).toEqual([
      '--secret-key is no option, because lists of processes show flags: set MUSTER_SECRET_KEY.',
    ]);
  }
});

it('reads flags in both spellings, and flags win over the environment', () => {
  const env = { MUSTER_PORT: '1', MUSTER_HOST: 'localhost', MUSTER_TICK_MS: '', HOME: '/root' };
  const { given, faults } = gather(['--port', '9000', '--storage=sqlite:a=b.db'], env);
  expect(given).toEqual({ host: 'localhost', port: '9000', storage: 'sqlite:a=b.db' });
  expect(faults).toEqual([]);
});

it.each([
  [['--prot', '1'], ['--prot is no option; muster --help lists them.']],
  [['8080'], ['8080 is no option; muster --help lists them.']],
  [['--'], ['-- is no option; muster --help lists them.']],
  [['--port'], ['--port needs a value: --port <value>.']],
  [['--port', '--host', 'a'], ['--port needs a value: --port <value>.']],
])('says what is wrong with %j', (args, words) => {
  expect(gather(args, {}).faults).toEqual(words);
});

it('says of what is missing for production what it is', () => {
  expect(configFaults({})).toEqual([
    `MUSTER_STORAGE (or --storage) is not set. ${OPTIONS.storage.doc}`,
    `MUSTER_SDK_APP_ID (or --sdk-app-id) is not set. ${OPTIONS.SDKAppID.doc}`,
    `MUSTER_SECRET_KEY is not set. ${OPTIONS.secretKey.doc}`,
  ]);
  expect(configFaults(COMPLETE)).toEqual([]);
});

it.each([
  [{ port: '65536' }, 'MUSTER_PORT (or --port) must be a whole number from 0 to 65535.'],
  [{ port: '-1' }, 'MUSTER_PORT (or --port) must be a whole number from 0 to 65535.'],
  [{ port: '80.5' }, 'MUSTER_PORT (or --port) must be a whole number from 0 to 65535.'],
  [{ host: '' }, 'MUSTER_HOST (or --host) must not be empty.'],
  [{ storage: 'mysql://x' }, 'MUSTER_STORAGE (or --storage) must be sqlite:<file> or postgres://….'],
  [{ storage: 'sqlite:' }, 'MUSTER_STORAGE (or --storage) must be sqlite:<file> or postgres://….'],
  [
    { storage: 'postgres://a:b#c[@/x' },
    /^MUSTER_STORAGE \(or --storage\) is no URL: write special characters/,
  ],
  [{ SDKAppID: '0' }, 'MUSTER_SDK_APP_ID (or --sdk-app-id) must be a whole number from 1 to 4294967295.'],
  [{ callLimits: 'no' }, 'MUSTER_CALL_LIMITS (or --call-limits) must be one of on, off.'],
  [{ logLevel: 'loud' }, /^MUSTER_LOG_LEVEL \(or --log-level\) must be one of trace, /],
  [{ administrators: 'root,@x' }, `MUSTER_ADMINS (or --admins) names "@x", which begins with '@'.`],
  [{ devHosts: 'http://a:1' }, /^MUSTER_DEV_HOSTS \(or --dev-hosts\) names "http:\/\/a:1": write host names/],
  [{ devHosts: 'a:1' }, /names "a:1": write host names without scheme and port/],
])('refuses %j', (given, words) => {
  expect(configFaults({ ...COMPLETE, ...given })).toEqual([
    typeof words === 'string' ? words : expect.stringMatching(words),
  ]);
});

it.each(['short', 'a'.repeat(64), 'abababab'.repeat(8)])(
  '[SE4] refuses a weak key without repeating it',
  (secretKey) => {
    const [words = '', ...more] = configFaults({ ...COMPLETE, secretKey });
    expect(more).toEqual([]);
    expect(words).toMatch(/^MUSTER_SECRET_KEY .*openssl rand -hex 32/);
    expect(words).not.toContain(secretKey);
  },
);

it('turns what is given into values, and presets the rest', () => {
  const given = {
    ...COMPLETE,
    administrators: ' root , ops ',
    devHosts: 'Laptop.local',
    callLimits: 'off',
    port: '0',
  };
  expect(toConfig(given)).toMatchObject({
    host: '127.0.0.1',
    port: 0,
    storage: 'sqlite:muster.db',
    SDKAppID: 1_400_000_001,
    secretKey: KEY,
    administrators: new Set(['root', 'ops']),
    devHosts: new Set(['laptop.local']),
    proxies: new Set(),
    callLimits: false,
    tickMs: 100,
    logLevel: 'info',
  });
});
