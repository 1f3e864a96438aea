import {
  conversationViewOf,
  deleteConversation,
  inListOrder,
  joinGroup,
  pinConversation,
  quitGroup,
  setMessageRead,
} from '@muster/domain';
import { AT_ALL, type ConversationView } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { by, NOW, SECOND, townWith } from '../groups/group-town.ts';
import { ConversationTown, talkingTown } from './conversation-town.ts';

const idsOf = (views: readonly ConversationView[]) => views.map(({ state }) => state.conversationID);

describe('the view of a conversation', () => {
  it('[CV1] of a group is worked out from the rows of group and member', () => {
    const town = talkingTown();
    town.say('alice', 'GROUPg');
    town.say('bob', 'GROUPg');
    expect(town.view('bob', 'GROUPg')).toMatchObject({
      tally: { sequence: 2, counted: 2, own: 1 },
      appearedAt: SECOND * 1_000,
      lastMessage: { sequence: 2 },
      peer: null,
    });
  });

  it('[CG15] of one who left and came back begins anew', () => {
    const town = new ConversationTown({ g: townWith({ type: 'Meeting' }) });
    town.say('bob', 'GROUPg');
    town.say('alice', 'GROUPg');
    town.must((state) => setMessageRead(state, by('bob'), { conversationID: 'GROUPg' }));
    town.must((state) => pinConversation(state, by('bob'), { conversationID: 'GROUPg', isPinned: true }));
    town.runInGroup('g', (state) => quitGroup(state, by('bob')));
    town.say('alice', 'GROUPg');
    town.runInGroup('g', (state) => joinGroup(state, by('bob'), { groupID: 'g' }));
    const joined = town.events.find(({ event }) => event.name === 'groupJoined')?.event;
    expect(joined).toMatchObject({ conversation: town.view('bob', 'GROUPg') });
    expect(town.view('bob', 'GROUPg')).toMatchObject({
      state: { isPinned: false, read: { sequence: 3, counted: 3, own: 0 } },
      tally: { sequence: 3, counted: 3, own: 0 },
      lastMessage: null,
    });
  });

  it('[CV1] of a user who never logged in has an empty profile', () => {
    const row = { record: undefined, group: undefined, member: undefined, peer: undefined };
    const view = conversationViewOf({
      ...row,
      conversationID: 'C2Cnobody',
      lastMessage: undefined,
      mentions: [],
    });
    expect(view).toMatchObject({
      state: { hiddenThrough: 0, read: { sequence: 0 } },
      tally: { sequence: 0 },
      peer: { profile: { userID: 'nobody', nick: '' }, readSequence: 0, readTime: 0 },
    });
  });

  it('[CV1] names who mentioned the user since he read', () => {
    const town = talkingTown();
    town.say('alice', 'GROUPg', { atUserList: ['bob'] });
    town.say('bob', 'GROUPg', { atUserList: [AT_ALL] });
    town.say('alice', 'GROUPg', { atUserList: [AT_ALL] });
    expect(town.view('bob', 'GROUPg').mentions).toEqual([
      { sequence: 1, from: 'alice', isAll: false },
      { sequence: 3, from: 'alice', isAll: true },
    ]);
  });
});

describe('the order of the list', () => {
  it('[CV1] pinned ones first, then the newest, an empty one by when it appeared', () => {
    const town = new ConversationTown({ g: townWith(), h: townWith() });
    town.say(by('alice', { now: NOW - 5_000 }), 'C2Cbob');
    town.say(by('carol', { now: NOW + 5_000 }), 'C2Cbob');
    town.say(by('dave', { now: NOW + 1 }), 'C2Cbob');
    town.say(by('eve', { now: NOW + 1 }), 'C2Cbob');
    const pinned = { conversationID: 'C2Calice', isPinned: true };
    town.must((state) => pinConversation(state, by('bob'), pinned));
    const views = town.views('bob');
    const ordered = ['C2Calice', 'C2Ccarol', 'C2Cdave', 'C2Ceve', 'GROUPg', 'GROUPh'];
    expect(idsOf(inListOrder(views))).toEqual(ordered);
    expect(idsOf(inListOrder(views.toReversed()))).toEqual(ordered);
  });

  it('[CV1] a cleared conversation stands where it appeared', () => {
    const town = new ConversationTown();
    town.say(by('alice', { now: NOW }), 'C2Cbob');
    town.say(by('carol', { now: NOW + 1 }), 'C2Cbob');
    town.say(by('alice', { now: NOW + 2 }), 'C2Cbob');
    expect(idsOf(inListOrder(town.views('bob')))).toEqual(['C2Calice', 'C2Ccarol']);
    town.must((state) => deleteConversation(state, by('bob'), { conversationIDList: ['C2Calice'] }));
    expect(idsOf(inListOrder(town.views('bob')))).toEqual(['C2Ccarol', 'C2Calice']);
  });
});
