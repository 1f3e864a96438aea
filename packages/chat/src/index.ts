/**
 * `@muster/chat`: the Tencent Cloud Chat Web API, on a server of your own.
 *
 *     import MusterChat from '@muster/chat';
 *     const chat = MusterChat.create({ SDKAppID, proxyServer: 'ws://127.0.0.1:8080' });
 */
import { VERSION } from '@muster/protocol';
import { EVENT } from './constants/event.ts';
import { TSignaling } from './constants/signaling.ts';
import { TYPES } from './constants/types.ts';
import { create as createInstance } from './create.ts';
import type { Create, CreateOptions } from './types/chat-sdk.ts';

const create: Create = (options: CreateOptions): never => createInstance(options) as never;

export const MusterChat = { create, EVENT, TYPES, TSignaling, VERSION };
export default MusterChat;
export type * from './types/index.ts';
