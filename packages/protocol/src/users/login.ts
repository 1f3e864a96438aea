import Type, { type Static } from 'typebox';
import { ConversationGroup } from '../conversation-groups/conversation-group.ts';
import { ConversationView } from '../conversations/conversation.ts';
import { GroupView } from '../groups/group-view.ts';
import { LIMITS } from '../limits.ts';
import { CountInput, strict, UserIDInput } from '../schema-parts.ts';
import { Profile } from './profile.ts';

const Position = strict({ epoch: Type.String({ maxLength: 64 }), seq: CountInput });
const ScopePosition = strict({ scope: Type.String({ maxLength: 300 }), position: Position });
const CountersPosition = strict({
  groupID: Type.String({ maxLength: 256 }),
  version: CountInput,
});

/**
 * Logs a device in, or brings one back. With `device` the same device goes on: its older connection is ended, its
 * operations keep their meaning, and `positions` and `counters` say how much of the world it has seen (DL4, GC14).
 * Either `userSig` or `sessionKey` (US11) proves who asks.
 */
export const LoginInput = strict({
  protocol: Type.Integer(),
  SDKAppID: Type.Integer(),
  userID: UserIDInput,
  userSig: Type.Optional(Type.String({ maxLength: 2 * LIMITS.userSig_bytes_max.value })),
  sessionKey: Type.Optional(Type.String({ maxLength: 512 })),
  device: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  positions: Type.Optional(Type.Array(ScopePosition, { maxItems: LIMITS.catchUp_scopes_max.value })),
  counters: Type.Optional(Type.Array(CountersPosition, { maxItems: LIMITS.catchUp_scopes_max.value })),
});
export type LoginInput = Static<typeof LoginInput>;

/** Everything a user's devices mirror, as of `seq` of his log. */
export const UserSnapshot = strict({
  profile: Profile,
  groups: Type.Array(GroupView),
  conversations: Type.Array(ConversationView),
  conversationGroups: Type.Array(ConversationGroup),
});
export type UserSnapshot = Static<typeof UserSnapshot>;

/**
 * The answer of a login. `snapshot` replaces what the device had; without it the device is current but for the log
 * and counter frames that were sent before this answer. `calls` are the limits of the SDK (GC10); null is no limit.
 */
export const LoginOutput = strict({
  device: Type.Integer(),
  sessionKey: Type.String(),
  /** Milliseconds since 1970. */
  serverTime: Type.Integer(),
  epoch: Type.String(),
  seq: Type.Integer(),
  snapshot: Type.Union([UserSnapshot, Type.Null()]),
  calls: Type.Union([
    strict({ counterWrites: Type.Integer(), counterReads: Type.Integer(), window: Type.Integer() }),
    Type.Null(),
  ]),
  /** Whether the server still knows the device's operations; false makes the SDK give its open ones up. */
  resumed: Type.Boolean(),
});
export type LoginOutput = Static<typeof LoginOutput>;

export const KickUserInput = strict({ userID: UserIDInput });
export type KickUserInput = Static<typeof KickUserInput>;
