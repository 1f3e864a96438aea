/**
 * What the device holds of the world: the user's profile, the groups he is in, their counters, and how far it is in
 * each log. It changes by logged events, snapshots and counter news only. What an app should hear of is gathered
 * and raised once the whole change is in (CG14), so that a handler reads nothing older than its event.
 */
import type {
  ConversationView,
  EventFrame,
  GetGroupAttributesOutput,
  GetGroupCountersOutput,
  GroupSnapshotFrame,
  GroupView,
  LogFrame,
  LoggedEvent,
  LoginInput,
  LoginOutput,
  OnlineMessageFrame,
  Profile,
  RoomTipFrame,
} from '@muster/protocol';
import type { Heard } from '../messages/raise-messages.ts';
import type { Seen } from '../messages/seen-messages.ts';
import { type AttributeNews, Attributes, type AttributesRead } from './attributes.ts';
import { type ConversationGroupNews, ConversationGroups } from './conversation-groups.ts';
import { type ConversationNews, Conversations, conversationOfGroup, groupIDOf } from './conversations.ts';
import { type Applied, type CounterNews, type CounterRise, Counters } from './counters.ts';
import { afterGroupEvent, isListed, looksAlike } from './groups.ts';

const USER = 'user:';
const GROUP = 'group:';

/** What changed since the last time it was asked. */
export interface Changes {
  profileNews: boolean;
  groupListNews: boolean;
  rises: CounterRise[];
  /** Groups of whose counters something was missed. */
  missing: Set<string>;
  attributeNews: AttributeNews[];
  /** What there may be messages to tell of, in the order in which it came (MS4). */
  heard: Heard[];
}

export interface TakenChanges extends Omit<Changes, 'missing'> {
  missing: string[];
  /** Groups whose attributes are to be asked for. */
  overtaken: string[];
  conversationNews: ConversationNews;
  conversationGroupNews: ConversationGroupNews;
}

const noChanges = (): Changes => ({
  profileNews: false,
  groupListNews: false,
  rises: [],
  missing: new Set(),
  attributeNews: [],
  heard: [],
});

export class Mirror {
  profile: Profile | undefined;
  heldGroups = new Map<string, GroupView>();
  /** The last messages that this device has seen, by their IDs. */
  heldMessages = new Map<string, Seen>();
  heldCounters = new Counters();
  heldAttributes = new Attributes();
  heldConversations = new Conversations();
  heldConversationGroups = new ConversationGroups(this.heldConversations);
  mirroredUserID = '';
  mirroredEpoch = '';
  userLogSeq = 0;
  gathered = noChanges();

  /** Forgets everything: another login begins. */
  reset(userID: string): void {
    Object.assign(this, new Mirror(), { mirroredUserID: userID });
  }

  takeChanges(): TakenChanges {
    const { rises, attributeNews, missing, ...changes } = this.gathered;
    // Nothing of a group follows its end (DL4); one that was joined again goes on where the app believes it to be.
    const isHere = ({ groupID }: { groupID: string }) => this.heldGroups.has(groupID);
    this.gathered = noChanges();
    this.heldCounters.settle(this.heldGroups);
    this.heldAttributes.settle(this.heldGroups);
    return {
      ...changes,
      conversationNews: this.heldConversations.takeNews(),
      conversationGroupNews: this.heldConversationGroups.takeNews(),
      rises: rises.filter(isHere),
      attributeNews: attributeNews.filter(isHere),
      missing: [...missing].filter((groupID) => this.heldGroups.has(groupID)),
      overtaken: this.heldAttributes.takeDoubts(),
    };
  }

  /** How far the device is in each log; nothing before the first login, which brings a snapshot. */
  positions(): NonNullable<LoginInput['positions']> {
    if (this.mirroredEpoch === '') return [];
    const at = (scope: string, seq: number) => ({ scope, position: { epoch: this.mirroredEpoch, seq } });
    const groups = [...this.heldGroups].map(([groupID, { seq }]) => at(GROUP + groupID, seq));
    return [at(USER + this.mirroredUserID, this.userLogSeq), ...groups];
  }

  /** Without a snapshot, the frames that came before the answer have told everything. */
  applyLogin({ epoch, seq, snapshot }: LoginOutput): void {
    this.mirroredEpoch = epoch;
    if (!snapshot) return;
    this.userLogSeq = seq;
    this.#setProfile(snapshot.profile);
    const named = new Set(snapshot.groups.map(({ profile }) => profile.groupID));
    for (const groupID of [...this.heldGroups.keys()]) if (!named.has(groupID)) this.#remove(groupID);
    for (const group of snapshot.groups) this.#replace(group);
    this.heldConversations.replaceAll(snapshot.conversations);
    this.heldConversationGroups.replaceAll(snapshot.conversationGroups);
  }

  /** Applies what a frame tells; answers whether it follows what came before. */
  apply(frame: EventFrame): boolean {
    if (frame.event === 'groupCounters') this.applyCounterNews(frame.groupID, frame);
    if (frame.event === 'groupSnapshot') this.applyGroupSnapshot(frame);
    if (frame.event === 'onlineMessage' || frame.event === 'roomTip') this.applyPassing(frame);
    return frame.event !== 'log' || this.applyLog(frame);
  }

  /** Applies what is new in the frame; answers whether it follows what came before. */
  applyLog({ scope, seq, events }: LogFrame): boolean {
    const isUser = scope === USER + this.mirroredUserID;
    const groupID = scope.slice(GROUP.length);
    for (const [index, event] of events.entries()) {
      const known = isUser ? this.userLogSeq : this.heldGroups.get(groupID)?.seq;
      // A group that the device is not in, or no longer, is none of its business.
      if (known === undefined) return true;
      const number = seq + index;
      if (number <= known) continue;
      if (number > known + 1) return false;
      if (isUser) this.#applyUserEvent(event, number);
      else this.#applyGroupEvent(groupID, event, number);
    }
    return true;
  }

  applyGroupSnapshot({ groupID, group, conversation }: GroupSnapshotFrame): void {
    if (group) this.#replace(group);
    else this.#remove(groupID);
    if (conversation) this.heldConversations.replace(conversation);
  }

  /** Nothing is kept of it, and nothing follows the end of a group (DL4). */
  applyPassing(frame: OnlineMessageFrame | RoomTipFrame): void {
    const groupID = 'groupID' in frame ? frame.groupID : groupIDOf(frame.conversationID);
    if (groupID === undefined || this.heldGroups.has(groupID)) this.gathered.heard.push({ event: frame });
  }

  /** An AVChatRoom belongs to the device that joined it, so the answer alone tells of it (GR7). */
  applyJoin(group: GroupView | null, leftGroupIDList: string[]): void {
    for (const groupID of leftGroupIDList) this.#remove(groupID);
    if (group && !isListed(group)) this.#join(group);
  }

  applyQuit(groupID: string): void {
    const group = this.heldGroups.get(groupID);
    if (group && !isListed(group)) this.#remove(groupID);
  }

  /** A set that was asked for. It stays whole only while the device is sent what changes (GC15). */
  applyCounterSet(groupID: string, { live, ...set }: GetGroupCountersOutput): void {
    this.applyCounterNews(groupID, { ...set, whole: true });
    if (!live) this.heldCounters.unlearn(groupID);
  }

  applyCounterNews(groupID: string, news: CounterNews): void {
    this.#gather(groupID, this.heldCounters.apply(groupID, news));
  }

  /** Kept only where every change is heard. */
  applyAttributes(groupID: string, output: GetGroupAttributesOutput): void {
    if (this.heldGroups.has(groupID)) this.#learn(groupID, output);
  }

  #learn(groupID: string, output: AttributesRead): void {
    const news = this.heldAttributes.learn(groupID, output);
    if (news) this.gathered.attributeNews.push(news);
  }

  #applyUserEvent(event: LoggedEvent, seq: number): void {
    this.userLogSeq = seq;
    if (event.name === 'profileUpdated') this.#setProfile(event.profile);
    this.#hear(event, 'groupID' in event ? event.groupID : '');
    if (event.name === 'groupJoined') this.#join(event.group, event.conversation);
    if (event.name === 'groupLeft') this.#remove(event.groupID);
    if (event.name === 'conversationsUpdated') this.heldConversations.update(event.conversations);
    this.heldConversationGroups.apply(event);
  }

  #applyGroupEvent(groupID: string, event: LoggedEvent, seq: number): void {
    const before = this.heldGroups.get(groupID) as GroupView;
    const after = afterGroupEvent(before, event);
    this.#hear(event, groupID);
    if (event.name === 'groupAttributesUpdated') this.#learn(groupID, { ...event, seq });
    if (after) this.#put({ ...after, seq }, before);
    else this.#remove(groupID);
  }

  /** Tells the conversation, and gathers what there may be a message of; `groupID` is of the group that it concerns. */
  #hear(event: LoggedEvent, groupID: string): void {
    const isNews = !('conversationID' in event) || this.heldConversations.apply(event, this.mirroredUserID);
    if (isNews && /^(me|group)/.test(event.name))
      this.gathered.heard.push({ event, before: this.heldGroups.get(groupID) });
  }

  #setProfile(profile: Profile): void {
    const isSame = JSON.stringify(profile) === JSON.stringify(this.profile);
    // The profile that the first login brings is no news.
    if (!isSame && this.profile) this.gathered.profileNews = true;
    this.profile = profile;
  }

  #join(group: GroupView, conversation?: ConversationView): void {
    const { groupID } = group.profile;
    const seq = this.heldGroups.get(groupID)?.seq ?? 0;
    // Joining again does not put it back (CG15).
    this.heldConversationGroups.drop(conversationOfGroup(groupID));
    this.heldAttributes.overtake(groupID);
    this.#put(group);
    if (conversation && group.seq >= seq) this.heldConversations.replace(conversation);
    this.heldCounters.hear(groupID);
  }

  /** A snapshot is how things are, also when the server was put back to an earlier state (DL4). */
  #replace(group: GroupView): void {
    const { groupID } = group.profile;
    const before = this.heldGroups.get(groupID);
    this.heldAttributes.overtake(groupID);
    this.heldGroups.delete(groupID);
    this.#put(group, before && { ...before, seq: 0 });
  }

  #put(group: GroupView, before = this.heldGroups.get(group.profile.groupID)): void {
    const { groupID } = group.profile;
    if (before && group.seq < before.seq) return;
    this.heldGroups.set(groupID, group);
    if (isListed(group) && !(before && looksAlike(before, group))) {
      this.gathered.groupListNews = true;
      this.heldConversations.touch(conversationOfGroup(groupID));
    }
    this.#gather(groupID, this.heldCounters.open(groupID, group.countersVersion));
  }

  #remove(groupID: string): void {
    const group = this.heldGroups.get(groupID);
    if (!group) return;
    this.heldGroups.delete(groupID);
    this.heldConversations.remove(conversationOfGroup(groupID));
    this.heldConversationGroups.drop(conversationOfGroup(groupID));
    if (isListed(group)) this.gathered.groupListNews = true;
  }

  #gather(groupID: string, { rises, isMissing }: Applied): void {
    this.gathered.rises.push(...rises);
    if (isMissing) this.gathered.missing.add(groupID);
  }
}
