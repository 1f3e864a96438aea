import type { SendMessageInput } from '@muster/protocol';
import type { Muster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';

/** A device without an SDK, logged in. */
export async function rawDevice(muster: Muster, userID: string): Promise<RawDevice> {
  const device = await RawDevice.connect(muster.proxyServer);
  await device.login({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });
  return device;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A call over the HTTP door. */
export async function post(
  muster: Muster,
  userID: string,
  command: string,
  input: object,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const response = await fetch(`${muster.url}/v1/commands/${command}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${muster.userSig(userID)}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(input),
  });
  const { status } = response;
  return { status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}

let random = 0;

/** A text message, as its sender asks for it. */
export function textTo(conversationID: string, text: string): SendMessageInput {
  random += 1;
  return { conversationID, type: 'TIMTextElem', payload: { text }, random, clientTime: 1_700_000_000 };
}
