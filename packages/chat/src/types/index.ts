/** Every public type of the SDK. */
export type * from './chat-sdk.ts';
export type * from './conversation-groups.ts';
export type * from './conversations.ts';
export type * from './events.ts';
export type * from './group-attributes.ts';
export type * from './group-counters.ts';
export type * from './group-members.ts';
export type * from './groups.ts';
export type * from './messages.ts';
export type * from './payloads.ts';
export type * from './results.ts';
export type * from './unsupported.ts';
export type * from './users.ts';
export type * from './vocabulary.ts';
