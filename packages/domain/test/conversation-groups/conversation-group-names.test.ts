import { conversationGroupNameFault } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { ConversationDesk } from './conversation-desk.ts';

const GOOD = [
  ['one byte', 'a'],
  ['32 bytes', 'x'.repeat(32)],
  ['32 bytes with one character of two at the edge', `${'x'.repeat(30)}é`],
  ['32 bytes in eight characters of four', '🎲'.repeat(8)],
  ['a space alone', ' '],
  ['spaces around', ' a '],
  ['U+00A0, just above the C1 controls', '\u00a0'],
  ['the name of a prototype', '__proto__'],
] as const;

const BAD = [
  ['empty', '', 'is empty'],
  ['33 bytes', 'x'.repeat(33), 'is longer than 32 bytes'],
  ['33 bytes, the last character across the edge', `${'x'.repeat(31)}é`, 'is longer than 32 bytes'],
  ['34 bytes in 32 characters', `${'x'.repeat(30)}éé`, 'is longer than 32 bytes'],
  ['U+0000', 'a\u0000b', 'holds a control character'],
  ['a line feed at the end', 'a\n', 'holds a control character'],
  ['U+001F', '\u001f', 'holds a control character'],
  ['DEL', 'a\u007f', 'holds a control character'],
  ['U+0080', '\u0080', 'holds a control character'],
  ['U+009F', '\u009f', 'holds a control character'],
  ['a lone high surrogate', 'a\ud83c', 'is not well-formed Unicode'],
  ['a lone low surrogate', '\udfb2a', 'is not well-formed Unicode'],
] as const;

describe('the name of a conversation group', () => {
  it.each(GOOD)('[CG2] may be %s, and is kept exactly', (_what, name) => {
    const desk = new ConversationDesk();
    expect(conversationGroupNameFault(name)).toBeUndefined();
    expect(desk.create(name)).toMatchObject({ reply: { conversationGroupID: 1, groupName: name } });
    expect(desk.rename(name, 'other')).toHaveProperty('reply');
    expect(desk.rename('other', name)).toMatchObject({ reply: { groupName: name } });
    expect(desk.read()).toEqual([{ conversationGroupID: 1, groupName: name, conversationIDList: [] }]);
  });

  it.each(BAD)('[CG2] may not be %s: 51011', (_what, name, fault) => {
    const desk = new ConversationDesk();
    desk.create('old');
    expect(conversationGroupNameFault(name)).toBe(fault);
    expect(desk.create(name)).toEqual({ refused: 'BAD_CONVERSATION_GROUP_NAME' });
    expect(desk.rename('old', name)).toEqual({ refused: 'BAD_CONVERSATION_GROUP_NAME' });
    expect(desk.read()).toEqual([{ conversationGroupID: 1, groupName: 'old', conversationIDList: [] }]);
  });

  it.each(['', 'x'.repeat(33), 'x'.repeat(4_096), 'a\u0000', '\ud800'])(
    '[CG2][CG4] one only looked up is 51009, whatever it is: %j',
    (name) => {
      const desk = new ConversationDesk();
      const talk = desk.hasTalk('bob');
      desk.create('a', [talk]);
      const absent = { refused: 'CONVERSATION_GROUP_NOT_FOUND' };
      expect(desk.delete(name)).toEqual(absent);
      expect(desk.rename(name, 'b')).toEqual(absent);
      expect(desk.add(name, [talk])).toEqual(absent);
      expect(desk.remove(name, [talk])).toEqual(absent);
    },
  );

  it('[CG2] is exact: case, width, spaces and normal form make another name', () => {
    const desk = new ConversationDesk();
    const names = ['work', 'Work', 'ｗork', 'work ', 'caf\u00e9', 'cafe\u0301'];
    for (const name of names) expect(desk.create(name)).toHaveProperty('reply');
    expect(desk.read().map(({ groupName }) => groupName)).toEqual(names);
  });
});
