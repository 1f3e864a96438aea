/**
 * The attributes of those groups that the device has asked for or heard of (GR5). Every event brings all of them, so
 * memory is whole from the first word on. What a snapshot has overtaken is asked for again, and raised if it differs.
 */
import type { GetGroupAttributesOutput, GroupAttribute, LoggedEvent } from '@muster/protocol';

type Told = Extract<LoggedEvent, { name: 'groupAttributesUpdated' }>;

/** What an app is to hear. */
export interface AttributeNews extends Omit<Told, 'name' | 'by' | 'groupAttributes'> {
  groupAttributes: GroupAttributes;
}

type GroupAttributes = Map<string, string>;

/** What was asked for, or what an event says. */
export type AttributesRead = GetGroupAttributesOutput &
  Partial<Pick<Told, 'updatedKeyList' | 'deletedKeyList'>>;

export function attributesOf(attributes: GroupAttribute[]): GroupAttributes {
  return new Map(attributes.map(({ key, value }) => [key, value]));
}

interface Known {
  all: GroupAttributes;
  /** Where the group's log stood. */
  seq: number;
  /** Overtaken by a snapshot: to be asked for, or asked for already. */
  doubt?: 'new' | 'asked';
}

export class Attributes {
  readonly #groups = new Map<string, Known>();

  /** All of a group's; undefined when they must be asked for. */
  of(groupID: string): GroupAttributes | undefined {
    const known = this.#groups.get(groupID);
    return known?.doubt ? undefined : known?.all;
  }

  /**
   * A logged event with what it says, or what was asked for. What is as of a later `seq` is newer, and shown in its
   * place. Tells of what happened meanwhile, if a snapshot had hidden it.
   */
  learn(
    groupID: string,
    { seq, groupAttributes, updatedKeyList, deletedKeyList }: AttributesRead,
  ): AttributeNews | undefined {
    const known = this.#groups.get(groupID);
    const all = attributesOf(groupAttributes);
    if (!known || known.doubt || known.seq < seq) this.#groups.set(groupID, { all, seq });
    const missed = known?.doubt && difference(groupID, known.all, all);
    if (missed || !updatedKeyList || !deletedKeyList) return missed;
    return { groupID, groupAttributes: this.of(groupID) ?? all, updatedKeyList, deletedKeyList };
  }

  /** A snapshot, or joining anew, says nothing of attributes; and what was asked for may not have come. */
  overtake(groupID: string): void {
    const known = this.#groups.get(groupID);
    if (known) known.doubt = 'new';
  }

  /** The groups whose attributes are to be asked for now. */
  takeDoubts(): string[] {
    const found = [...this.#groups].filter(([, { doubt }]) => doubt === 'new');
    for (const [, known] of found) known.doubt = 'asked';
    return found.map(([groupID]) => groupID);
  }

  /** The app is told: groups that the device is no longer in are forgotten. */
  settle(present: ReadonlyMap<string, unknown>): void {
    for (const groupID of this.#groups.keys()) if (!present.has(groupID)) this.#groups.delete(groupID);
  }
}

function difference(
  groupID: string,
  before: GroupAttributes,
  groupAttributes: GroupAttributes,
): AttributeNews | undefined {
  const updatedKeyList = [...groupAttributes.keys()].filter(
    (key) => before.get(key) !== groupAttributes.get(key),
  );
  const deletedKeyList = [...before.keys()].filter((key) => !groupAttributes.has(key));
  return updatedKeyList.length + deletedKeyList.length > 0
    ? { groupID, groupAttributes, updatedKeyList, deletedKeyList }
    : undefined;
}
