/** The methods of group attributes (GR5). */
import type { GroupAttribute } from '@muster/protocol';
import { anyText, type Check, plainObject, text } from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import { attributesOf } from '../memory/attributes.ts';
import { chosenOf, KEYS } from '../sync/keyed-reading.ts';
import { methodOf } from '../sync/methods.ts';
import type { GroupAttributeMethods } from '../types/group-attributes.ts';

const groupAttributes: Check<GroupAttribute[]> = (value, name) =>
  Object.entries(plainObject(value, name)).map(([key, one]) => ({
    key,
    value: anyText(one, `${name}[${JSON.stringify(key)}]`),
  }));

const ATTRIBUTES = { groupID: text, groupAttributes };

export function groupAttributeMethods(core: Core): GroupAttributeMethods {
  const known = (groupID: string) => core.mirror.heldAttributes.of(groupID);
  const fetch = (groupID: string) => fetchAttributes(core, groupID);
  /** As properties of the object's own, whatever their keys: `__proto__` is one like any other. */
  const given = (_: unknown, input: { groupAttributes: GroupAttribute[] }) => ({
    groupAttributes: Object.fromEntries(attributesOf(input.groupAttributes)),
  });
  return {
    initGroupAttributes: methodOf(core, 'initGroupAttributes', { takes: ATTRIBUTES, gives: given }),
    setGroupAttributes: methodOf(core, 'setGroupAttributes', { takes: ATTRIBUTES, gives: given }),
    deleteGroupAttributes: methodOf(core, 'deleteGroupAttributes', { takes: KEYS }),
    getGroupAttributes: async (options) =>
      ok({
        groupAttributes: Object.fromEntries(
          await chosenOf(core, 'getGroupAttributes', options, { known, fetch }),
        ),
      }),
  };
}

/** Asks for all, so that memory is whole. It may know of something newer than the answer. */
export async function fetchAttributes({ calls, mirror }: Pick<Core, 'calls' | 'mirror'>, groupID: string) {
  const { groupAttributes: all } = await calls.ask(
    'getGroupAttributes',
    { groupID },
    { apply: (output) => mirror.applyAttributes(groupID, output) },
  );
  return mirror.heldAttributes.of(groupID) ?? attributesOf(all);
}
