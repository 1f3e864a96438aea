import { dismissGroup, sendMessage, setMuteTime, updateGroupProfile } from '@muster/domain';
import { AT_ALL, type SendMessageInput } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { textMessage } from '../conversations/conversation-town.ts';
import { administrator, by, LIMITS, NOW, SECOND, Town, townWith } from '../groups/group-town.ts';

const say = (town: Town, asker: ReturnType<typeof by>, other: Partial<SendMessageInput> = {}) =>
  town.run((state) => sendMessage(state, asker, textMessage('GROUPg', other)));

describe('a message to a group', () => {
  it('[MS2] takes the next number, whoever says it, and is told once in the scope of the group', () => {
    const town = townWith();
    const by3 = { device: 3, seq: 9 };
    expect(say(town, by('alice', { by: by3 }))).toMatchObject({ reply: { sequence: 1, timestamp: NOW } });
    expect(town.events).toEqual([
      {
        scope: 'group:g',
        event: { name: 'messageSent', conversationID: 'GROUPg', message: expect.anything(), by: by3 },
      },
    ]);
    expect(say(town, by('bob'))).toMatchObject({ reply: { sequence: 2 } });
    expect([...town.messages.keys()]).toEqual([1, 2]);
  });

  it('[MS1] [US9] carries what its sender said, his profile and his name card', () => {
    const town = townWith();
    const alice = town.members.get('alice');
    if (alice) town.members.set('alice', { ...alice, nameCard: 'Al' });
    const stamped = { nick: 'ALICE', avatar: 'https://pictures/alice', nameCard: 'Al' };
    expect(say(town, by('alice'), { priority: 'High', cloudCustomData: 'c' })).toMatchObject({
      reply: { ...stamped, sequence: 1 },
    });
    expect(town.messages.get(1)).toEqual({
      chat: 'group:g',
      message: {
        sequence: 1,
        random: 7,
        conversationType: 'GROUP',
        from: 'alice',
        to: 'g',
        type: 'TIMTextElem',
        payload: { text: 'hi' },
        timestamp: NOW,
        clientTime: 9,
        priority: 'High',
        ...stamped,
        atUserList: [],
        cloudCustomData: 'c',
        needReadReceipt: false,
        isModified: false,
        isRevoked: false,
        revoker: '',
        revokeReason: '',
      },
    });
  });

  it('[CV1] changes the rows of the group and the sender, however many members there are', () => {
    const town = townWith();
    expect(say(town, by('alice'))).toMatchObject({
      changes: {
        group: { messageSeq: 1, messagesCounted: 1 },
        members: [['alice', { ownCounted: 1 }]],
      },
    });
    expect(say(town, by('alice'), { excludedFromUnreadCount: true })).toMatchObject({
      changes: { group: { messageSeq: 2, messagesCounted: 1 } },
    });
    expect(town.members.get('alice')?.ownCounted).toBe(1);
    expect(town.messages.get(2)?.message.excludedFromUnreadCount).toBe(true);
    expect(town.messages.get(1)?.message).not.toHaveProperty('excludedFromUnreadCount');
  });

  it('[MS1] is for members, and for administrators anywhere', () => {
    expect(say(townWith(), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    const town = townWith();
    const decision = say(town, administrator);
    expect(decision).toMatchObject({ reply: { sequence: 1, nick: '' } });
    expect(decision).not.toHaveProperty('changes.members');
  });

  it('[GR3] needs a group', () => {
    expect(say(new Town(), by('alice'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    const town = townWith({ type: 'Public' });
    town.must((state) => dismissGroup(state, by('olivia')));
    expect(say(town, by('alice'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    expect(say(town, administrator)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });

  it('[MS3] is not stored in an AVChatRoom', () => {
    expect(say(townWith({ type: 'AVChatRoom' }), by('olivia'))).toMatchObject({ error: 'NOT_PERMITTED' });
  });
});

describe('mutes', () => {
  it('[GR6] hold for the member until their time is over', () => {
    const town = townWith({ type: 'Public' });
    town.must((state) => setMuteTime(state, by('olivia'), { groupID: 'g', userID: 'adam', muteTime: 60 }));
    expect(say(town, by('adam'))).toMatchObject({ error: 'MUTED' });
    expect(say(town, by('adam', { now: (SECOND + 59) * 1_000 }))).toMatchObject({ error: 'MUTED' });
    expect(say(town, by('adam', { now: (SECOND + 60) * 1_000 })).ok).toBe(true);
    expect(say(town, by('alice')).ok).toBe(true);
  });

  it('[GR6] of all members leave the owner, admins and administrators their word', () => {
    const town = townWith({ type: 'Public' });
    const muting = { groupID: 'g', muteAllMembers: true };
    town.must((state) => updateGroupProfile(state, { ...by('olivia'), limits: LIMITS }, muting));
    expect(say(town, by('alice'))).toMatchObject({ error: 'MUTED' });
    for (const asker of [by('olivia'), by('adam'), administrator]) expect(say(town, asker).ok).toBe(true);
    expect(say(town, by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
  });
});

describe('what a message may carry', () => {
  const kept = (type: SendMessageInput['type'], payload: Record<string, unknown>) => {
    const town = townWith();
    expect(say(town, by('alice'), { type, payload }).ok).toBe(true);
    return town.messages.get(1)?.message.payload;
  };

  it('[MS1] a custom message keeps what is absent as empty, the others what they are given', () => {
    expect(kept('TIMCustomElem', { data: 'd' })).toEqual({ data: 'd', description: '', extension: '' });
    expect(kept('TIMCustomElem', {})).toEqual({ data: '', description: '', extension: '' });
    expect(kept('TIMFaceElem', { data: 'tt00', index: 1 })).toEqual({ index: 1, data: 'tt00' });
    const place = { description: 'here', latitude: 22.5, longitude: -113 };
    expect(kept('TIMLocationElem', place)).toEqual(place);
  });

  it.each<[string, SendMessageInput['type'], Record<string, unknown>]>([
    ['payload.text is not a string', 'TIMTextElem', {}],
    ['payload.text is empty', 'TIMTextElem', { text: '' }],
    ['payload.text is not a string', 'TIMTextElem', { text: 1 }],
    ['payload.text is not well-formed', 'TIMTextElem', { text: '\ud800' }],
    ['payload.text holds U+0000', 'TIMTextElem', { text: 'a\u0000' }],
    ['payload holds "more"', 'TIMTextElem', { text: 'a', more: 1 }],
    ['payload holds "__proto__"', 'TIMTextElem', JSON.parse('{"text":"a","__proto__":{}}')],
    ['payload.extension is not a string', 'TIMCustomElem', { extension: {} }],
    ['payload.index is not a safe integer', 'TIMFaceElem', { index: 1.5, data: '' }],
    ['payload.index is not a safe integer', 'TIMFaceElem', { index: '1', data: '' }],
    ['payload.data is not a string', 'TIMFaceElem', { index: 1 }],
    ['payload.latitude is not a number', 'TIMLocationElem', { description: '', longitude: 1 }],
    [
      'payload.longitude is not a number',
      'TIMLocationElem',
      { description: '', latitude: 1, longitude: '1' },
    ],
  ])('[MS1] [DL10] %s', (message, type, payload) => {
    expect(say(townWith(), by('alice'), { type, payload })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: expect.stringContaining(message),
    });
  });

  it('[MS1] is at most 12 KB of payload and custom data', () => {
    const text = 'é'.repeat((12_288 - '{"text":""}'.length - 7) / 2);
    const bytesLeft = 12_288 - '{"text":""}'.length - 2 * text.length;
    const cloudCustomData = 'x'.repeat(bytesLeft);
    expect(say(townWith(), by('alice'), { payload: { text }, cloudCustomData }).ok).toBe(true);
    const more = { payload: { text }, cloudCustomData: `${cloudCustomData}x` };
    expect(say(townWith(), by('alice'), more)).toMatchObject({
      error: 'MESSAGE_TOO_LARGE',
      message: expect.stringContaining('12289'),
    });
    expect(say(townWith(), by('alice'), { cloudCustomData: '\udc00' })).toMatchObject({
      message: expect.stringContaining('cloudCustomData'),
    });
  });

  it('[MS1] [SE1] counts custom data as it stands in JSON', () => {
    const say12 = (cloudCustomData: string) => say(townWith(), by('alice'), { cloudCustomData });
    expect(say12('\u0001'.repeat(2_040)).ok).toBe(true);
    expect(say12('\u0001'.repeat(2_050))).toMatchObject({ error: 'MESSAGE_TOO_LARGE' });
    expect(say12('"'.repeat(6_140))).toMatchObject({ error: 'MESSAGE_TOO_LARGE' });
  });

  it('[SE1] [SE4] an error shows the beginning of what is unknown, not all of it', () => {
    const refused = say(townWith(), by('alice'), { payload: { text: 'a', [`${'x'.repeat(64)}secret`]: 1 } });
    expect(refused).toMatchObject({ message: expect.stringContaining(`"${'x'.repeat(64)}"`) });
  });

  it('[MS1] mentions up to 30 users, each once, or everybody', () => {
    const town = townWith();
    say(town, by('alice'), { atUserList: ['bob', AT_ALL, 'bob'] });
    expect(town.messages.get(1)?.message.atUserList).toEqual(['bob', AT_ALL]);
    const many = Array.from({ length: 31 }, (_, index) => `u${index}`);
    expect(say(town, by('alice'), { atUserList: many.slice(1) }).ok).toBe(true);
    for (const atUserList of [many, ['@bad'], [''], ['x'.repeat(33)]]) {
      expect(say(town, by('alice'), { atUserList })).toMatchObject({
        error: 'BAD_ARGUMENT_VALUE',
        message: expect.stringContaining('atUserList'),
      });
    }
  });
});
