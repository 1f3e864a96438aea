/** The instance, logging in and out, and what the SDK says of itself. */
import assert from 'node:assert/strict';
import { both, differs, type SDKRow, type Section, works } from '../row.ts';
import { codeOf, has, type Person, type Stage } from '../stage.ts';

export async function ready(one: Person): Promise<Person> {
  await one.login();
  await one.hears('SDK_READY');
  return one;
}

export async function logsIn({ fresh }: Stage): Promise<void> {
  const one = await fresh();
  has(await one.login(), { code: 0, data: { actionStatus: 'OK', errorCode: 0 } });
  await one.hears('SDK_READY');
  has(await one.login(), { code: 0, data: { repeatLogin: true } });
  assert.equal(await one.call('getLoginUser'), one.userID);
}

export async function logsOut({ fresh }: Stage): Promise<void> {
  const one = await ready(await fresh());
  await one.call('logout');
  await one.hears('SDK_NOT_READY');
  assert.equal(await codeOf(one.call('getGroupList')), 3005);
}

export async function isDestroyed({ fresh, me }: Stage): Promise<void> {
  const one = await ready(await fresh());
  await one.call('destroy');
  const [data] = [await one.hears('SDK_DESTROY')];
  assert.ok(Number(data.SDKAppID) > 0, `it names the app, as that of ${me.userID}`);
}

const NOT_READY = 'sdkStateNotReady';

/** Three handlers of one event, which is raised at two logouts. */
async function listens({ fresh }: Stage): Promise<void> {
  const one = await ready(await fresh());
  await one.call('on', NOT_READY, { $handler: 'on' });
  await one.call('once', NOT_READY, { $handler: 'once' });
  await one.call('on', NOT_READY, { $handler: 'off' });
  await one.call('off', NOT_READY, { $handler: 'off' });
  await one.call('logout');
  await one.until(() => one.all('CALLED_BACK').length >= 2, 'the first time');
  assert.deepEqual(
    one.all('CALLED_BACK').map(({ name }) => name),
    ['on', 'once'],
  );
  one.forget();
  await ready(one);
  await one.call('logout');
  const told = (): string[] => one.all('CALLED_BACK').map(({ name }) => name);
  await one.until(() => told().includes('on'), 'the second time');
  // What else was called back is told before this answer.
  assert.equal(await one.call('isReady'), false);
  assert.deepEqual(told(), ['on']);
}

/** The bits of conversation groups, and of reactions. */
const [BUILT, NOT_BUILT] = [2 ** 10, 2 ** 48];

async function asksExperimentally({ me }: Stage): Promise<void> {
  const ask = 'callExperimentalAPI';
  has(await me.call(ask, 'isCommercialAbilityEnabled', BUILT), { code: 0, data: { enabled: true } });
  has(await me.call(ask, 'isCommercialAbilityEnabled', NOT_BUILT), { code: 0, data: { enabled: false } });
  assert.equal(await me.call(ask, 'canIUseModule', 'group-module'), true);
  assert.equal(await codeOf(me.call(ask, 'unknown', {})), 2905);
}

export const INSTANCE: Section<SDKRow<Stage>> = {
  title: 'The instance',
  rows: {
    login: both(works(logsIn)),
    logout: both(works(logsOut)),
    destroy: both(works(isDestroyed)),
    isReady: both(works(async ({ me }) => assert.equal(await me.call('isReady'), true))),
    getLoginUser: both(works(async ({ me }) => assert.equal(await me.call('getLoginUser'), me.userID))),
    getServerTime: both(
      works(async ({ me }) => assert.ok(Math.abs((await me.call('getServerTime')) - Date.now()) < 5_000)),
    ),
    on: both(works(listens)),
    once: both(works(listens)),
    off: both(works(listens)),
    setLogLevel: both(works(({ me }) => me.call('setLogLevel', 4))),
    registerPlugin: {
      ours: differs('knows no plugin: warns of it once and goes on', ({ me }) =>
        me.call('registerPlugin', { 'a-plugin': {} }),
      ),
      original: works(({ me }) => me.call('registerPlugin', { 'a-plugin': {} })),
    },
    callExperimentalAPI: both(works(asksExperimentally)),
  },
};
