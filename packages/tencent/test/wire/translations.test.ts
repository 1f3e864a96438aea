import type { CommandName } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { type Ask, type Body, countedName, emptyMemory, tinyIDOf, wireCommands } from '../../src/index.ts';

const commands = wireCommands({ SDKAppID: 1, callLimits: true });

/** Translates a request; every command of ours is answered with what `outputs` says, and noted. */
async function translate(servcmd: string, body: Body, outputs: Partial<Record<CommandName, object>> = {}) {
  const calls: [CommandName, object][] = [];
  const ask = (async (command: CommandName, input: object) => {
    calls.push([command, input]);
    return { ok: true, output: outputs[command] ?? {} };
  }) as unknown as Ask;
  const translation = commands.get(servcmd);
  if (!translation) throw new Error(`${servcmd} is not served`);
  const answer = await translation({
    body,
    userID: 'ann',
    now: 0,
    memory: emptyMemory(),
    told: () => 0,
    ask,
  });
  return { calls, answer };
}

describe('requests of the original SDK', () => {
  it.each(['Work', 'Public', 'Meeting', 'AVChatRoom', 'Community'])(
    '[GR1] makes a group of type %s',
    async (type) => {
      const wire = { Work: 'Private', Meeting: 'ChatRoom' }[type] ?? type;
      const body = {
        Type: wire,
        Name: 'team',
        GroupId: '',
        FaceUrl: '',
        MemberList: [{ Member_Account: 'bob' }],
      };
      const group = { profile: { groupID: 'g', type } };
      const { calls, answer } = await translate('group_open_http_svc.create_group', body, {
        createGroup: { group },
      });
      expect(calls).toEqual([
        ['createGroup', { type, name: 'team', avatar: '', memberList: [{ userID: 'bob' }] }],
      ]);
      expect(answer).toEqual({ GroupId: 'g', Type: wire });
    },
  );

  it('[GC6][GC3] updates counters, and keeps every digit of an integer that is not safe', async () => {
    const body = { GroupId: 'g', Mode: 'Set', GroupCounter: [{ Key: 'a', Value: 2 ** 60 }, { Key: 'b' }] };
    const { calls, answer } = await translate('group_open_http_svc.update_group_counter', body, {
      updateGroupCounters: { counters: [{ key: 'a', value: '1152921504606846977' }], version: 3 },
    });
    const counters = [
      { key: 'a', value: '1152921504606846976' },
      { key: 'b', value: undefined },
    ];
    expect(calls).toEqual([['updateGroupCounters', { groupID: 'g', mode: 'Set', counters }]]);
    expect(JSON.stringify(answer)).toBe('{"GroupCounter":[{"Key":"a","Value":1152921504606846977}]}');
  });

  it('[OS4] lists are complete: without these the client asks again without end', async () => {
    const empty = {
      getConversationList: { conversationList: [] },
      getConversationGroups: { conversationGroupList: [] },
    };
    const lists = { ...empty, getGroupList: { groups: [] } };
    const page = await translate('recentcontact.page_get', {}, lists);
    expect(page.answer).toMatchObject({ CompleteFlag: 1, StartIndex: 0 });
    expect((await translate('recentcontact.get_contact_group', {}, lists)).answer).toMatchObject({
      CompleteFlag: 1,
    });
    expect((await translate('sns.black_list_get', {})).answer).toMatchObject({ StartIndex: 0 });
    expect((await translate('sns.friend_get', {})).answer).toMatchObject({ CompleteFlag: 1 });
    expect((await translate('openim.getmsg', {}, lists)).answer).toMatchObject({ SyncFlag: 2 });
  });

  it('[OS4][GC10] configurations do not expire at once, and say the limits', async () => {
    const { answer } = await translate('im_sdk_config_mgr.fetch_config', {});
    expect(answer.uint32_expired_time).toBeGreaterThan(0);
    const config = JSON.parse(String(answer.str_json_config));
    expect(config.grp_counter_expire_time).toBe('0');
    expect(JSON.parse(config.cmd_frequency_limit)).toContainEqual({
      cmd: 'update_group_counter',
      interval: 5,
      count: 20,
    });
    const bits = await translate('im_sdk_config_mgr.fetch_imsdk_purchase_bitsv2', {});
    expect(bits.answer.uint32_expired_time).toBeGreaterThan(0);
    const text = String(bits.answer.str_purchase_bits);
    for (const bit of [9, 10, 15]) expect(text.at(-1 - bit)).toBe('1');
    expect(text.at(-1)).toBe('0');
  });

  it('communities have the commands of groups under a service of their own', async () => {
    const groups = [
      { profile: { groupID: 'g', type: 'Public', groupCustomField: [] }, selfInfo: {} },
      { profile: { groupID: '@TGS#_c', type: 'Community', groupCustomField: [] }, selfInfo: {} },
    ];
    const outputs = { getGroupList: { groups }, getConversationList: { conversationList: [] } };
    const idsOf = async (service: string) => {
      const { answer } = await translate(`${service}.get_joined_group_list`, {}, outputs);
      return (answer.GroupIdList as Body[]).map(({ GroupId }) => GroupId);
    };
    expect(await idsOf('group_open_http_svc')).toEqual(['g']);
    expect(await idsOf('million_group_open_http_svc')).toEqual(['@TGS#_c']);
  });

  it('[OS8] a command that is not served is counted by its name when clients are known to send it', () => {
    expect(countedName('group_open_http_svc.pin_message')).toBe('group_open_http_svc.pin_message');
    expect(countedName('made.up')).toBe('other');
  });
});

it('a user has the same number everywhere, as digits', () => {
  expect(tinyIDOf('ann')).toBe(tinyIDOf('ann'));
  expect(tinyIDOf('ann')).not.toBe(tinyIDOf('bob'));
  expect(tinyIDOf('ann')).toMatch(/^[0-9]{18}$/);
});
