import { setAllMessageRead, unreadCountOf } from '@muster/domain';
import type { ConversationType } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { by } from '../groups/group-town.ts';
import { type ConversationTown, talkingTown } from './conversation-town.ts';

function loudTown(): ConversationTown {
  const town = talkingTown();
  town.say('alice', 'GROUPg');
  town.say('alice', 'C2Cbob');
  town.say('carol', 'C2Cbob');
  town.say('carol', 'C2Calice');
  town.say('bob', 'C2Cbob');
  return town;
}

const readAll = (town: ConversationTown, conversationType?: ConversationType) =>
  town.run((state) =>
    setAllMessageRead(state, by('bob'), conversationType === undefined ? {} : { conversationType }),
  );

const told = (town: ConversationTown) => town.events.map(({ scope, event }) => `${scope} ${event.name}`);

describe('reading everything', () => {
  it('[CV2] marks all of the asker’s conversations in one event, and tells the other sides', () => {
    const town = loudTown();
    expect(readAll(town)).toMatchObject({ reply: {} });
    expect(told(town).sort()).toEqual([
      'user:alice messageReadByPeer',
      'user:bob conversationsUpdated',
      'user:carol messageReadByPeer',
    ]);
    for (const id of ['GROUPg', 'C2Calice', 'C2Ccarol']) expect(unreadCountOf(town.view('bob', id))).toBe(0);
    expect(unreadCountOf(town.view('alice', 'C2Ccarol'))).toBe(1);
    expect(town.view('carol', 'C2Cbob').peer?.readSequence).toBe(1);
    expect(readAll(town)).toMatchObject({ changes: {}, events: [] });
  });

  it('[CV2] marks those of one type', () => {
    const town = loudTown();
    readAll(town, 'GROUP');
    expect(told(town)).toEqual(['user:bob conversationsUpdated']);
    expect(unreadCountOf(town.view('bob', 'C2Calice'))).toBe(1);
    readAll(town, 'C2C');
    expect(unreadCountOf(town.view('bob', 'C2Calice'))).toBe(0);
  });
});
