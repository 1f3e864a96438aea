/** Operation ids of the original SDK: session and number tell a repeat of a frame, which may write more than once. */
const PREFIX = 'tencent';

export function operationIDOf(device: number, seq: number, write: number): string {
  return `${PREFIX} ${device} ${seq} ${write}`;
}

/** The device whose frame such an id names; undefined for an id of another kind. */
export function deviceOfOperationID(operationID: string): number | undefined {
  const [prefix, device] = operationID.split(' ');
  return prefix === PREFIX ? Number(device) : undefined;
}
