import {
  changeOwner,
  dismissGroup,
  joinGroup,
  refuseMemberReading,
  setMuteTime,
  setNameCard,
  updateGroupProfile,
} from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, LIMITS, SECOND, type Town, townWith } from './group-town.ts';

type Asker = ReturnType<typeof by>;

const groupID = 'g';
const card = (town: Town, asker: Asker, nameCard: string, userID?: string) =>
  town.run((state) => setNameCard(state, asker, { groupID, nameCard, ...(userID && { userID }) }));
const mute = (town: Town, asker: Asker, userID: string, muteTime = 60) =>
  town.run((state) => setMuteTime(state, asker, { groupID, userID, muteTime }));
const muteAll = (town: Town, asker: Asker, muteAllMembers = true) =>
  town.run((state) => updateGroupProfile(state, { ...asker, limits: LIMITS }, { groupID, muteAllMembers }));
const adam = by('adam');
const olivia = by('olivia');

describe('name cards', () => {
  it('[GR6] a member sets his own, and the group is told', () => {
    const town = townWith({ type: 'Public' });
    expect(card(town, by('bob', { by: { device: 7, seq: 3 } }), 'Bobby')).toMatchObject({
      reply: { member: { userID: 'bob', role: 'Member', nameCard: 'Bobby' } },
    });
    const { role, joinTime } = town.members.get('bob') ?? {};
    const member = { userID: 'bob', role, joinTime, nameCard: 'Bobby', muteUntil: 0 };
    expect(town.events).toEqual([
      {
        scope: 'group:g',
        event: { name: 'groupMemberUpdated', groupID, member, operatorID: 'bob', by: { device: 7, seq: 3 } },
      },
    ]);
    expect(card(town, by('bob'), 'Bobby')).toMatchObject({ changes: {}, events: [] });
    expect(card(town, by('bob'), '', 'bob')).toMatchObject({ reply: { member: { nameCard: '' } } });
  });

  it("[GR6] the owner and administrators set everybody's, admins those of mere members", () => {
    const town = townWith({ type: 'Public' });
    for (const [asker, userID, isAllowed] of [
      [olivia, 'adam', true],
      [administrator, 'olivia', true],
      [adam, 'bob', true],
      [adam, 'adam', true],
      [adam, 'olivia', false],
      [by('alice'), 'bob', false],
      [by('eve'), 'bob', false],
      [by('eve'), 'eve', false],
    ] as const) {
      const verdict = card(town, asker, `by ${asker.userID}`, userID);
      if (isAllowed) expect(town.members.get(userID)?.nameCard).toBe(`by ${asker.userID}`);
      else expect(verdict).toMatchObject({ error: 'NOT_PERMITTED' });
    }
  });

  it('[GR6] 50 bytes of a member, in a group that stores its members', () => {
    const town = townWith();
    expect(card(town, by('bob'), 'ä'.repeat(25))).toMatchObject({ ok: true });
    for (const nameCard of [`${'ä'.repeat(25)}a`, 'a\u0000', '\ud800'])
      expect(card(town, by('bob'), nameCard)).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    expect(card(town, olivia, 'x', 'eve')).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    const room = townWith({ type: 'AVChatRoom' });
    expect(card(room, olivia, 'x')).toMatchObject({ error: 'NOT_PERMITTED' });
    town.must((state) => dismissGroup(state, administrator));
    expect(card(town, by('bob'), 'x')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});

describe('muting', () => {
  it('[GR6] lasts until so many seconds from now, and 0 ends it', () => {
    const town = townWith({ type: 'Meeting' });
    expect(mute(town, adam, 'bob', 60)).toMatchObject({ reply: { member: { muteUntil: SECOND + 60 } } });
    expect(town.events).toMatchObject([
      {
        scope: 'group:g',
        event: { name: 'groupMemberUpdated', member: { userID: 'bob', muteUntil: SECOND + 60 } },
      },
    ]);
    expect(mute(town, adam, 'bob', 60)).toMatchObject({ changes: {}, events: [] });
    expect(mute(town, adam, 'bob', 0)).toMatchObject({ reply: { member: { muteUntil: 0 } } });
    expect(town.members.get('bob')?.muteUntil).toBe(0);
  });

  it('[GR6] is for those who stand above the member; nobody mutes the owner', () => {
    const town = townWith({ type: 'Public' });
    for (const [asker, userID] of [
      [by('alice'), 'bob'],
      [by('eve'), 'bob'],
      [adam, 'adam'],
      [adam, 'olivia'],
      [olivia, 'olivia'],
      [administrator, 'olivia'],
    ] as const) {
      expect(mute(town, asker, userID)).toMatchObject({ error: 'NOT_PERMITTED' });
    }
    expect([mute(town, olivia, 'adam'), mute(town, administrator, 'bob')]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    expect(mute(town, olivia, 'eve')).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
  });

  it('[GR6] not in a Work group, and in an AVChatRoom only all at once', () => {
    const work = townWith();
    expect([mute(work, olivia, 'bob'), muteAll(work, olivia)]).toMatchObject([
      { error: 'NOT_PERMITTED' },
      { error: 'NOT_PERMITTED' },
    ]);
    expect(muteAll(work, olivia, false)).toMatchObject({ changes: {}, events: [] });
    const room = townWith({ type: 'AVChatRoom' });
    room.must((state) => joinGroup(state, by('bob', { device: 5 }), { groupID }));
    expect(mute(room, olivia, 'bob')).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(muteAll(room, olivia)).toMatchObject({ reply: { group: { profile: { muteAllMembers: true } } } });
  });

  it('[GR6] all members are muted by owner and admins', () => {
    const town = townWith({ type: 'Public' });
    expect(muteAll(town, by('bob'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(muteAll(town, adam)).toMatchObject({ reply: { group: { profile: { muteAllMembers: true } } } });
    expect(town.events).toMatchObject([
      { event: { name: 'groupProfileUpdated', profile: { muteAllMembers: true } } },
    ]);
    expect(muteAll(town, adam)).toMatchObject({ events: [] });
    muteAll(town, adam, false);
    expect(town.group?.muteAllMembers).toBe(false);
  });

  it('[GR6] stays through a change of owner', () => {
    const town = townWith({ type: 'Public' });
    card(town, by('bob'), 'Bobby');
    town.must((state) => changeOwner(state, olivia, { groupID, newOwnerID: 'bob' }));
    expect(town.members.get('bob')).toMatchObject({ role: 'Owner', nameCard: 'Bobby' });
  });
});

it('[GR6] profiles of members are for members, and of 1 to 100 users', () => {
  const town = townWith({ type: 'Public' });
  const ask = (asker: Asker, count: number) =>
    refuseMemberReading(town.state, asker, { groupID, userIDList: Array<string>(count).fill('bob') })?.error;
  expect([ask(by('bob'), 1), ask(by('bob'), 100), ask(administrator, 1)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([ask(by('eve'), 1), ask(by('bob'), 0), ask(by('bob'), 101)]).toEqual([
    'NOT_PERMITTED',
    'BAD_ARGUMENT_VALUE',
    'BAD_ARGUMENT_VALUE',
  ]);
});
