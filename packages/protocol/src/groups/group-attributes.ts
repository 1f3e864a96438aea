import Type, { type Static } from 'typebox';
import { GroupIDInput, strict } from '../schema-parts.ts';

/** An attribute of a group (GR5). They travel as a list, so that a key named twice can be seen. */
export const GroupAttribute = strict({ key: Type.String(), value: Type.String() });
export type GroupAttribute = Static<typeof GroupAttribute>;

const GroupAttributes = Type.Array(GroupAttribute, { maxItems: 1_000 });

export const SetGroupAttributesInput = strict({ groupID: GroupIDInput, groupAttributes: GroupAttributes });
export type SetGroupAttributesInput = Static<typeof SetGroupAttributesInput>;

/** All attributes without a keyList or with an empty one. */
export const GroupAttributeKeysInput = strict({
  groupID: GroupIDInput,
  keyList: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
});
export type GroupAttributeKeysInput = Static<typeof GroupAttributeKeysInput>;

/** The keys that were removed. */
export const DeleteGroupAttributesOutput = strict({ keyList: Type.Array(Type.String()) });
export type DeleteGroupAttributesOutput = Static<typeof DeleteGroupAttributesOutput>;

/** Those that exist; `seq` is where the group's log stood when they were read. */
export const GetGroupAttributesOutput = strict({ groupAttributes: GroupAttributes, seq: Type.Integer() });
export type GetGroupAttributesOutput = Static<typeof GetGroupAttributesOutput>;
