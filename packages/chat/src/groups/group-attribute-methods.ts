/** The methods of group attributes (GR5). */
import type { GetGroupAttributesOutput, GroupAttribute } from '@muster/protocol';
import { anyText, type Check, keys, optional, plainObject, take, text } from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import { methodOf } from '../sync/methods.ts';
import type { GroupAttributeMethods, GroupAttributes } from '../types/group-attributes.ts';

const groupAttributes: Check<GroupAttribute[]> = (value, name) =>
  Object.entries(plainObject(value, name)).map(([key, one]) => ({
    key,
    value: anyText(one, `${name}[${JSON.stringify(key)}]`),
  }));

const ATTRIBUTES = { groupID: text, groupAttributes };
const KEYS = { groupID: text, keyList: optional(keys) };

/** As properties of the object's own, whatever their keys: \`__proto__\` is one like any other. */
export function attributesOf(attributes: GroupAttribute[]): GroupAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
}

export function groupAttributeMethods(core: Core): GroupAttributeMethods {
  const given = (_: unknown, input: { groupAttributes: GroupAttribute[] }) => ({
    groupAttributes: attributesOf(input.groupAttributes),
  });
  return {
    initGroupAttributes: methodOf(core, 'initGroupAttributes', { takes: ATTRIBUTES, gives: given }),
    setGroupAttributes: methodOf(core, 'setGroupAttributes', { takes: ATTRIBUTES, gives: given }),
    deleteGroupAttributes: methodOf(core, 'deleteGroupAttributes', { takes: KEYS }),
    getGroupAttributes: (options) => getAttributes(core, options),
  };
}

/** From memory while every change is heard, else from the server. */
async function getAttributes(core: Core, options: unknown) {
  const { session, mirror, log } = core;
  const { groupID, keyList = [] } = take('getGroupAttributes', options, KEYS, log);
  const served = session.served();
  if (served) await served;
  const known = session.isLive ? mirror.attributes.of(groupID) : undefined;
  const all = known ?? (await fetchAttributes(core, groupID));
  const chosen = all.filter(({ key }) => keyList.length === 0 || keyList.includes(key));
  return ok({ groupAttributes: attributesOf(chosen) });
}

/** Asks for all, so that memory is whole. It may know of something newer than the answer. */
export async function fetchAttributes({ calls, mirror }: Pick<Core, 'calls' | 'mirror'>, groupID: string) {
  const apply = (output: GetGroupAttributesOutput) => mirror.applyAttributes(groupID, output);
  const { groupAttributes: all } = await calls.ask('getGroupAttributes', { groupID }, { apply });
  return mirror.attributes.of(groupID) ?? all;
}
