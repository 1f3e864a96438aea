/** Lists of columns that several statements read, and what makes a row a living one. */

export const GROUP =
  'group_id, generation, type, owner_id, is_support_topic, member_count, ended_at, profile, seq, ' +
  'counters_version, revoked, message_seq, messages_counted, first_message_seq';

export const MEMBER =
  'user_id, role, join_time, name_card, mute_until, join_sequence, join_counted, own_counted';

export const USER = 'user_id, profile, seq, signatures_from, registered';

/**
 * A row lives in the generation of its group that wrote it: once the group has ended or was made again, its rows
 * are as good as gone, whenever `maintain` deletes them.
 */
export const LIVING = 'g.generation = r.generation AND g.ended_at = 0';

export const prefixed = (alias: string, columns: string): string =>
  columns.replace(/\w+/g, (column) => `${alias}.${column}`);

/** `a = excluded.a, b = excluded.b`: takes over what an INSERT brings. */
export const taken = (columns: string): string =>
  columns.replace(/\w+/g, (column) => `${column} = excluded.${column}`);
