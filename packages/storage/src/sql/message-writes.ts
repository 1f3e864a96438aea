import type { MessageRecord } from '@muster/domain';
import { mentionParameters, messageParameters } from './conversation-rows.ts';
import type { Write } from './statements.ts';

/** Keeps a message and whom it names. One that takes the place of an older form names the same. */
export function messageWrites(record: MessageRecord): Write[] {
  const named = record.chat.startsWith('group:') ? mentionParameters(record) : [];
  return [
    ['putMessage', messageParameters(record)],
    ...named.map((parameters): Write => ['putMention', parameters]),
  ];
}
