/**
 * The key that brings a device back without its userSig (US11). It names the device and is signed with a key derived
 * from the app's secret; it is good while the storage still knows the device, so nothing else need be kept.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const PURPOSE = 'muster session key 1';

export class SessionKeys {
  private readonly key: Buffer;

  constructor(secretKey: string) {
    this.key = createHmac('sha256', secretKey).update(PURPOSE).digest();
  }

  issue(userID: string, device: number): string {
    return `${device}.${this.sign(userID, device)}`;
  }

  /** The device a key was issued for, when it is genuine and the user's. */
  verify(sessionKey: string, userID: string): number | undefined {
    const dot = sessionKey.indexOf('.');
    const device = Number(sessionKey.slice(0, dot));
    if (dot < 1 || !Number.isSafeInteger(device) || device < 1) return undefined;
    const given = Buffer.from(sessionKey.slice(dot + 1));
    const expected = Buffer.from(this.sign(userID, device));
    return given.length === expected.length && timingSafeEqual(given, expected) ? device : undefined;
  }

  private sign(userID: string, device: number): string {
    return createHmac('sha256', this.key).update(`${device}\n${userID}`).digest('base64url');
  }
}
