/** What the original SDK is told of an AVChatRoom that it watches without a login: by answers to its polls (SE3). */
import type { CounterEntry, ServerFrame } from '@muster/protocol';
import type { Body } from './frame.ts';
import { emptyMemory } from './memory.ts';
import { counterEvents, eventsOf } from './pushes.ts';
import { objectsOf } from './translation.ts';

export const WATCH_ROOM = 'group_open_http_noauth_svc.apply_join_group';
export const POLL_ROOM = 'group_open_long_polling_http_noauth_svc.get_msg';

/** What a viewer sends back with each poll. */
export interface ViewerPlace {
  /** What proves that he may watch. */
  key: string;
  /** Up to where he was told. */
  seq: number;
}

export function watchingBody({ key, seq }: ViewerPlace): Body {
  return {
    JoinedStatus: 'JoinedSuccess',
    HugeGroupFlag: 1,
    LongPollingKey: key,
    StartSeq: seq,
    RspMsgList: [],
  };
}

export function polledBody({ key, seq }: ViewerPlace, items: readonly Body[]): Body {
  return { Key: key, NextSeq: seq, NextBroadcastSeq: 1, RspMsgList: items, RspBroadcastMsgList: [] };
}

const PUSHED_TIP = 6;
const TIP = 4;
const COUNTERS = 6;

/** The messages, tips and notices of a frame as entries of such an answer. */
export function viewerItems(frame: ServerFrame, now: number): Body[] {
  if (!('event' in frame)) return [];
  const reader = { userID: '', device: 0, now, memory: emptyMemory() };
  return eventsOf(withoutAttributes(frame), reader).flatMap(({ Event, GroupMsgArray, GroupTips }) =>
    objectsOf(GroupMsgArray ?? GroupTips).map((item) => ({
      ...item,
      // Among polled entries tips have a number of their own.
      Event: Event === PUSHED_TIP ? TIP : Event,
    })),
  );
}

/** Attributes cannot be read without a login. */
function withoutAttributes<Frame extends Extract<ServerFrame, { event: string }>>(frame: Frame): Frame {
  if (frame.event !== 'log') return frame;
  return { ...frame, events: frame.events.filter(({ name }) => name !== 'groupAttributesUpdated') };
}

/** The values of counters as one such entry. */
export function viewerCounters(groupID: string, counters: readonly CounterEntry[], version: number): Body[] {
  return counterEvents(groupID, { version, counters, deleted: [] })
    .flatMap(({ GroupTips }) => objectsOf(GroupTips))
    .map((item) => ({ ...item, Event: COUNTERS, GroupInfo: { GroupId: groupID, GroupType: 'AVChatRoom' } }));
}
