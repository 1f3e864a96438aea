/**
 * `@muster/chat`: the Tencent Cloud Chat Web API, on a server of your own.
 *
 *     import MusterChat from '@muster/chat';
 *     const chat = MusterChat.create({ SDKAppID, proxyServer: 'ws://127.0.0.1:8080' });
 */
import { VERSION as PACKAGE_VERSION } from '@muster/protocol';
import { EVENT } from './constants/event.ts';
import { TSignaling } from './constants/signaling.ts';
import { TYPES } from './constants/types.ts';
import { create as createInstance } from './create.ts';
import type { Create, CreateOptions } from './types/chat-sdk.ts';

export const create: Create = (options: CreateOptions): never => createInstance(options) as never;

/** The version of the SDK, `x.y.z`. */
export const VERSION: string = PACKAGE_VERSION;

export const MusterChat: {
  create: Create;
  EVENT: typeof EVENT;
  TYPES: typeof TYPES;
  TSignaling: typeof TSignaling;
  VERSION: string;
} = { create, EVENT, TYPES, TSignaling, VERSION };

export default MusterChat;
export * from './constants/event.ts';
export * from './constants/signaling.ts';
export * from './constants/types.ts';
export type * from './types/index.ts';
