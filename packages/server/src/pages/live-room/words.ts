/** Errors in the words of the page: what happened, and what one can do. */
import type { ChatError } from '@muster/chat';

/** Codes of the SDK and the server that the page answers to. */
export const CODES = {
  GROUP_NOT_FOUND: 10010,
  GROUP_ID_TAKEN: 10021,
  GROUP_ID_TAKEN_BY_YOU: 10025,
  TOO_FREQUENT: 2996,
  NO_CONNECTION: 2801,
} as const;

const ENDINGS: Record<string, string> = {
  multipleAccount:
    'logged in on too many devices, and this one was the oldest. Reload the page to come back.',
  userSigExpired: 'had a login that has expired. Reload the page for a new one.',
  REST_API_Kick: 'was logged out by an administrator. Reload the page to come back.',
};

export function endingInWords(name: string, type: string): string {
  return `${name} ${ENDINGS[type] ?? 'was logged out. Reload the page to come back.'}`;
}

export function codeOf(error: unknown): number | undefined {
  return isChatError(error) ? error.code : undefined;
}

export function inWords(error: unknown): string {
  if (isChatError(error)) return `${error.message.replace(/\.$/, '')} (${error.code}).`;
  return error instanceof Error ? error.message : String(error);
}

/** Whether the SDK has not sent a call and never will, so that its taps are the page's to keep (DL7, GC10). */
export function wasNeverSent(error: unknown): boolean {
  if (!isChatError(error)) return false;
  return (
    error.code === CODES.TOO_FREQUENT || (error.code === CODES.NO_CONNECTION && error.data.sent === false)
  );
}

function isChatError(error: unknown): error is ChatError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
