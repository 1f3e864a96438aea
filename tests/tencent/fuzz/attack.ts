/**
 * A user who sends mutated frames in between valid ones. Each frame is answered once, or its connection is closed
 * because it cannot be; each valid one is answered rightly; and whatever was increased was increased once.
 */
import type { SeededRandom } from '@muster/testkit';
import { expect } from 'vitest';
import type { ServedMuster } from '../../setup/served-muster.ts';
import { askedBy, frameOf, isAnswered, RawConnection, type WireAnswer } from './attacker.ts';
import { mutatedFrame, type Sent } from './mutations.ts';
import { type Names, servedFrames } from './served-frames.ts';

const PATIENCE_MS = 15_000;
const SENT_MAX = 200;
/** Beyond this nobody without a session is listened to. */
const LARGE_BYTES = 60_000;
const CLOSED = { malformed: 4_003, tooLarge: 4_004 };
/** Faults of the server: nothing that is sent may bring one about. */
const FAULTS = [10_002, 60_008, 60_022];
/** Whose own session is bound already, is not served under another one. */
const REFUSED_SESSION = [60_003, 60_009, 2_024, 70_001];
const NEEDS_NO_SESSION = /alive|imopenstat/;
const COUNT = 'group_open_http_svc.update_group_counter';
const ENDS_A_SESSION = new Set(['im_open_status.wslogout', 'im_open_status.wslogin']);

type Fuzzed = Sent & { kind: string };
type Increase = { seq: number; frame: Sent };

export class Attack {
  /** What its increases were answered. */
  readonly increased: number[] = [];
  private readonly server: ServedMuster;
  private readonly userID: string;
  private readonly isBinary: boolean;
  private readonly random: SeededRandom;
  private readonly names: Names;
  private readonly sent: Sent[] = [];
  private readonly frames: ReturnType<typeof servedFrames>;
  private readonly otherA2: string;
  private connection: RawConnection | undefined;
  private a2 = '';
  private seq = 1_000;

  constructor(
    server: ServedMuster,
    {
      names,
      isBinary,
      otherA2,
      random,
    }: { names: Names; isBinary: boolean; otherA2: string; random: SeededRandom },
  ) {
    this.server = server;
    this.names = names;
    this.userID = names.own;
    this.isBinary = isBinary;
    this.otherA2 = otherA2;
    this.random = random;
    this.frames = servedFrames(names);
  }

  get tallyID(): string {
    return `tally of ${this.userID}`;
  }

  /** Makes the groups that its frames name, and one that only its valid frames name. */
  async begin(): Promise<void> {
    await this.logIn();
    const { groupID, roomID } = this.names;
    for (const [GroupId, Type] of [
      [groupID, 'Public'],
      [roomID, 'AVChatRoom'],
      [this.tallyID, 'Public'],
    ])
      expect(await this.ask('group_open_http_svc.create_group', { GroupId, Type, Name: 'n' })).toMatchObject({
        ErrorCode: 0,
      });
  }

  /** Sends so many mutated frames with a valid one among them, and looks at every answer. */
  async round(count: number): Promise<void> {
    const connection = await this.connected();
    const { isBinary, random, otherA2, a2, sent } = this;
    const donor = { frames: this.frames, a2, otherA2, sent, isBinary, random };
    const fuzzed: Fuzzed[] = Array.from({ length: count }, () => mutatedFrame(donor, this.nextSeq()));
    const mayLoseSession = fuzzed.some((frame) =>
      ENDS_A_SESSION.has(askedBy(frame, isBinary)?.servcmd ?? ''),
    );
    const increase = mayLoseSession ? undefined : this.nextIncrease();
    const all: Sent[] = [...fuzzed];
    if (increase) all.splice(random.below(count + 1), 0, increase.frame);
    for (const frame of all) connection.send(frame);
    const asked = all.map((frame) => askedBy(frame, isBinary));
    const expected = asked.filter((head) => head !== undefined && isAnswered(head));
    await connection.hasHeard(expected.length, PATIENCE_MS);
    this.judge(connection, { fuzzed, expected, isWhole: !asked.includes(undefined) });
    this.judgeKinds(connection.answers, fuzzed, mayLoseSession);
    if (increase) await this.settle(connection, increase);
    if (mayLoseSession) this.a2 = '';
    if (mayLoseSession || connection.closedWith !== undefined) this.leave();
    else connection.answers.length = 0;
    sent.push(...fuzzed);
    sent.splice(0, Math.max(0, sent.length - SENT_MAX));
  }

  leave(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  async ask(servcmd: string, body: Record<string, unknown>): Promise<WireAnswer['body']> {
    const connection = await this.connected();
    const answer = await connection.ask({ servcmd, seq: this.nextSeq(), a2: this.a2 }, body, PATIENCE_MS);
    connection.answers.length = 0;
    return answer;
  }

  /** Every answer belongs to a request, and only what cannot be answered closed the connection. */
  private judge(
    { answers, closedWith }: RawConnection,
    {
      fuzzed,
      expected,
      isWhole,
    }: { fuzzed: Fuzzed[]; expected: (WireAnswer['head'] | undefined)[]; isWhole: boolean },
  ): void {
    const said = fuzzed.map(({ kind, bytes }) => `${kind}: ${bytes.subarray(0, 500)}`).join('\n');
    const open = expected.map((head) => `${head?.servcmd} ${head?.seq}`);
    for (const { head, body } of answers) {
      const at = open.indexOf(`${head.servcmd} ${head.seq}`);
      expect(at, `an answer to nothing, ${JSON.stringify(head)}, among\n${said}`).toBeGreaterThanOrEqual(0);
      open.splice(at, 1);
      expect(Number.isSafeInteger(body.ErrorCode), said).toBe(true);
      expect(FAULTS, `${JSON.stringify({ head, body })} of\n${said}`).not.toContain(body.ErrorCode);
    }
    const isLarge = fuzzed.some(({ bytes }) => bytes.length > LARGE_BYTES);
    const closings = [...(isWhole ? [undefined] : [CLOSED.malformed]), ...(isLarge ? [CLOSED.tooLarge] : [])];
    expect(closings, `closed by\n${said}`).toContain(closedWith);
    if (closedWith === undefined) expect(open, `unanswered of\n${said}`).toEqual([]);
  }

  /** What is wrong with a frame for certain is what it is refused for. */
  private judgeKinds(
    answers: readonly WireAnswer[],
    fuzzed: readonly Fuzzed[],
    mayLoseSession: boolean,
  ): void {
    for (const frame of fuzzed) {
      const head = askedBy(frame, this.isBinary);
      const answer = head && answers.find((one) => one.head.seq === head.seq);
      if (answer && frame.kind === 'wrong checksum') expect(answer.body.ErrorCode).toBe(60_003);
      const isForeign = frame.kind === 'the session of somebody else' && !mayLoseSession;
      if (answer && isForeign && !NEEDS_NO_SESSION.test(answer.head.servcmd))
        expect(REFUSED_SESSION).toContain(answer.body.ErrorCode);
    }
  }

  private nextIncrease(): Increase {
    const seq = this.nextSeq();
    const body = { GroupId: this.tallyID, Mode: 'Increase', GroupCounter: [{ Key: 'hits', Value: 1 }] };
    return { seq, frame: frameOf({ servcmd: COUNT, seq, a2: this.a2 }, body, this.isBinary) };
  }

  /** Sends an increase again until it is answered; now and then also afterwards. */
  private async settle(connection: RawConnection, { seq, frame }: Increase): Promise<void> {
    const answerOf = (on: RawConnection): WireAnswer['body'] =>
      on.answers.find(({ head }) => head.seq === seq && head.servcmd === COUNT)?.body;
    let answer = answerOf(connection);
    if (!answer || this.random.below(4) === 0) {
      if (connection.closedWith !== undefined) this.leave();
      const next = await this.connected();
      next.answers.length = 0;
      next.send(frame);
      await next.hasHeard(1, PATIENCE_MS);
      const again = answerOf(next);
      if (answer) expect(again).toEqual(answer);
      answer = again;
    }
    expect(answer).toMatchObject({ ErrorCode: 0, GroupCounter: [{ Key: 'hits' }] });
    this.increased.push(answer.GroupCounter[0].Value);
  }

  private async connected(): Promise<RawConnection> {
    if (this.connection?.closedWith === undefined && this.connection) return this.connection;
    await this.logIn();
    if (!this.connection) throw new Error('it is not connected');
    return this.connection;
  }

  private async logIn(): Promise<void> {
    const connection = await RawConnection.open(this.server.proxyServer, this.isBinary);
    const proof =
      this.a2 === ''
        ? { identifier: this.userID, usersig: this.server.userSig(this.userID) }
        : { a2: this.a2 };
    const head = { servcmd: 'im_open_status.wslogin', seq: this.nextSeq(), ...proof };
    const answer = await connection.ask(head, { State: 'Online' }, PATIENCE_MS);
    expect(answer, `${this.userID} logs in`).toMatchObject({ ErrorCode: 0 });
    connection.answers.length = 0;
    this.a2 = answer.A2Key;
    this.connection = connection;
  }

  private nextSeq(): number {
    this.seq += 1;
    return this.seq;
  }
}
