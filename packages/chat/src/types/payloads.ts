/** What messages carry, by their type. */
import type { Group } from './groups.ts';
import type { UserInfo } from './users.ts';

/**
 * Every field that any message carries. The fields of a message's own type are there when the app runs, and no
 * others: compare `type` before reading them. They are all declared, because `payload` is untyped in the original
 * and code written for it reads them straight away; `AnyMessage` is the union that knows which are there.
 */
export interface MessagePayload {
  /** Text. */
  text: string;
  /** Custom and face: a string of the app's own. */
  data: string;
  /** Custom and location. */
  description: string;
  /** Custom. */
  extension: string;
  /** Face. */
  index: number;
  /** Location, in degrees. */
  latitude: number;
  longitude: number;
  /** Group tip and group system notice: such as `TYPES.GRP_TIP_MBR_JOIN`. */
  operationType: number;
  /** Group tip and group system notice: who did it. */
  operatorID: string;
  /** Group tip: whom it concerns. */
  userIDList: string[];
  memberList: TipMember[];
  memberCount: number;
  /** Group tip and group system notice. */
  groupProfile: Partial<Group>;
  /** Group tip: the fields that changed. */
  newGroupProfile: Partial<Group>;
  /** Group system notice: what the decider or the applicant wrote. */
  handleMessage: string;
  /** Image, audio, video and file: from the original's devices only, we send none. */
  uuid: string;
  url: string;
  size: number;
  second: number;
  imageFormat: number;
  imageInfoArray: Array<{ url: string; width: number; height: number; size: number }>;
  videoUrl: string;
  videoFormat: string;
  videoSecond: number;
  videoSize: number;
  snapshotUrl: string;
  snapshotWidth: number;
  snapshotHeight: number;
  fileUrl: string;
  fileName: string;
  fileSize: number;
  /** Merged messages: likewise. */
  title: string;
  abstractList: string[];
  compatibleText: string;
}

/** A member that a tip names, with what changed of him. */
export interface TipMember extends Partial<UserInfo> {
  userID: string;
  role?: string;
  nameCard?: string;
  /** Seconds from then. */
  muteTime?: number;
}

/** The payload of one type: its own fields, and `never` for those that belong to others. */
type Carrying<Fields extends keyof MessagePayload> = {
  [Field in keyof MessagePayload]: Field extends Fields ? MessagePayload[Field] : never;
};

export type TextPayload = Carrying<'text'>;
export type CustomPayload = Carrying<'data' | 'description' | 'extension'>;
export type FacePayload = Carrying<'index' | 'data'>;
export type LocationPayload = Carrying<'description' | 'latitude' | 'longitude'>;
export type GroupTipPayload = Carrying<
  | 'operationType'
  | 'operatorID'
  | 'userIDList'
  | 'memberList'
  | 'memberCount'
  | 'groupProfile'
  | 'newGroupProfile'
>;
export type GroupSystemNoticePayload = Carrying<
  'operationType' | 'operatorID' | 'groupProfile' | 'handleMessage'
>;
