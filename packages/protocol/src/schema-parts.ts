/** The small parts that the schemas of several commands share. What they leave open, the rules of domain check. */
import Type from 'typebox';
import { INT64_PATTERN, type WireInt64 } from './int64.ts';

/** An object that refuses properties it does not name (DI4: our wire and HTTP are strict). */
export const strict = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const UserIDInput = Type.String({ minLength: 1, maxLength: 256 });
export const GroupIDInput = Type.String({ minLength: 1, maxLength: 256 });
export const ConversationIDInput = Type.String({ minLength: 1, maxLength: 300 });
/** A malformed id is told in the answer, so that here anything goes that is text (CG6). */
export const ConversationIDListInput = Type.Array(Type.String({ maxLength: 300 }), { maxItems: 2_000 });
export const UserIDListInput = Type.Array(UserIDInput, { maxItems: 500 });
export const Text = Type.String({ maxLength: 8_192 });

/** A number of something, which every database can hold. */
export const CountInput = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** An int64 in a frame: a safe JSON number or a decimal string. The range of a string is checked when it is read. */
export const Int64Input = Type.Unsafe<WireInt64>(
  Type.Union([
    Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
    Type.String({ pattern: INT64_PATTERN }),
  ]),
);

export const Empty = strict({});
