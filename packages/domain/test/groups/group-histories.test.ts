/**
 * Random histories of one group. After every step its rows agree with each other, and each user who applies the
 * events that reached him holds what a fresh read gives (DL5).
 */
import {
  type Asker,
  addMembers,
  changeOwner,
  createGroup,
  type Decision,
  dismissGroup,
  GROUP_TYPE_RULES,
  type GroupChanges,
  type GroupState,
  handleApplication,
  joinGroup,
  livingGroup,
  quitGroup,
  removeMembers,
  sendMessage,
  setMuteTime,
  setNameCard,
  setRole,
  updateGroupProfile,
  viewOf,
} from '@muster/domain';
import type { GroupType, GroupView, LoggedEvent } from '@muster/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textMessage } from '../conversations/conversation-town.ts';
import { administrator, by, LIMITS, PEOPLE, Town } from './group-town.ts';

type Step = (state: GroupState) => Decision<GroupChanges, unknown>;

const person = fc.constantFrom(...PEOPLE);
const people = fc.array(person, { minLength: 1, maxLength: 3 });
const groupID = 'g';
const type = fc.constantFrom(...(Object.keys(GROUP_TYPE_RULES) as GroupType[]));
const as = (userID: string) => by(userID, { device: PEOPLE.indexOf(userID) });
const asker = fc.oneof(
  { weight: 3, arbitrary: person.map(as) },
  { weight: 2, arbitrary: fc.constant(as('olivia')) },
  fc.constant(administrator),
);
const option = fc.constantFrom('FreeAccess' as const, 'NeedPermission' as const, 'DisableApply' as const);
const role = fc.constantFrom('Admin' as const, 'Member' as const);

const creation = (asker: Asker): fc.Arbitrary<Step> =>
  fc.tuple(type, people).map(([type, users]) => {
    const memberList = users.map((userID) => ({ userID }));
    return (state) =>
      createGroup(state, { ...asker, groupID, limits: LIMITS }, { name: 'n', type, memberList });
  });
const stepFor = (asker: Asker): fc.Arbitrary<Step> =>
  fc.oneof(
    creation(asker),
    { weight: 4, arbitrary: fc.constant<Step>((state) => joinGroup(state, asker, { groupID })) },
    fc.constant<Step>((state) => quitGroup(state, asker)),
    fc.constant<Step>((state) => sendMessage(state, asker, textMessage('GROUPg'))),
    people.map(
      (userIDList): Step =>
        (state) =>
          addMembers(state, asker, { groupID, userIDList }),
    ),
    people.map(
      (userIDList): Step =>
        (state) =>
          removeMembers(state, asker, { groupID, userIDList }),
    ),
    person.map(
      (newOwnerID): Step =>
        (state) =>
          changeOwner(state, asker, { groupID, newOwnerID }),
    ),
    fc.tuple(person, role).map(
      ([userID, role]): Step =>
        (state) =>
          setRole(state, asker, { groupID, userID, role }),
    ),
    fc.tuple(person, fc.constantFrom('', 'a', 'b')).map(
      ([userID, nameCard]): Step =>
        (state) =>
          setNameCard(state, asker, { groupID, userID, nameCard }),
    ),
    fc.tuple(person, fc.constantFrom(0, 60)).map(
      ([userID, muteTime]): Step =>
        (state) =>
          setMuteTime(state, asker, { groupID, userID, muteTime }),
    ),
    fc
      .tuple(fc.constantFrom('a', 'b'), option, fc.boolean())
      .map(([name, inviteOption, muteAllMembers]): Step => {
        const input = { groupID, name, inviteOption, muteAllMembers };
        return (state) => updateGroupProfile(state, { ...asker, limits: LIMITS }, input);
      }),
    fc
      .tuple(person, fc.constantFrom('Agree' as const, 'Reject' as const))
      .map(([applicant, handleAction]): Step => {
        return (state) => handleApplication(state, asker, { groupID, applicant, handleAction });
      }),
  );
const dismissal = asker.map(
  (asker): Step =>
    (state) =>
      dismissGroup(state, asker),
);
const step = fc.oneof({ weight: 30, arbitrary: asker.chain(stepFor) }, dismissal);
const history = (maxLength: number) =>
  fc
    .tuple(creation(as('olivia')), fc.array(step, { maxLength, size: 'max' }))
    .map(([first, rest]) => [first, ...rest]);

/** What each user holds of the group by applying events alone. */
class Mirrors {
  readonly views = new Map<string, GroupView>();

  apply(town: Town): void {
    for (const { scope, event } of town.events) {
      if (scope.startsWith('group:')) this.applyToMembers(event);
    }
    for (const { scope, event } of town.events) {
      if (scope.startsWith('user:')) this.applyToUser(scope.slice('user:'.length), event);
    }
  }

  private applyToUser(userID: string, event: LoggedEvent): void {
    if (event.name === 'groupJoined') this.views.set(userID, structuredClone(event.group));
    if (event.name === 'groupLeft') this.views.delete(userID);
  }

  private applyToMembers(event: LoggedEvent): void {
    for (const [userID, view] of this.views) {
      view.seq += 1;
      if (event.name === 'groupDismissed') this.views.delete(userID);
      if (event.name === 'messageSent') view.profile.nextMessageSeq = event.message.sequence + 1;
      if (event.name === 'groupProfileUpdated') view.profile = structuredClone(event.profile);
      if (event.name === 'groupMemberUpdated' && event.member.userID === userID)
        view.selfInfo = structuredClone(event.member);
      if (event.name !== 'groupMembersUpdated') continue;
      view.profile.memberCount = event.memberCount;
      const own = event.roles.find((change) => change.userID === userID);
      if (own) view.selfInfo.role = own.role;
    }
  }
}

function fetched(town: Town): Map<string, GroupView> {
  const group = livingGroup(town);
  if (!group) return new Map();
  return new Map([...town.members].map(([userID, member]) => [userID, viewOf(group, member)]));
}

function expectSound(town: Town): void {
  const { members, applications, roomDevices } = town;
  const group = livingGroup(town);
  if (!group) return;
  const owners = [...members.values()].filter(({ role }) => role === 'Owner').map(({ userID }) => userID);
  const isRoom = group.type === 'AVChatRoom';
  expect(group.memberCount).toBe(members.size);
  expect(owners).toEqual(isRoom || group.ownerID === '' ? [] : [group.ownerID]);
  expect(group.memberCount).toBeLessThanOrEqual(group.maxMemberCount);
  expect([...applications.keys()].filter((userID) => members.has(userID))).toEqual([]);
  if (!isRoom) expect(roomDevices.size).toBe(0);
}

describe('any history of a group', () => {
  it('[DL5] applying the events gives what reading gives, and the rows stay sound', () => {
    fc.assert(
      fc.property(history(60), (steps) => {
        const town = new Town();
        const mirrors = new Mirrors();
        for (const step of steps) {
          const before = JSON.stringify([town.group, [...town.members]]);
          const decision = town.run(step);
          if (!decision.ok) expect(JSON.stringify([town.group, [...town.members]])).toBe(before);
          mirrors.apply(town);
          expectSound(town);
          expect(sorted(mirrors.views)).toEqual(sorted(fetched(town)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[GR3] replies stand where the log of the group then stands', () => {
    fc.assert(
      fc.property(history(40), (steps) => {
        const town = new Town();
        for (const step of steps) {
          const decision = town.run(step);
          const reply = decision.ok ? (decision.reply as { group?: GroupView | null }) : {};
          if (reply.group) expect(reply.group.seq).toBe(town.group?.seq);
          if (reply.group) expect(reply.group.profile.memberCount).toBe(town.group?.memberCount);
        }
      }),
    );
  });
});

function sorted(views: Map<string, GroupView>): [string, GroupView][] {
  return [...views].sort(([left], [right]) => (left < right ? -1 : 1));
}
