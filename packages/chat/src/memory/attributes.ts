/**
 * The attributes of those groups that the device has asked for or heard of (GR5). Every event brings all of them, so
 * memory is whole from the first word on. What a snapshot has overtaken is asked for again, and raised if it differs.
 */
import type { GetGroupAttributesOutput, GroupAttribute, LoggedEvent } from '@muster/protocol';

type Told = Extract<LoggedEvent, { name: 'groupAttributesUpdated' }>;

/** What an app is to hear. */
export type AttributeNews = Omit<Told, 'name' | 'by'>;

interface Known {
  all: GroupAttribute[];
  /** Where the group's log stood. */
  seq: number;
  isStale?: boolean;
}

export class Attributes {
  readonly #groups = new Map<string, Known>();
  /** What was known of groups that were left since the app was told something last. */
  readonly #left = new Map<string, Known>();

  /** All of a group's; undefined when they must be asked for. */
  of(groupID: string): GroupAttribute[] | undefined {
    const known = this.#groups.get(groupID);
    return known?.isStale ? undefined : known?.all;
  }

  /** A logged event. What was read as of a later one is newer, and shown in its place. */
  hear({ groupID, groupAttributes, updatedKeyList, deletedKeyList }: Told, seq: number): AttributeNews {
    const known = this.#groups.get(groupID);
    const missed = known?.isStale && difference(groupID, known.all, groupAttributes);
    if (!known || known.isStale || known.seq < seq) this.#groups.set(groupID, { all: groupAttributes, seq });
    const all = this.of(groupID) ?? groupAttributes;
    return missed || { groupID, groupAttributes: all, updatedKeyList, deletedKeyList };
  }

  /** What was asked for. Tells of what happened meanwhile, if a snapshot had hidden it. */
  learn(groupID: string, { groupAttributes, seq }: GetGroupAttributesOutput): AttributeNews | undefined {
    const known = this.#groups.get(groupID);
    if (known && !known.isStale && known.seq >= seq) return undefined;
    this.#groups.set(groupID, { all: groupAttributes, seq });
    return known?.isStale ? difference(groupID, known.all, groupAttributes) : undefined;
  }

  /** A snapshot, or joining anew, says nothing of attributes: whether there is something to ask for. */
  overtake(groupID: string): boolean {
    const known = this.#groups.get(groupID) ?? this.#left.get(groupID);
    if (known) this.#groups.set(groupID, { ...known, isStale: true });
    return known !== undefined;
  }

  /** The groups whose attributes are still to be asked for. */
  stale(): string[] {
    return [...this.#groups.keys()].filter((groupID) => !this.of(groupID));
  }

  forget(groupID: string): void {
    const known = this.#groups.get(groupID);
    this.#groups.delete(groupID);
    if (known) this.#left.set(groupID, known);
  }

  /** The app is told: what was left is left. */
  settle(): void {
    this.#left.clear();
  }

  clear(): void {
    this.#groups.clear();
    this.#left.clear();
  }
}

function difference(
  groupID: string,
  before: GroupAttribute[],
  groupAttributes: GroupAttribute[],
): AttributeNews | undefined {
  const old = new Map(before.map(({ key, value }) => [key, value]));
  const updatedKeyList = groupAttributes.filter(({ key, value }) => old.get(key) !== value).map(keyOf);
  for (const { key } of groupAttributes) old.delete(key);
  const deletedKeyList = [...old.keys()];
  if (updatedKeyList.length + deletedKeyList.length === 0) return undefined;
  return { groupID, groupAttributes, updatedKeyList, deletedKeyList };
}

function keyOf({ key }: GroupAttribute): string {
  return key;
}
