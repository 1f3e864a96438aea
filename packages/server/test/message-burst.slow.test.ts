import type { ConversationView, LogFrame, LoginOutput } from '@muster/protocol';
import { groupScope, userScope } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawDevice, textTo } from './device-setup.ts';

/** What a device knows of one conversation, kept up to date as the SDK does it: by events, log frames and snapshots. */
class Picture {
  /** The sequences of the messages that were told, in order. */
  readonly told: number[] = [];
  last = 0;
  closed: number | undefined;
  private readonly seqs = new Map<string, number>();
  private taken = 0;

  constructor(scopes: Record<string, number>) {
    for (const [scope, seq] of Object.entries(scopes)) this.seqs.set(scope, seq);
  }

  take({ events }: RawDevice): void {
    for (; this.taken < events.length; this.taken += 1) {
      const frame = events[this.taken];
      if (frame?.event === 'log') this.apply(frame);
      if (frame?.event === 'groupSnapshot') this.replace(frame.conversation, frame.group?.seq ?? 0);
    }
  }

  replace(conversation: ConversationView | null | undefined, seq: number, scope = groupScope('g')): void {
    this.last = conversation?.tally.sequence ?? 0;
    this.seqs.set(scope, seq);
  }

  restart(): void {
    this.taken = 0;
  }

  positions(epoch: string) {
    return [...this.seqs].map(([scope, seq]) => ({ scope, position: { epoch, seq } }));
  }

  private apply({ scope, seq, events }: LogFrame): void {
    const known = this.seqs.get(scope) ?? 0;
    expect(seq).toBeLessThanOrEqual(known + 1);
    for (const event of events.slice(known + 1 - seq)) {
      if (event.name !== 'messageSent') continue;
      this.told.push(event.message.sequence);
      expect(event.message.sequence).toBe(this.last + 1);
      this.last = event.message.sequence;
    }
    this.seqs.set(scope, Math.max(known, seq + events.length - 1));
  }
}

describe('a burst of messages', () => {
  let muster: Muster;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
  });
  afterEach(() => muster.close());

  const who = (userID: string) => ({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });

  /** Sends as fast as the answers come, as many open at once as a device may have. */
  async function burst(
    sender: RawDevice,
    conversationID: string,
    { count, bytes }: { count: number; bytes: number },
  ) {
    const text = 'x'.repeat(bytes);
    const open = new Set<number>();
    let seq = 1;
    const line = async (): Promise<void> => {
      while (seq <= count) {
        seq += 1;
        const own = seq;
        open.add(own);
        const operation = { seq: own, low: Math.min(...open) };
        const answer = await sender.request('sendMessage', textTo(conversationID, text), { operation });
        if (!answer.ok) throw new Error(answer.error.message);
        open.delete(own);
      }
    };
    await Promise.all(Array.from({ length: 50 }, line));
  }

  it('[DL6] 10,000 messages of 200 bytes between two users all arrive, in order, and nobody is closed', async () => {
    const ann = await rawDevice(muster, 'ann');
    const bob = await RawDevice.connect(muster.proxyServer);
    const { seq } = await bob.login(who('bob'));
    await burst(ann, 'C2Cbob', { count: 10_000, bytes: 200 });
    const picture = new Picture({ [userScope('bob')]: seq });
    await bob.until((device) => {
      picture.take(device);
      return picture.last === 10_000;
    });
    expect(picture.told).toHaveLength(10_000);
  }, 60_000);

  it('[DL6] 10,000 messages of 1 KB to a group are read by a healthy member, who is not closed', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g', joinOption: 'FreeAccess' });
    const sender = await rawDevice(muster, 'cid');
    const bob = await rawDevice(muster, 'bob');
    for (const device of [sender, bob]) await device.write('joinGroup', { groupID: 'g' });
    const page = await bob.request('getGroupProfile', { groupID: 'g' });
    const picture = new Picture({ [groupScope('g')]: page.ok ? page.output.group.seq : 0 });
    bob.events.length = 0;
    const sending = burst(sender, 'GROUPg', { count: 10_000, bytes: 1_000 });
    await bob.until(
      (device) => {
        picture.take(device);
        return picture.last === 10_000;
      },
      'the last message',
      60_000,
    );
    await sending;
    expect(picture.told).toHaveLength(10_000);
  }, 90_000);

  it('[DL4] a member who hangs meanwhile is closed, comes back, and knows the conversation exactly', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g', joinOption: 'FreeAccess' });
    const bob = await RawDevice.connect(muster.proxyServer);
    const { device, epoch } = await bob.login(who('bob'));
    const joined = await bob.write('joinGroup', { groupID: 'g' });
    const seq = joined.ok ? (joined.output.group?.seq ?? 0) : 0;
    const picture = new Picture({ [userScope('bob')]: 1, [groupScope('g')]: seq });
    bob.pause();
    const sender = await rawDevice(muster, 'ann');
    await burst(sender, 'GROUPg', { count: 3_000, bytes: 10_000 });
    bob.resume();
    expect(await bob.closed).toBeGreaterThan(1_000);
    picture.take(bob);
    picture.restart();
    const back = await RawDevice.connect(muster.proxyServer);
    const output: LoginOutput = await back.login(who('bob'), { device, positions: picture.positions(epoch) });
    expect(output.snapshot).toBeNull();
    picture.take(back);
    expect(picture.last).toBe(3_000);
    await ann.write('sendMessage', textTo('GROUPg', 'after'));
    await back.until((known) => {
      picture.take(known);
      return picture.last === 3_001;
    });
  }, 90_000);
});
