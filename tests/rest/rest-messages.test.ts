/** Messages over REST v4, which devices hear like any other. */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heard, listeningDevice, logged } from './listening-device.ts';
import { importAccounts, rest, restOK } from './rest-client.ts';

const NOW = 1_700_000_000_000;
const SECONDS = NOW / 1_000;
const GroupId = 'talk';

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster({ now: () => NOW });
  await importAccounts(muster, 'alice', 'bob');
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ Owner_Account: 'alice', Type: 'Public', GroupId, Name: 'Talk' },
  });
});
afterAll(() => muster.close());

const said = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
const toGroup = (body: object) => restOK(muster, 'group_open_http_svc/send_group_msg', { GroupId, ...body });
const codeOf = async (command: string, body: object): Promise<number> =>
  (await rest(muster, command, body)).body.ErrorCode;

describe('send_group_msg and group_msg_get_simple', () => {
  it('[MS1][MS2][RS3] says a message to a group, for an account or for the administrator', async () => {
    const alice = await listeningDevice(muster, 'alice');
    expect(await toGroup({ From_Account: 'bob', Random: 1, MsgBody: said('one') })).toEqual({
      MsgTime: SECONDS,
      MsgSeq: 1,
    });
    expect((await heard(alice, 'messageSent')).message).toMatchObject({
      ...{ from: 'bob', to: GroupId, type: 'TIMTextElem', payload: { text: 'one' }, random: 1 },
      timestamp: NOW,
    });
    const mentions = [{ GroupAtAllFlag: 0, GroupAt_Account: 'alice' }, { GroupAtAllFlag: 1 }];
    const more = { MsgPriority: 'High', CloudCustomData: 'mine', GroupAtInfo: mentions };
    expect(await toGroup({ Random: 2, MsgBody: said('two'), ...more })).toMatchObject({ MsgSeq: 2 });
    await alice.until((device) => logged(device).length === 2, 'both messages');
    expect((await heard(alice, 'messageSent')).message).toMatchObject({
      ...{ from: 'administrator', priority: 'High', cloudCustomData: 'mine' },
      atUserList: ['alice', '__kImSDK_MesssageAtALL__'],
    });
    expect(
      await restOK(muster, 'group_open_http_svc/group_msg_get_simple', { GroupId, ReqMsgNumber: 9 }),
    ).toEqual({
      GroupId,
      IsFinished: 1,
      RspMsgList: [
        {
          ...{ From_Account: 'administrator', IsPlaceMsg: 0, MsgBody: said('two'), MsgPriority: 'High' },
          ...{ MsgRandom: 2, MsgSeq: 2, MsgTimeStamp: SECONDS, CloudCustomData: 'mine' },
        },
        {
          ...{ From_Account: 'bob', IsPlaceMsg: 0, MsgBody: said('one'), MsgPriority: 'Normal' },
          ...{ MsgRandom: 1, MsgSeq: 1, MsgTimeStamp: SECONDS },
        },
      ],
    });
    const page = { GroupId, ReqMsgNumber: 1, ReqMsgSeq: 1 };
    expect((await restOK(muster, 'group_open_http_svc/group_msg_get_simple', page)).RspMsgList).toMatchObject(
      [{ MsgSeq: 1 }],
    );
    await alice.request('revokeMessage', { conversationID: `GROUP${GroupId}`, sequence: 1 });
    expect((await restOK(muster, 'group_open_http_svc/group_msg_get_simple', page)).RspMsgList).toMatchObject(
      [{ MsgSeq: 1, IsPlaceMsg: 2 }],
    );
    alice.close();
  });

  it('[MS5] an online-only message reaches devices and is not kept', async () => {
    const alice = await listeningDevice(muster, 'alice');
    const sent = await toGroup({ Random: 3, OnlineOnlyFlag: 1, MsgBody: said('passing') });
    expect(sent).toEqual({ MsgTime: SECONDS, MsgSeq: 0 });
    await alice.until(({ events }) => events.some(({ event }) => event === 'onlineMessage'));
    const control = { SendMsgControl: ['NoUnread', 'NoLastMsg'] };
    await toGroup({ Random: 4, MsgBody: said('quiet'), ...control });
    const { message } = await heard(alice, 'messageSent');
    expect(message).toMatchObject({ excludedFromUnreadCount: true, excludedFromLastMessage: true });
    alice.close();
  });

  it.each([
    ['TIMCustomElem', { Data: 'd', Desc: 'e', Ext: 'f' }, { data: 'd', description: 'e', extension: 'f' }],
    ['TIMFaceElem', { Index: 6, Data: 'abc' }, { index: 6, data: 'abc' }],
    [
      'TIMLocationElem',
      { Desc: 'here', Latitude: 29.5, Longitude: 116 },
      { description: 'here', latitude: 29.5, longitude: 116 },
    ],
  ])('[MS1] carries a %s', async (MsgType, MsgContent, payload) => {
    const alice = await listeningDevice(muster, 'alice');
    await toGroup({ Random: 5, MsgBody: [{ MsgType, MsgContent }] });
    expect((await heard(alice, 'messageSent')).message).toMatchObject({ type: MsgType, payload });
    alice.close();
  });

  it('[RS5] refuses what is missing or of another form', async () => {
    const SEND = 'group_open_http_svc/send_group_msg';
    const body = { GroupId, Random: 1, MsgBody: said('text') };
    expect(await codeOf(SEND, { ...body, GroupId: 'absent' })).toBe(10010);
    expect(await codeOf(SEND, { ...body, GroupId: 'ä' })).toBe(10015);
    expect(await codeOf(SEND, { ...body, From_Account: 'nobody' })).toBe(10019);
    expect(await codeOf(SEND, { ...body, MsgBody: said('x'.repeat(12_300)) })).toBe(80002);
    for (const wrong of [
      { GroupId: undefined },
      { Random: undefined },
      { MsgBody: undefined },
      { MsgBody: [] },
      { MsgBody: [...said('one'), ...said('two')] },
      { MsgBody: said('') },
      { MsgBody: [{ MsgType: 'TIMSoundElem', MsgContent: {} }] },
      { MsgPriority: 'Urgent' },
    ])
      expect(await codeOf(SEND, { ...body, ...wrong })).toBe(10004);
    const HISTORY = 'group_open_http_svc/group_msg_get_simple';
    expect(await codeOf(HISTORY, { GroupId })).toBe(10004);
    expect(await codeOf(HISTORY, { GroupId: 'absent', ReqMsgNumber: 5 })).toBe(10010);
  });
});

describe('openim/sendmsg', () => {
  const SEND = 'openim/sendmsg';

  it('[MS1][RS3] says a message to a user, at both sides', async () => {
    const [alice, bob] = [await listeningDevice(muster, 'alice'), await listeningDevice(muster, 'bob')];
    const body = {
      From_Account: 'bob',
      To_Account: 'alice',
      MsgSeq: 93,
      MsgRandom: 1287,
      MsgBody: said('hi'),
    };
    expect(await restOK(muster, SEND, { SyncOtherMachine: 1, MsgLifeTime: 60, ...body })).toEqual({
      MsgTime: SECONDS,
      MsgKey: `1_1287_${SECONDS}`,
    });
    expect(await heard(alice, 'messageSent')).toMatchObject({
      conversationID: 'C2Cbob',
      message: { from: 'bob', to: 'alice', payload: { text: 'hi' }, random: 1287, sequence: 1 },
    });
    expect(await heard(bob, 'messageSent')).toMatchObject({ conversationID: 'C2Calice' });
    const { From_Account, ...own } = body;
    await restOK(muster, SEND, own);
    await alice.until((device) => logged(device).length === 2, 'the message of the administrator');
    expect((await heard(alice, 'messageSent')).message.from).toBe('administrator');
    for (const device of [alice, bob]) device.close();
  });

  it('[RS5] refuses who is not known 20003, and what is of another form 90001', async () => {
    const body = { From_Account: 'bob', To_Account: 'alice', MsgRandom: 1, MsgBody: said('hi') };
    expect(await codeOf(SEND, { ...body, To_Account: 'nobody' })).toBe(20003);
    expect(await codeOf(SEND, { ...body, From_Account: 'nobody' })).toBe(20003);
    expect(await codeOf(SEND, { ...body, MsgBody: said('x'.repeat(12_300)) })).toBe(80002);
    for (const wrong of [
      { To_Account: undefined },
      { To_Account: '@alice' },
      { To_Account: ['alice'] },
      { MsgRandom: undefined },
      { MsgRandom: -1 },
      { MsgBody: 'hi' },
      { MsgBody: [{ MsgType: 'TIMTextElem' }] },
      { From_Account: 5 },
    ])
      expect(await codeOf(SEND, { ...body, ...wrong })).toBe(90001);
  });
});
