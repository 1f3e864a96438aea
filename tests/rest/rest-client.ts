/** A backend that calls REST v4: it sends exactly the text that a test gives it, and reads exactly what comes. */
import type { Muster } from '@muster/server/testing';

export interface RestAnswer {
  status: number;
  /** The text as it came, with all digits of its numbers. */
  text: string;
  body: Record<string, unknown> & { ActionStatus: string; ErrorCode: number; ErrorInfo: string };
}

export type Query = Record<string, string | number | undefined>;

/**
 * Calls a command. A body that is no text is written as JSON. What `query` names replaces what the URL says, and is
 * left out when it is undefined.
 */
export async function rest(
  muster: Muster,
  command: string,
  body: object | string = {},
  query: Query = {},
): Promise<RestAnswer> {
  const response = await fetch(restURL(muster, command, query), {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}

export function restURL(muster: Muster, command: string, query: Query = {}): string {
  const parameters: Query = {
    sdkappid: muster.SDKAppID,
    identifier: 'administrator',
    usersig: muster.userSig('administrator'),
    random: 99_999_999,
    contenttype: 'json',
    ...query,
  };
  const url = new URL(`${muster.url}/v4/${command}`);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

/** What a command answers that went well, without the three fields that every answer has. */
export async function restOK(
  muster: Muster,
  command: string,
  body: object | string = {},
): Promise<Record<string, unknown>> {
  const { status, body: answer } = await rest(muster, command, body);
  const { ActionStatus, ErrorCode, ErrorInfo, ...more } = answer;
  if (status !== 200 || ActionStatus !== 'OK' || ErrorCode !== 0 || ErrorInfo !== '')
    throw new Error(`${command}: ${status} ${JSON.stringify(answer)}`);
  return more;
}

/** Makes these users known. */
export async function importAccounts(muster: Muster, ...userIDs: string[]): Promise<void> {
  await restOK(muster, 'im_open_login_svc/multiaccount_import', { Accounts: userIDs });
}
