/** Users: logging in and out, and profiles (US). */
import type { ChatResponse, OperationOptions } from './results.ts';
import type { AdminForbidType, AllowType, CustomField, Gender, OneOf } from './vocabulary.ts';

/** What a user tells of himself. Only `nick` and `avatar` mean something to us; the others are kept for the app. */
export interface Profile {
  userID: string;
  nick: string;
  /** The address of a picture. */
  avatar: string;
  gender: Gender;
  /** Such as 20000101. */
  birthday: number;
  location: string;
  selfSignature: string;
  allowType: AllowType;
  language: number;
  messageSettings: number;
  adminForbidType: AdminForbidType;
  level: number;
  role: number;
  profileCustomField: CustomField[];
  /** @deprecated In the original's typings only; neither SDK gives it. */
  lastUpdatedNumber?: number;
}

export interface UserInfo {
  userID: string;
  nick: string;
  avatar: string;
}

export interface LoginOptions {
  /** 1 to 32 bytes, without control characters and without `@` at its start (US1). */
  userID: string;
  /** TLSSigAPIv2, made by the app's own backend with the secret key (US2). */
  userSig: string;
}

export interface LoginResult {
  actionStatus: 'OK';
  errorCode: 0;
  errorInfo: string;
  /** Present when the same user was logged in already (US5). */
  repeatLogin?: boolean;
}

export interface GetUserProfileOptions {
  userIDList: string[];
}

/** The fields to change; what is left out stays. */
export interface UpdateMyProfileOptions extends OperationOptions {
  nick?: string;
  avatar?: string;
  gender?: OneOf<Gender>;
  birthday?: number;
  location?: string;
  selfSignature?: string;
  allowType?: OneOf<AllowType>;
  language?: number;
  messageSettings?: number;
  adminForbidType?: OneOf<AdminForbidType>;
  level?: number;
  role?: number;
  profileCustomField?: CustomField[];
}

export interface UserMethods {
  /**
   * Logs in, and registers the user at his first login (US2, US3). Resolves first; the list events and then
   * `SDK_READY` come in a later macrotask (US4). Calls made meanwhile wait.
   *
   * Again as the same user it resolves with `repeatLogin: true`, and a new userSig replaces the old (US5).
   *
   * Rejects 2025 while another user is logged in or logging in · 70001 userSig expired · 70003 malformed · 70009
   * signed with another key · 70013 for another userID · 70014 for another SDKAppID · 70052 issued before a kick.
   */
  login(options: LoginOptions): Promise<ChatResponse<LoginResult>>;

  /** Logs out: ends this device's session key and its presence in AVChatRooms (US11). Raises `SDK_NOT_READY`. */
  logout(): Promise<void>;

  /** Logs out, closes the connection, and forgets the instance: the next `create` makes a new one (US8). */
  destroy(): Promise<void>;

  /** The userID, or `''` when nobody is logged in. Synchronous (DI6). */
  getLoginUser(): string;

  /** The server's clock, in milliseconds since 1970. Synchronous (DI6). */
  getServerTime(): number;

  /** Whether `SDK_READY` has been raised for this login. Synchronous (DI6). */
  isReady(): boolean;

  getMyProfile(): Promise<ChatResponse<Profile>>;

  /** The profiles of up to 100 users; those who never logged in are left out (US9). */
  getUserProfile(options: GetUserProfileOptions): Promise<ChatResponse<Profile[]>>;

  /**
   * Changes the own profile and resolves with the whole of it. Raises `PROFILE_UPDATED` at every device of the
   * user; nick and avatar also show in messages and member lists (US9).
   */
  updateMyProfile(options: UpdateMyProfileOptions): Promise<ChatResponse<Profile>>;
}
