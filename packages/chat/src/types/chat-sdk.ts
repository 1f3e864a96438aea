/** An instance of the SDK, and how one is made. */
import type { ConversationGroupMethods } from './conversation-groups.ts';
import type { ConversationMethods } from './conversations.ts';
import type { EventMethods } from './events.ts';
import type { GroupAttributeMethods } from './group-attributes.ts';
import type { CounterValue, GroupCounterMethods } from './group-counters.ts';
import type { GroupMemberMethods } from './group-members.ts';
import type { GroupMethods } from './groups.ts';
import type { MessageMethods } from './messages.ts';
import type { ExperimentalMethods, UnsupportedMethods } from './unsupported.ts';
import type { UserMethods } from './users.ts';

export interface CreateOptions {
  /** The app's id, as `muster dev` prints it. A numeric string is understood (US8). */
  SDKAppID: number | string;
  /**
   * Where the server is: `'ws://127.0.0.1:8080'`, or with `wss`, `http` or `https`. The option has the name that
   * the original gives it. It may be left out while one instance of this SDKAppID exists (US8).
   */
  proxyServer?: string | undefined;
  /**
   * How counter values are handed out (GC5). Left out: as a `number`, and as a `bigint` when it is not a safe
   * integer, typed as `number`. `'bigint'`: always so. `'exact'`: as when left out, and typed as both.
   */
  counterValues?: 'bigint' | 'exact' | undefined;
  /** Makes one more instance under this name: for tests, consoles, and several accounts in a page (US8). */
  instance?: string | undefined;
  /** Lets a device be in several AVChatRooms at a time (GR7). */
  unlimitedAVChatRoom?: boolean | undefined;
  /** @deprecated Ignored with a warning: there are no uploads. */
  fileUploadProxy?: string | undefined;
  /** @deprecated Ignored with a warning: there are no downloads. */
  fileDownloadProxy?: string | undefined;
  /** @deprecated Ignored with a warning: a kit's name, for the original's statistics. */
  scene?: string | undefined;
}

/**
 * Gives the instance for this SDKAppID and proxyServer: the same one until it is destroyed (US8). Throws without a
 * `proxyServer` when none exists, and when `counterValues` differs from those it was made with; other options of a
 * later call change nothing and are warned of.
 */
export interface Create {
  (options: CreateOptions & { counterValues: 'bigint' }): ChatSDK<bigint>;
  (options: CreateOptions & { counterValues: 'exact' }): ChatSDK<number | bigint>;
  (options: CreateOptions & { counterValues?: undefined }): ChatSDK;
}

/** The calls that concern the instance alone. */
export interface InstanceMethods {
  /** From 0, everything, to 4, nothing. */
  setLogLevel(level: number): void;

  /** Warns once of each plugin, none of which is known, and goes on (DI2). */
  registerPlugin(plugins: object): void;

  /** Warns once of each plugin, none of which is known, and goes on. In other builds of the original (DI2). */
  use(plugin: unknown, options?: unknown): void;
}

/**
 * An instance. Methods work unbound and through a Proxy, and none throws but `on`, `createXMessage` and `create`:
 * they reject with a `ChatError` (DI3, DL8).
 *
 * `Value` is how counter values are handed out: see `counterValues`.
 */
export interface ChatSDK<Value extends CounterValue = number>
  extends InstanceMethods,
    EventMethods<Value>,
    UserMethods,
    GroupMethods,
    GroupMemberMethods,
    GroupAttributeMethods,
    GroupCounterMethods<Value>,
    ConversationMethods,
    ConversationGroupMethods,
    MessageMethods,
    ExperimentalMethods,
    UnsupportedMethods {}
