/** A connected device of ours, which hears what REST changes. */
import type { GroupCountersFrame, LoggedEvent } from '@muster/protocol';
import type { Muster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';

export async function listeningDevice(muster: Muster, userID: string): Promise<RawDevice> {
  const device = await RawDevice.connect(muster.proxyServer);
  await device.login({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });
  return device;
}

/** The logged events that a device has heard of. */
export function logged(device: RawDevice): LoggedEvent[] {
  return device.events.flatMap((frame) => (frame.event === 'log' ? frame.events : []));
}

/** Waits for a logged event, and gives it. */
export async function heard<Name extends LoggedEvent['name']>(
  device: RawDevice,
  name: Name,
): Promise<Extract<LoggedEvent, { name: Name }>> {
  const find = () => logged(device).findLast((event) => event.name === name);
  await device.until(() => find() !== undefined, `a ${name}`);
  return find() as Extract<LoggedEvent, { name: Name }>;
}

/** Waits for a frame of counters that meets the condition, and gives it. */
export async function heardCounters(
  device: RawDevice,
  meets: (frame: GroupCountersFrame) => boolean,
): Promise<GroupCountersFrame> {
  const find = () =>
    device.events.findLast((frame) => frame.event === 'groupCounters' && meets(frame)) as
      | GroupCountersFrame
      | undefined;
  await device.until(() => find() !== undefined, 'counters');
  return find() as GroupCountersFrame;
}
