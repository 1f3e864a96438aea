/**
 * Every rule is total: whatever a schema lets through and whoever asks, it decides. It refuses by the errors and tells
 * the events that its command declares.
 */
import * as rules from '@muster/domain';
import {
  COMMANDS,
  COMMON_ERRORS,
  type CommandInput,
  type CommandName,
  parseConversationID,
} from '@muster/protocol';
import { SCHEMAS } from '@muster/protocol/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConversationTown } from './conversations/conversation-town.ts';
import { counterState, fullState } from './group-counters/counter-states.ts';
import { administrator, by, LIMITS, PEOPLE, Town, townWith } from './groups/group-town.ts';
import { allowedBy } from './schema-arbitrary.ts';

interface World {
  town: Town;
  asker: rules.Asker;
}
type Verdict = { ok: true; events?: readonly rules.ScopedEvent[] } | rules.Refusal;
type Rule<Name extends CommandName> = (world: World, input: CommandInput<Name>) => Verdict;

const RULES: { [Name in CommandName]?: Rule<Name> } = {
  createGroup: ({ town, asker }, input) =>
    town.run((state) => {
      const groupID = input.groupID ?? rules.freshGroupID(input.type, 'a1');
      return rules.createGroup(state, { ...asker, groupID, limits: LIMITS }, input);
    }),
  joinGroup: ({ town, asker }, input) => town.run((state) => rules.joinGroup(state, asker, input)),
  quitGroup: ({ town, asker }) => town.run((state) => rules.quitGroup(state, asker)),
  dismissGroup: ({ town, asker }) => town.run((state) => rules.dismissGroup(state, asker)),
  addGroupMember: ({ town, asker }, input) => town.run((state) => rules.addMembers(state, asker, input)),
  deleteGroupMember: ({ town, asker }, input) =>
    town.run((state) => rules.removeMembers(state, asker, input)),
  changeGroupOwner: ({ town, asker }, input) => town.run((state) => rules.changeOwner(state, asker, input)),
  setGroupMemberRole: ({ town, asker }, input) => town.run((state) => rules.setRole(state, asker, input)),
  setGroupMemberNameCard: ({ town, asker }, input) =>
    town.run((state) => rules.setNameCard(state, asker, input)),
  setGroupMemberMuteTime: ({ town, asker }, input) =>
    town.run((state) => rules.setMuteTime(state, asker, input)),
  getGroupMemberProfile: ({ town, asker }, input) =>
    rules.refuseMemberReading(town.state, asker, input) ?? { ok: true },
  updateGroupProfile: ({ town, asker }, input) =>
    town.run((state) => rules.updateGroupProfile(state, { ...asker, limits: LIMITS }, input)),
  handleGroupApplication: ({ town, asker }, input) =>
    town.run((state) => rules.handleApplication(state, asker, input)),
  getGroupProfile: ({ town, asker }) => rules.readGroupProfile(town.state, asker),
  getGroupMemberList: ({ town, asker }) => rules.refuseGroupReading(town.state, asker) ?? { ok: true },
  searchGroupByID: ({ town, asker }) => rules.searchGroup(town.state, asker),
  initGroupAttributes: ({ town, asker }, input) =>
    town.run((state) => rules.initAttributes(state, asker, input)),
  setGroupAttributes: ({ town, asker }, input) =>
    town.run((state) => rules.setAttributes(state, asker, input)),
  deleteGroupAttributes: ({ town, asker }, input) =>
    town.run((state) => rules.deleteAttributes(state, asker, input)),
  getGroupAttributes: ({ town, asker }, input) => rules.readAttributes(town.state, asker, input),
  importAccount: ({ asker }, input) => rules.importAccount(undefined, asker, input),
  deleteAccount: ({ asker }) => rules.deleteAccount(undefined, { ...asker, isOfAdministrator: false }),
  updateMyProfile: ({ asker }, input) => rules.updateProfile(undefined, asker, input),
  updateGroupCounters: (world, input) => rules.updateCounters(countersOf(world), input),
  deleteGroupCounters: (world, input) => rules.deleteCounters(countersOf(world), input),
  getGroupCounters: (world, input) => rules.readCounters(countersOf(world), input),
  sendMessage: (world, input) =>
    inChat(world, input.conversationID, {
      group: (state) =>
        input.onlineUserOnly
          ? rules.composeGroupMessage(state, world.asker, input)
          : rules.sendMessage(state, world.asker, input),
      pair: (state) =>
        input.onlineUserOnly
          ? rules.composeUserMessage(state, world.asker, input)
          : rules.sendMessageToUser(state, world.asker, input),
    }),
  revokeMessage: (world, { sequence, ...rest }) => {
    const input = { ...rest, sequence: sequence % 4 };
    return inChat(world, input.conversationID, {
      group: (state) => rules.revokeMessage(state, world.asker, input),
      pair: (state) => rules.revokeMessageToUser(state, world.asker, input),
    });
  },
  modifyMessage: (world, { sequence, ...rest }) => {
    const input = { ...rest, sequence: sequence % 4 };
    return inChat(world, input.conversationID, {
      group: (state) => rules.modifyMessage(state, world.asker, input),
      pair: (state) => rules.modifyMessageToUser(state, world.asker, input),
    });
  },
  deleteMessage: (world, input) => {
    const sequenceList = input.sequenceList.map((sequence) => sequence % 4);
    return inOwn(world, (state) => rules.deleteMessage(state, world.asker, { ...input, sequenceList }));
  },
  clearHistoryMessage: (world, input) =>
    inOwn(world, (state) => rules.clearHistoryMessage(state, world.asker, input)),
  getMessageList: (world, { conversationID }) =>
    rules.messageHistory(talking(world).row(world.asker.userID, conversationID), world.asker),
  setMessageRead: (world, input) => inOwn(world, (state) => rules.setMessageRead(state, world.asker, input)),
  deleteConversation: (world, input) =>
    inOwn(world, (state) => rules.deleteConversation(state, world.asker, input)),
  pinConversation: (world, input) =>
    inOwn(world, (state) => rules.pinConversation(state, world.asker, input)),
  setMessageRemindType: (world, input) =>
    inOwn(world, (state) => rules.setMessageRemindType(state, world.asker, input)),
  markConversation: (world, input) =>
    inOwn(world, (state) => rules.markConversation(state, world.asker, input)),
  setConversationCustomData: (world, input) =>
    inOwn(world, (state) => rules.setConversationCustomData(state, world.asker, input)),
  setAllMessageRead: (world, input) =>
    inOwn(world, (state) => rules.setAllMessageRead(state, world.asker, input)),
  createConversationGroup: (world, input) =>
    inOwn(world, (state) => rules.createConversationGroup(state, world.asker, input, { listedOnly: true })),
  deleteConversationGroup: (world, input) =>
    inOwn(world, (state) => rules.deleteConversationGroup(state, world.asker, input)),
  renameConversationGroup: (world, input) =>
    inOwn(world, (state) => rules.renameConversationGroup(state, world.asker, input)),
  addConversationsToGroup: (world, input) =>
    inOwn(world, (state) => rules.addConversationsToGroup(state, world.asker, input, { listedOnly: false })),
  deleteConversationsFromGroup: (world, input) =>
    inOwn(world, (state) => rules.deleteConversationsFromGroup(state, world.asker, input)),
};

/** The town with its group among people who talk: alice has spoken to bob, and in the group. */
function talking({ town }: World): ConversationTown {
  const talkers = new ConversationTown({ g: town });
  talkers.say('alice', 'C2Cbob');
  if (rules.isMember(town.state, 'alice')) talkers.say('alice', 'GROUPg');
  return talkers;
}

/** What is named of messages is the chat of alice and bob. */
const NAMING = { chat: 'pair:alice\nbob', sequenceList: [1] } as const;

/** The conversation groups of whoever asks. */
const FOLDERS = {
  conversationGroups: [
    { id: 1, name: 'alice', members: [{ conversationID: 'C2Calice', generation: 0 }] },
    { id: 3, name: 'bob', members: [] },
  ],
  lastConversationGroupID: 3,
};

function inOwn(world: World, rule: (state: rules.ConversationsState) => Verdict): Verdict {
  return talking(world).look((state) => rule({ ...state, ...FOLDERS }), NAMING);
}

function inChat(
  world: World,
  conversationID: string,
  {
    group,
    pair,
  }: Record<'group', (state: rules.GroupState) => Verdict> &
    Record<'pair', (state: rules.ConversationsState) => Verdict>,
): Verdict {
  const talkers = talking(world);
  const isGroup = parseConversationID(conversationID)?.type === 'GROUP';
  return isGroup ? group(world.town.state) : talkers.look(pair, NAMING);
}

function countersOf({ town, asker }: World) {
  const actor = { ...asker, role: rules.roleOf(town.state, asker.userID) };
  const other = { actor, group: town.group };
  return asker.device === 1 ? fullState(other) : counterState({ alice: 1, bob: 2n ** 63n - 1n }, other);
}

const town = fc.constantFrom<() => Town>(
  () => new Town(),
  () => townWith(),
  () => townWith({ type: 'Public' }),
  () => townWith({ type: 'AVChatRoom' }),
  () => townWith({ type: 'Community', isSupportTopic: true }),
  () => {
    const ended = townWith({ type: 'Public' });
    ended.must((state) => rules.dismissGroup(state, administrator));
    return ended;
  },
);
const NAMES = [...PEOPLE, 'nobody', 'GROUPg', 'GROUPh', 'C2Calice', 'C2Cbob', 'C2Cnobody'];
const device = fc.constantFrom(undefined, 1, 2);
const asker = fc.oneof(fc.constant(administrator), fc.tuple(fc.constantFrom(...PEOPLE), device).map(askerOf));

function askerOf([userID, device]: [string, number | undefined]): rules.Asker {
  return by(userID, { device, by: device === undefined ? undefined : { device, seq: 1 } });
}

describe('any input that a schema allows', () => {
  it.each(Object.keys(RULES) as CommandName[])(
    '[SE2] %s decides, and refuses by its declared errors',
    (name) => {
      const rule = RULES[name] as (world: World, input: unknown) => Verdict;
      const declared = [...COMMANDS[name].errors, ...COMMON_ERRORS];
      const input = allowedBy(SCHEMAS[name].input, NAMES);
      fc.assert(
        fc.property(town, asker, input, (make, asker, input) => {
          const verdict = rule({ town: make(), asker }, input);
          if (!verdict.ok) expect(declared).toContain(verdict.error);
          else
            for (const { event } of verdict.events ?? []) expect(COMMANDS[name].raises).toContain(event.name);
        }),
        { numRuns: 300 },
      );
    },
  );
});
