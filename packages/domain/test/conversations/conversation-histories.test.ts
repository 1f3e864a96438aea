/**
 * Random histories of people who talk in a group and with each other. Every user who applies the events that reached
 * him holds what a fresh read gives (DL5), in whatever order the scopes reach him.
 */
import {
  type ConversationsChanges,
  type ConversationsState,
  clearHistoryMessage,
  createGroup,
  type Decision,
  deleteConversation,
  deleteMessage,
  dismissGroup,
  type GroupChanges,
  joinGroup,
  markConversation,
  modifyMessage,
  modifyMessageToUser,
  pairChat,
  pinConversation,
  quitGroup,
  removeMembers,
  revokeMessage,
  revokeMessageToUser,
  type ScopedEvent,
  sendMessage,
  sendMessageToUser,
  setAllMessageRead,
  setConversationCustomData,
  setMessageRead,
  setMessageRemindType,
  unreadCountOf,
} from '@muster/domain';
import { AT_ALL, type ConversationView } from '@muster/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { administrator, by, LIMITS, NOW, townWith } from '../groups/group-town.ts';
import { ConversationDevice } from './conversation-device.ts';
import { ConversationTown, textMessage } from './conversation-town.ts';

const TALKERS = ['olivia', 'adam', 'alice', 'bob'];
type Step = (town: ConversationTown) => void;

const talker = fc.constantFrom(...TALKERS);
const conversation = fc.oneof(
  { weight: 2, arbitrary: fc.constant('GROUPg') },
  talker.map((userID) => `C2C${userID}`),
);
const sequence = fc.integer({ min: 1, max: 8 });
const somebody = fc.tuple(talker, conversation);

/** What of the chat a rule is shown when `userID` names these messages of it. */
function naming(userID: string, conversationID: string, sequenceList: number[]) {
  const chat =
    conversationID === 'GROUPg' ? ('group:g' as const) : pairChat(userID, conversationID.slice('C2C'.length));
  return { chat, sequenceList, lastMessageOf: { userID, conversationID } };
}

const flags = fc.record(
  {
    atUserList: fc.subarray([...TALKERS, AT_ALL]),
    excludedFromUnreadCount: fc.boolean(),
    excludedFromLastMessage: fc.boolean(),
  },
  { requiredKeys: [] },
);
const saying = fc
  .tuple(somebody, flags, fc.nat(9_999))
  .map(([[userID, conversationID], given, later]): Step => {
    const { atUserList, ...other } = given;
    const isGroup = conversationID === 'GROUPg';
    const mentions = isGroup && atUserList ? { atUserList } : {};
    const input = textMessage(conversationID, { ...other, ...mentions });
    const asker = by(userID, { now: NOW + later });
    return (town) => {
      if (isGroup) town.runInGroup('g', (state) => sendMessage(state, asker, input));
      else town.run((state) => sendMessageToUser(state, asker, input));
    };
  });

const change = fc
  .tuple(somebody, sequence, fc.constantFrom('revoke', 'modify', 'modify back'))
  .map(([[userID, conversationID], sequence, kind]): Step => {
    const asker = by(userID);
    const named = { conversationID, sequence };
    const modification = { ...named, payload: { text: kind === 'modify' ? 'other' : 'hi' } };
    const isRevocation = kind === 'revoke';
    return (town) => {
      if (conversationID === 'GROUPg') {
        town.runInGroup('g', (state) =>
          isRevocation ? revokeMessage(state, asker, named) : modifyMessage(state, asker, modification),
        );
        return;
      }
      town.run(
        (state) =>
          isRevocation
            ? revokeMessageToUser(state, asker, named)
            : modifyMessageToUser(state, asker, modification),
        naming(userID, conversationID, [sequence]),
      );
    };
  });

const deletion = fc
  .tuple(somebody, fc.array(sequence, { minLength: 1, maxLength: 4 }))
  .map(([[userID, conversationID], sequenceList]): Step => {
    return (town) =>
      town.run(
        (state) => deleteMessage(state, by(userID), { conversationID, sequenceList }),
        naming(userID, conversationID, sequenceList),
      );
  });

const reading = fc
  .tuple(somebody, fc.option(sequence, { nil: undefined }))
  .map(([[userID, conversationID], through]): Step => {
    const input = through === undefined ? { conversationID } : { conversationID, through };
    return (town) => town.run((state) => setMessageRead(state, by(userID), input), { through });
  });

const setting = fc
  .tuple(somebody, fc.integer({ min: 0, max: 9 }), fc.boolean())
  .map(([[userID, conversationID], choice, flag]): Step => {
    const asker = by(userID);
    const conversationIDList = [conversationID];
    const rules: ((state: ConversationsState) => Decision<ConversationsChanges, unknown>)[] = [
      (state) => pinConversation(state, asker, { conversationID, isPinned: flag }),
      (state) => markConversation(state, asker, { conversationIDList, mark: 1, enableMark: flag }),
      (state) => setConversationCustomData(state, asker, { conversationIDList, customData: `${flag}` }),
      (state) =>
        setMessageRemindType(state, asker, {
          conversationIDList,
          messageRemindType: flag ? 'Discard' : 'AcceptAndNotify',
        }),
      (state) => clearHistoryMessage(state, asker, { conversationID }),
      (state) => deleteConversation(state, asker, { conversationIDList, clearHistoryMessage: flag }),
      (state) => deleteConversation(state, asker, { conversationIDList }),
      (state) => setAllMessageRead(state, asker, flag ? { conversationType: 'C2C' } : {}),
    ];
    const rule = rules[choice % rules.length];
    return (town) => rule && town.run(rule);
  });

const membership = fc
  .tuple(talker, fc.constantFrom('join', 'quit', 'remove', 'dismiss', 'create'))
  .map(([userID, kind]): Step => {
    const groupID = 'g';
    const creator = { ...by(userID), groupID, limits: LIMITS };
    const members = { type: 'Community' as const, name: 'n', memberList: [{ userID: 'alice' }] };
    return (town) =>
      town.runInGroup(groupID, (state): Decision<GroupChanges, unknown> => {
        if (kind === 'join') return joinGroup(state, by(userID), { groupID });
        if (kind === 'quit') return quitGroup(state, by(userID));
        if (kind === 'remove') return removeMembers(state, administrator, { groupID, userIDList: [userID] });
        if (kind === 'dismiss') return dismissGroup(state, administrator);
        return createGroup(state, creator, members);
      });
  });

const talk = fc.oneof(
  { weight: 8, arbitrary: saying },
  { weight: 3, arbitrary: change },
  { weight: 2, arbitrary: deletion },
  { weight: 4, arbitrary: reading },
  { weight: 5, arbitrary: setting },
);
const history = (step: fc.Arbitrary<Step>) => fc.array(step, { maxLength: 60, size: 'max' });

/** A town of the Community g, whose members have heard nothing yet, and a device of each of them. */
function beginning() {
  const town = new ConversationTown({ g: townWith({ type: 'Community' }) }, TALKERS);
  const devices = TALKERS.map((userID) => {
    const device = new ConversationDevice(userID);
    for (const view of town.views(userID)) device.views.set(view.state.conversationID, view);
    return device;
  });
  return { town, devices };
}

const sorted = (views: Iterable<ConversationView>) =>
  [...views].sort((a, b) => (a.state.conversationID < b.state.conversationID ? -1 : 1));

describe('any history of conversations', () => {
  it('[DL5] [CV1] applying the events gives what reading gives', () => {
    const step = fc.oneof({ weight: 6, arbitrary: talk }, membership);
    fc.assert(
      fc.property(history(step), (steps) => {
        const { town, devices } = beginning();
        for (const step of steps) {
          step(town);
          for (const device of devices) {
            for (const event of town.events) device.apply(event);
            expect(sorted(device.views.values())).toEqual(sorted(town.views(device.userID)));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[DL4] [DL5] [MS1] in whatever order the scopes are heard, what is unread comes out the same', () => {
    fc.assert(
      fc.property(history(talk), fc.infiniteStream(fc.boolean()), (steps, choices) => {
        const { town, devices } = beginning();
        const told: ScopedEvent[] = [];
        for (const step of steps) {
          step(town);
          told.push(...town.events);
        }
        for (const device of devices) {
          for (const event of interleaved(told, choices)) device.apply(event);
          const held = sorted(device.views.values());
          const read = sorted(town.views(device.userID));
          expect(held.map((view) => unreadCountOf(view))).toEqual(read.map((view) => unreadCountOf(view)));
          expect(held).toEqual(read);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[CV1] [MS1] nobody has less than nothing unread, nor anything after reading', () => {
    fc.assert(
      fc.property(history(talk), talker, (steps, userID) => {
        const { town } = beginning();
        for (const step of steps) step(town);
        for (const { tally, state } of town.views(userID)) {
          expect(tally.counted - state.read.counted).toBeGreaterThanOrEqual(tally.own - state.read.own);
          expect(state.read.sequence).toBeLessThanOrEqual(tally.sequence);
        }
        town.must((state) => setAllMessageRead(state, by(userID), {}));
        for (const view of town.views(userID)) expect(unreadCountOf(view)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

/** The same events, those of each scope in their order, the scope of the group and those of users in any. */
function interleaved(events: readonly ScopedEvent[], choices: Iterator<boolean>): ScopedEvent[] {
  const ofGroup = events.filter(({ scope }) => scope.startsWith('group:'));
  const ofUsers = events.filter(({ scope }) => scope.startsWith('user:'));
  const order: ScopedEvent[] = [];
  while (ofGroup.length > 0 && ofUsers.length > 0) {
    const next = (choices.next().value ? ofGroup : ofUsers).shift();
    if (next) order.push(next);
  }
  return [...order, ...ofGroup, ...ofUsers];
}
