/**
 * The limits that the SDK keeps. Those that the protocol names have its names, and a test holds them to its table.
 * Each is a constant of its own, because a bundler puts the number in its place, while it keeps a table whole.
 */
export const counterWrites_perWindow_max = 20;
export const counterReads_perWindow_max = 20;
export const counterWindow_ms = 5_000;
export const operationsOpen_perDevice_max = 64;
export const operationID_bytes_max = 64;
export const users_perRequest_max = 100;
export const memberPage_count_max = 100;
export const groupTips_perSecond_max = 10;
export const mentions_perConversation_max = 20;
export const deletedCounters_perGroup_max = 100;
export const frameBeforeLogin_bytes_max = 65_536;
export const frame_bytes_max = 262_144;
export const catchUp_scopes_max = 2_000;
export const callOffline_ms_max = 15_000;
