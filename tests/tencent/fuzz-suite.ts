/** A storm of frames that no client sends, on a server in a process of its own, while others count on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '@muster/testkit';
import { expect } from 'vitest';
import { type ServedMuster, serveMuster } from '../setup/served-muster.ts';
import { Attack } from './fuzz/attack.ts';
import { WireClient } from './wire-client.ts';

const ATTACKS = 4;
const FRAMES_PER_ROUND = 10;
const COUNT = 'group_open_http_svc.update_group_counter';
const GROWTH_BYTES_MAX = 160 * 1024 * 1024;

/** Somebody who only counts, and must count on as if nobody else was there. */
class Witness {
  readonly client: WireClient;
  private value = 0;

  private constructor(client: WireClient) {
    this.client = client;
  }

  static async begin(server: ServedMuster, userID: string, at: '/binfo' | '/info'): Promise<Witness> {
    const client = await WireClient.connect(server.proxyServer, at);
    expect(await client.login(userID, server.userSig(userID))).toMatchObject({ ErrorCode: 0 });
    const group = { Type: 'Public', Name: 'n', GroupId: userID };
    expect(await client.ask('group_open_http_svc.create_group', group)).toMatchObject({ ErrorCode: 0 });
    return new Witness(client);
  }

  async count(userID: string): Promise<void> {
    this.value += 1;
    const GroupCounter = [{ Key: 'hits', Value: 1 }];
    const answer = await this.client.ask(COUNT, { GroupId: userID, Mode: 'Increase', GroupCounter });
    expect(answer).toMatchObject({ ErrorCode: 0, GroupCounter: [{ Key: 'hits', Value: this.value }] });
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Sends so many mutated frames; what goes wrong is told with the frames that it came of, and repeats with the seed. */
export async function fuzzFrames(frames: number, seed: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-fuzz-'));
  const server = await serveMuster(`sqlite:${path.join(folder, 'muster.db')}`);
  try {
    const witnesses = {
      ann: await Witness.begin(server, 'ann', '/binfo'),
      bob: await Witness.begin(server, 'bob', '/info'),
    };
    const { client: victim } = await Witness.begin(server, 'carl', '/binfo');
    const attacks = upTo(ATTACKS).map((at) => {
      const names = {
        own: `eve${at}`,
        other: `eve${(at % ATTACKS) + 1}`,
        groupID: `g${at}`,
        roomID: `r${at}`,
      };
      const random = seededRandom(seed * ATTACKS + at);
      return new Attack(server, { names, isBinary: at !== ATTACKS, otherA2: victim.a2, random });
    });
    for (const attack of attacks) await attack.begin();
    const rounds = Math.ceil(frames / ATTACKS / FRAMES_PER_ROUND);
    let early = 0;
    for (const round of upTo(rounds)) {
      const storm = attacks.map((attack) => attack.round(FRAMES_PER_ROUND));
      await Promise.all([...storm, witnesses.ann.count('ann'), witnesses.bob.count('bob')]);
      if (round === Math.ceil(rounds / 4)) early = server.residentBytes();
    }
    const growth = server.residentBytes() - early;
    expect(growth).toBeLessThan(GROWTH_BYTES_MAX);
    for (const { increased } of attacks)
      expect(increased.sort((a, b) => a - b)).toEqual(upTo(increased.length));
    for (const attack of attacks) attack.leave();
    for (const { client } of Object.values(witnesses)) client.close();
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true });
  }
}
