import type { LoggedEvent, Message, ServerFrame } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { type Body, emptyMemory, isSameForAll, pushOf } from '../../src/index.ts';

const reader = { userID: 'ann', device: 4, now: 1_795_300_000_000, memory: emptyMemory() };

const eventsOf = (frame: ServerFrame, who = reader): Body[] => {
  const text = pushOf(frame, who);
  return text === undefined ? [] : JSON.parse(text).body.EventArray;
};

const logged = (scope: string, ...events: LoggedEvent[]): ServerFrame => ({
  event: 'log',
  scope,
  seq: 3,
  events,
});

const message: Message = {
  sequence: 5,
  random: 77,
  conversationType: 'C2C',
  from: 'ann',
  to: 'bob',
  type: 'TIMTextElem',
  payload: { text: 'hello' },
  timestamp: 1_795_300_000_000,
  clientTime: 1_795_299_999,
  clientSequence: 2_308_300_002,
  priority: 'Normal',
  nick: '',
  avatar: '',
  nameCard: '',
  atUserList: [],
  cloudCustomData: '',
  needReadReceipt: false,
  isModified: false,
  isRevoked: false,
  revoker: '',
  revokeReason: '',
};

describe('pushes of the original SDK', () => {
  it('[OS7][GC11] counters: deleted keys first, and none that says nothing', () => {
    const frame: ServerFrame = {
      event: 'groupCounters',
      groupID: 'g',
      since: 4,
      version: 6,
      counters: [{ key: 'a', value: '9223372036854775807', version: 6 }],
      deleted: [{ key: 'b', version: 5 }],
    };
    expect(pushOf(frame, reader)).toContain('"Value":9223372036854775807');
    const [event] = eventsOf(frame) as { GroupTips: { MsgBody: { GroupCounterInfo: Body[] } }[] }[];
    const infos = event?.GroupTips[0]?.MsgBody.GroupCounterInfo;
    expect(infos?.map(({ Type, GroupCounterSeq }) => [Type, GroupCounterSeq])).toEqual([
      [1, 6],
      [0, 6],
    ]);
    expect(pushOf({ ...frame, counters: [], deleted: [] }, reader)).toBeUndefined();
    expect(isSameForAll(frame)).toBe(true);
  });

  it('[MS4] a message to the other devices of its sender has its two sides swapped', () => {
    const frame = logged('user:ann', {
      name: 'messageSent',
      conversationID: 'C2Cbob',
      message,
      by: { device: 9, seq: 0 },
    });
    const swapped = { From_Account: 'bob', To_Account: 'ann', IsSyncMsg: 1, MsgSeq: 2_308_300_002 };
    expect(eventsOf(frame)).toMatchObject([{ C2cMsgArray: [swapped] }]);
    expect(eventsOf(frame, { ...reader, device: 9 })).toEqual([]);
    const plain = { From_Account: 'ann', To_Account: 'bob' };
    expect(eventsOf(frame, { ...reader, userID: 'bob' })).toMatchObject([{ C2cMsgArray: [plain] }]);
  });

  it('[CG13] what a conversation group is called is known from what was told before', () => {
    const who = { ...reader, memory: emptyMemory() };
    const by = { device: 9, seq: 1 };
    const conversationGroup = { conversationGroupID: 1, groupName: 'work', conversationIDList: ['C2Cbob'] };
    const created = logged('user:ann', { name: 'conversationGroupCreated', conversationGroup, by });
    expect(eventsOf(created, who)).toMatchObject([{ RecentContactMod: [{ PushType: 5 }] }]);
    const renamed = {
      name: 'conversationGroupRenamed',
      conversationGroupID: 1,
      groupName: 'jobs',
      by,
    } as const;
    const change = { GroupName: 'jobs', OldGroupName: 'work' };
    expect(eventsOf(logged('user:ann', renamed), who)).toMatchObject([
      { RecentContactMod: [{ RecentContactUpdateContactGroup: { MsgUpdateGroup: change } }] },
    ]);
    const edited = {
      name: 'conversationGroupMembersUpdated',
      conversationGroupID: 1,
      added: ['GROUPg'],
      removed: ['C2Cbob'],
    } as const;
    const edits = [
      { ContactOptType: 1, RecentContactItem: { Type: 2, GroupId: 'g' } },
      { ContactOptType: 2, RecentContactItem: { Type: 1, To_Account: 'bob' } },
    ];
    expect(
      eventsOf(logged('user:ann', { ...edited, added: ['GROUPg'], removed: ['C2Cbob'] }), who),
    ).toMatchObject([
      {
        RecentContactMod: [
          {
            RecentContactUpdateContactGroup: {
              MsgUpdateGroup: { OldGroupName: 'jobs', RecentContactUpdateGroupItem: edits },
            },
          },
        ],
      },
    ]);
  });

  it('[CV2] of a conversation only what changed is told, and nothing to the device that did it', () => {
    const who = { ...reader, memory: emptyMemory() };
    const state = {
      conversationID: 'C2Cbob',
      isPinned: true,
      messageRemindType: 'AcceptAndNotify',
      markList: [],
      customData: '',
      read: { sequence: 0, counted: 0, own: 0 },
      hiddenThrough: 0,
      clearedThrough: 0,
    } as const;
    const told = (change: object, device = 9) => {
      const conversations = [{ ...state, markList: [], ...change }];
      const frame = logged('user:ann', {
        name: 'conversationsUpdated',
        conversations,
        by: { device, seq: 0 },
      });
      return eventsOf(frame, who);
    };
    expect(told({})).toMatchObject([{ RecentContactMod: [{ PushType: 2 }] }]);
    expect(told({})).toEqual([]);
    expect(told({ isPinned: false }, reader.device)).toEqual([]);
    expect(told({ isPinned: false })).toEqual([]);
    expect(told({ isPinned: false, markList: [0] })).toMatchObject([{ RecentContactMod: [{ PushType: 4 }] }]);
    expect(told({ isPinned: false, markList: [0], hiddenThrough: 3 })).toMatchObject([
      { RecentContactMod: [{ PushType: 1 }] },
    ]);
  });

  it('[US6] a kick goes out under the one command that every client knows', () => {
    const text = pushOf({ event: 'kickedOut', type: 'REST_API_Kick' }, reader);
    expect(JSON.parse(text ?? '')).toMatchObject({ head: { servcmd: 'im_open_status.stat_forceoffline' } });
    expect(text).toContain('"KickType":3');
  });

  it('[DL6] a mark asks for an answer', () => {
    expect(JSON.parse(pushOf({ mark: 12 }, reader) ?? '').body).toMatchObject({
      NeedAck: 1,
      SessionData: '12',
    });
  });
});
