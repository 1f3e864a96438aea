/** The limits and times that are the SDK's alone, which the server need not know. */

/** Reads that wait for their answers; the server allows 256 requests, of which writes may be 64. */
export const readsInFlight_max = 128;
/** Members on a page when the app names no count. */
export const memberPage_count = 15;
/** Messages that a device remembers, the newest it has seen. */
export const seenMessages_max = 1_000;
/** Changes of messages, no last ones, that a device remembers until it is told of deletions made before them. */
export const messageChanges_max = 100;
/** The list of conversations is told at most so often while messages stream in (CV2). */
export const conversationList_ms = 50;
/** Messages on a page of the history. */
export const messagePage_count = 15;
/** The first wait before a request that was refused for now is sent again; it doubles. */
export const askAgain_ms = 250;
export const askAgain_ms_max = 4_000;

export const open_ms_max = 10_000;
export const login_ms_max = 20_000;
/** Without a frame for so long the server is asked for a sign of life. */
export const quiet_ms = 10_000;
export const pong_ms_max = 5_000;
/** How long a server that said goodbye may take to send what it still has. */
export const leave_ms_max = 2_000;
/** The first wait before a new connection; it doubles. */
export const reconnect_ms = 500;
export const reconnect_ms_max = 30_000;
/** How long a logout waits for its answer; here it has ended anyway. */
export const farewell_ms_max = 2_000;
