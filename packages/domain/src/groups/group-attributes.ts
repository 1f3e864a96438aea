/**
 * Group attributes (GR5): a few texts by name, which every member may read and write. Each write tells the members
 * all that there is afterwards, so that a device needs to have heard of nothing before.
 */
import {
  type CommandError,
  type DeleteGroupAttributesOutput,
  type GetGroupAttributesOutput,
  type GroupAttribute,
  type GroupAttributeKeysInput,
  type GroupIDOutput,
  groupScope,
  limit,
  type SetGroupAttributesInput,
  utf8Length,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import {
  type Acceptance,
  accept,
  type Decision,
  type Reading,
  type Refusal,
  refuse,
  tell,
} from '../decision.ts';
import { livingGroup, roleOf } from '../group-roles.ts';
import { refuseText } from '../texts.ts';
import type { GroupChanges, GroupState } from './group-state.ts';

type Attributes = ReadonlyMap<string, string>;

const NONE: Attributes = new Map();

/** Puts these in the place of all there are. */
export function initAttributes(
  state: GroupState,
  asker: Asker,
  { groupAttributes }: SetGroupAttributesInput,
): Decision<GroupChanges, GroupIDOutput, CommandError<'initGroupAttributes'>> {
  const refusal = refuseUse(state, asker) ?? refuseList(groupAttributes);
  if (refusal !== undefined) return refusal;
  const after = new Map(groupAttributes.map(({ key, value }) => [key, value]));
  return refuseSize(after) ?? changed(state, asker, { after, updated: [...after.keys()] });
}

/** Sets these and leaves the others. */
export function setAttributes(
  state: GroupState,
  asker: Asker,
  { groupAttributes }: SetGroupAttributesInput,
): Decision<GroupChanges, GroupIDOutput, CommandError<'setGroupAttributes'>> {
  const refusal = refuseUse(state, asker) ?? refuseNone(groupAttributes) ?? refuseList(groupAttributes);
  if (refusal !== undefined) return refusal;
  const after = new Map(state.attributes);
  for (const { key, value } of groupAttributes) after.set(key, value);
  const updated = groupAttributes.map(({ key }) => key);
  return refuseSize(after) ?? changed(state, asker, { after, updated });
}

/** Removes these, or all when none is named; absent names are skipped. */
export function deleteAttributes(
  state: GroupState,
  asker: Asker,
  { keyList = [] }: GroupAttributeKeysInput,
): Decision<GroupChanges, DeleteGroupAttributesOutput, CommandError<'deleteGroupAttributes'>> {
  const refusal = refuseUse(state, asker);
  if (refusal !== undefined) return refusal;
  const before = state.attributes ?? NONE;
  const named = keyList.length === 0 ? before.keys() : keyList;
  const removed = [...new Set(named)].filter((key) => before.has(key));
  const after = new Map(before);
  for (const key of removed) after.delete(key);
  return { ...changed(state, asker, { after, updated: [] }), reply: { keyList: removed } };
}

export function readAttributes(
  state: GroupState,
  asker: Asker,
  { keyList = [] }: GroupAttributeKeysInput,
): Reading<GetGroupAttributesOutput, CommandError<'getGroupAttributes'>> {
  const refusal = refuseUse(state, asker);
  if (refusal !== undefined) return refusal;
  const wanted = new Set(keyList);
  const groupAttributes = listOf(state.attributes ?? NONE).filter(
    ({ key }) => wanted.size === 0 || wanted.has(key),
  );
  return { ok: true, reply: { groupAttributes, seq: state.group?.seq ?? 0 } };
}

/** The event names all that there is, and what changed. Nothing is told when nothing is named and nothing goes. */
function changed(
  state: GroupState,
  asker: Asker,
  { after, updated }: { after: Attributes; updated: string[] },
): Acceptance<GroupChanges, GroupIDOutput> {
  const groupID = state.group?.groupID ?? '';
  const deletedKeyList = [...(state.attributes ?? NONE).keys()].filter((key) => !after.has(key));
  if (updated.length === 0 && deletedKeyList.length === 0) return accept({}, { groupID });
  const event = {
    name: 'groupAttributesUpdated',
    groupID,
    groupAttributes: listOf(after),
    updatedKeyList: updated,
    deletedKeyList,
  } as const;
  return accept({ attributes: after }, { groupID }, [tell(groupScope(groupID), event, asker.by)]);
}

function listOf(attributes: Attributes): GroupAttribute[] {
  return [...attributes].map(([key, value]) => ({ key, value }));
}

/** Members, administrators, and the owner of an AVChatRoom whether he is there or not (GR7). */
function refuseUse(
  state: GroupState,
  asker: Asker,
): Refusal<'GROUP_NOT_FOUND' | 'NOT_PERMITTED'> | undefined {
  if (livingGroup(state) === undefined) return refuse('GROUP_NOT_FOUND');
  if (asker.isAdministrator || roleOf(state, asker.userID) !== undefined) return undefined;
  return refuse('NOT_PERMITTED', 'Only a member of the group may use its attributes.');
}

function refuseNone(attributes: readonly GroupAttribute[]): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  return attributes.length === 0
    ? refuse('BAD_ARGUMENT_VALUE', 'groupAttributes names no attribute.')
    : undefined;
}

function refuseList(attributes: readonly GroupAttribute[]): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  const keys = new Set<string>();
  for (const { key, value } of attributes) {
    if (key === '') return refuse('BAD_ARGUMENT_VALUE', 'A key of groupAttributes is empty.');
    const refusal =
      refuseText('A key of groupAttributes', key, 'attributeKey_bytes_max') ??
      refuseText(`The attribute ${JSON.stringify(key)}`, value, 'attributeValue_bytes_max');
    if (refusal !== undefined) return refusal;
    if (keys.has(key))
      return refuse('BAD_ARGUMENT_VALUE', `groupAttributes names the key ${JSON.stringify(key)} twice.`);
    keys.add(key);
  }
  return undefined;
}

function refuseSize(attributes: Attributes): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  const countMax = limit('attributes_perGroup_max');
  if (attributes.size > countMax) {
    const message = `A group has at most ${countMax} attributes; this would make ${attributes.size}.`;
    return refuse('BAD_ARGUMENT_VALUE', message);
  }
  let bytes = 0;
  for (const [key, value] of attributes) bytes += utf8Length(key) + utf8Length(value);
  const bytesMax = limit('attributesOfGroup_bytes_max');
  if (bytes <= bytesMax) return undefined;
  const message = `The attributes of a group have at most ${bytesMax} bytes together; this would make ${bytes}.`;
  return refuse('BAD_ARGUMENT_VALUE', message);
}
