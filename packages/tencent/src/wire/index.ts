/** The language of the original SDK's sockets. */
export * from './commands.ts';
export * from './config.ts';
export { deletedGroups } from './conversation-pushes.ts';
export * from './frame.ts';
export * from './identity.ts';
export * from './memory.ts';
export * from './pushes.ts';
export type * from './translation.ts';
export * from './viewing.ts';
