/**
 * One device of the original SDK's door under load: it speaks the frames that the SDK sends, with their whole heads and
 * checksums, without being the SDK.
 */
import { type Body, checksumOf } from '@muster/tencent';
import { BENCH_APP } from './app.ts';
import { COUNTER_KEY, type CountingDevice, type Run } from './device.ts';
import { LoadSocket } from './socket.ts';

interface WireFrame {
  head: { servcmd: string; seq: number };
  body: {
    ErrorCode?: number;
    ErrorInfo?: string;
    GroupCounter?: { Value?: unknown }[];
    EventArray?: { GroupTips?: Tips[] }[];
    NeedAck?: number;
    SessionData?: string;
  };
}

interface Tips {
  ToGroupId: string;
  MsgBody: { GroupCounterInfo?: { GroupCounterSeq: number; GroupCounter: { Value: unknown }[] }[] };
}

const OPEN_MAX = 256;
const COUNT = 'group_open_http_svc.update_group_counter';
const LOGIN = 'im_open_status.wslogin';
const ACKNOWLEDGE = 'openim.ws_msg_push_ack';

export class WireDevice implements CountingDevice {
  heard = 0;
  events = 0;
  isLooping = false;
  /** Each request is a frame of its own: this door joins none. */
  joins = false;
  readonly socket: LoadSocket;
  private readonly run: Run;
  private readonly since = new Float64Array(OPEN_MAX);
  private open = 0;
  private seq = 0;
  private version = 0;
  private before = '';
  private behind = '';
  private login: ((frame: WireFrame) => void) | undefined;

  private constructor(socket: LoadSocket, run: Run) {
    this.socket = socket;
    this.run = run;
    socket.onText = (text) => this.receive(text);
  }

  static async logIn(url: string, user: { userID: string; userSig: string }, run: Run): Promise<WireDevice> {
    const query = `sdkappid=${BENCH_APP.SDKAppID}&instanceid=1&platform=7&sdkversion=3.6.6`;
    const device = new WireDevice(await LoadSocket.open(`${url}/binfo?${query}`, 'binary'), run);
    await device.enter(user);
    return device;
  }

  get isIdle(): boolean {
    return this.open === 0;
  }

  increase(count: number, since: number): void {
    this.socket.send(Array.from({ length: count }, () => this.next(since)));
  }

  private async enter({ userID, userSig }: { userID: string; userSig: string }): Promise<void> {
    const answer = new Promise<WireFrame>((resolve) => {
      this.login = resolve;
    });
    this.say(LOGIN, { State: 'Online' }, { identifier: userID, usersig: userSig });
    const { body } = await answer;
    if (body.ErrorCode !== 0) throw new Error(`A login was refused: ${body.ErrorInfo}`);
    const { A2Key, TinyId, InstId } = body as Body;
    const proof = { a2: A2Key, tinyid: TinyId, status_instid: InstId };
    const counter = {
      GroupId: this.run.groupID,
      GroupCounter: [{ Key: COUNTER_KEY, Value: 1 }],
      Mode: 'Increase',
    };
    // All but the number is the same in every frame.
    const frame = frameText(0, COUNT, counter, proof);
    const at = frame.indexOf('"seq":0,') + '"seq":'.length;
    this.before = frame.slice(0, at);
    this.behind = frame.slice(at + 1);
  }

  private say(servcmd: string, body: Body, proof: Body): void {
    this.seq += 1;
    this.socket.send([frameText(this.seq, servcmd, body, proof)]);
  }

  private next(since: number): string {
    this.seq += 1;
    this.open += 1;
    this.since[this.seq % OPEN_MAX] = since;
    return `${this.before}${this.seq}${this.behind}`;
  }

  private receive(text: string): void {
    const frame = JSON.parse(text) as WireFrame;
    const now = performance.now();
    switch (frame.head.servcmd) {
      case COUNT:
        this.answer(frame, now);
        return;
      case LOGIN:
        this.login?.(frame);
        return;
      default:
        this.takePush(frame, now);
    }
  }

  private answer({ head, body }: WireFrame, now: number): void {
    const slot = head.seq % OPEN_MAX;
    const since = this.since[slot] ?? 0;
    if (since === 0) this.run.tally.fault(`request ${head.seq} was answered twice`);
    this.since[slot] = 0;
    this.open -= 1;
    this.run.latencies.add(now - since);
    if (body.ErrorCode === 0) this.run.tally.add(body.GroupCounter?.[0]?.Value);
    else this.run.tally.fault(`an increase was refused: ${body.ErrorCode} ${body.ErrorInfo}`);
    if (this.isLooping) this.increase(1, now);
  }

  private takePush({ body }: WireFrame, now: number): void {
    if (body.NeedAck === 1) this.say(ACKNOWLEDGE, { SessionData: body.SessionData }, {});
    for (const { GroupTips } of body.EventArray ?? [])
      for (const { ToGroupId, MsgBody } of GroupTips ?? [])
        for (const info of MsgBody.GroupCounterInfo ?? [])
          if (ToGroupId === this.run.groupID) this.hear(info, now);
  }

  private hear(
    { GroupCounterSeq, GroupCounter }: { GroupCounterSeq: number; GroupCounter: { Value: unknown }[] },
    now: number,
  ): void {
    const value = GroupCounter[0]?.Value;
    if (GroupCounterSeq <= this.version || typeof value !== 'number' || value < this.heard) {
      this.run.tally.fault(`an event went back from version ${this.version} to ${GroupCounterSeq}`);
      return;
    }
    this.version = GroupCounterSeq;
    this.heard = value;
    this.events += 1;
    this.run.onHeard?.(value, now);
  }
}

/** A request as the SDK says it. */
function frameText(seq: number, servcmd: string, body: Body, proof: Body): string {
  const head = {
    seq,
    servcmd,
    ver: 'v4',
    platform: 7,
    websdkappid: 537048168,
    websdkversion: '1.7.3',
    sdkappid: BENCH_APP.SDKAppID,
    contenttype: 'json',
    reqtime: Math.floor(Date.now() / 1_000),
    ...proof,
    sdkability: 75689843,
    sdkability_ext: '',
    cappid: 0,
    cs: servcmd === COUNT ? checksumOf(body) : 0,
  };
  return JSON.stringify({ head, body });
}
