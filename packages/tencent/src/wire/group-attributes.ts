/**
 * The commands of group attributes (GR5). The client's own numbering of attributes is that of the group's log here:
 * numbers rise with every change and skip some, after which the client reads the attributes anew.
 */
import type { CommandName, GroupAttribute } from '@muster/protocol';
import { type Body, errorBody } from './frame.ts';
import { objectsOf, one, type Translation } from './translation.ts';

const FIRST_SEQ = 0;

const attributeBody = ({ key, value }: GroupAttribute): Body => ({ key, value, seq: FIRST_SEQ });

/** A write, and a reading that tells where the log stands behind it. */
function changing(command: CommandName, input: (body: Body) => Record<string, unknown>): Translation {
  return async ({ body, ask }) => {
    const groupID = body.GroupId;
    const changed = await ask(command, { groupID, ...input(body) });
    if (!changed.ok) return errorBody(changed.error);
    const read = await ask('getGroupAttributes', { groupID });
    if (!read.ok) return errorBody(read.error);
    const keys = objectsOf(body.GroupAttr).map(({ key }) => ({ key, seq: FIRST_SEQ }));
    return { AttrMainSeq: read.output.seq, GroupAttr: keys };
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

/** It is asked of a service of its own. */
export const ATTRIBUTE_READING: Record<string, Translation> = {
  get_group_attr: one(
    'getGroupAttributes',
    (body) => ({ groupID: body.GroupId }),
    ({ groupAttributes, seq }) => ({ AttrMainSeq: seq, GroupAttr: groupAttributes.map(attributeBody) }),
  ),
};
