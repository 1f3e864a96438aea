/**
 * What proves that a viewer without a login has been let into a room, and from where on he is to be told of it (SE3):
 * both are in the key, signed with a key derived from the app's secret. Nothing is kept of it, and it outlives
 * connections and restarts.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const PURPOSE = 'muster viewer key 1';

export interface ViewerClaim {
  groupID: string;
  /** The number of what came last when he was let in. */
  seq: number;
}

export class ViewerKeys {
  private readonly key: Buffer;

  constructor(secretKey: string) {
    this.key = createHmac('sha256', secretKey).update(PURPOSE).digest();
  }

  issue({ groupID, seq }: ViewerClaim): string {
    const claim = Buffer.from(`${seq} ${groupID}`);
    return `${claim.toString('base64url')}.${this.sign(claim).toString('base64url')}`;
  }

  /** What a key was issued for, when it is genuine. */
  verify(viewerKey: unknown): ViewerClaim | undefined {
    if (typeof viewerKey !== 'string') return undefined;
    const [claimed = '', signed = ''] = viewerKey.split('.');
    const claim = Buffer.from(claimed, 'base64url');
    const [given, expected] = [Buffer.from(signed, 'base64url'), this.sign(claim)];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const text = claim.toString();
    const space = text.indexOf(' ');
    return { groupID: text.slice(space + 1), seq: Number(text.slice(0, space)) };
  }

  private sign(claim: Buffer): Buffer {
    return createHmac('sha256', this.key).update(claim).digest();
  }
}
