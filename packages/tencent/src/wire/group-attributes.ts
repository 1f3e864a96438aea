/**
 * The commands of group attributes (GR5). The client numbers the changes of a group's attributes and takes one in whose
 * number follows on what it has; so they are numbered for each client.
 */
import type { CommandName } from '@muster/protocol';
import { type Body, errorBody } from './frame.ts';
import { nextAttributeSeq } from './memory.ts';
import { nameOf, objectsOf, type Translation } from './translation.ts';

/** A single attribute has no number of its own here. */
const NO_SEQ = 0;

function changing(command: CommandName, input: (body: Body) => Record<string, unknown>): Translation {
  return async ({ body, memory, ask }) => {
    const changed = await ask(command, { groupID: body.GroupId, ...input(body) });
    if (!changed.ok) return errorBody(changed.error);
    const keys = objectsOf(body.GroupAttr).map(({ key }) => ({ key, seq: NO_SEQ }));
    return { AttrMainSeq: nextAttributeSeq(memory, nameOf(body.GroupId)), GroupAttr: keys };
  };
}

const withValues = (body: Body): Record<string, unknown> => ({
  groupAttributes: objectsOf(body.GroupAttr).map(({ key, value }) => ({ key, value })),
});

export const GROUP_ATTRIBUTE_TRANSLATIONS: Record<string, Translation> = {
  set_group_attr: changing('initGroupAttributes', withValues),
  modify_group_attr: changing('setGroupAttributes', withValues),
  delete_group_attr: changing('deleteGroupAttributes', (body) => ({
    keyList: objectsOf(body.GroupAttr).map(({ key }) => key),
  })),
  clear_group_attr: changing('deleteGroupAttributes', () => ({})),
};

const read: Translation = async ({ body, memory, ask }) => {
  const answered = await ask('getGroupAttributes', { groupID: body.GroupId });
  if (!answered.ok) return errorBody(answered.error);
  return {
    AttrMainSeq: nextAttributeSeq(memory, nameOf(body.GroupId)),
    GroupAttr: answered.output.groupAttributes.map((attribute) => ({ ...attribute, seq: NO_SEQ })),
  };
};

/** It is asked of a service of its own. */
export const ATTRIBUTE_READING: Record<string, Translation> = { get_group_attr: read };
