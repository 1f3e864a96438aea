/** The foreign doors: what the original SDK and REST v4 say, translated to our commands and back. */
export * from './rest/index.ts';
export * from './usersig.ts';
export * from './wire/index.ts';
