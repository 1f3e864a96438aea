/** What a running server does now and then: prunes, notes contacts, ends what nobody came back for. */
import type { App } from './app.ts';
import { leaveRoom } from './groups/quit-group.ts';

const SWEEP_MS = 5_000;
const MAINTAIN_MS = 60_000;
const SEEN_MS = 3_600_000;

export class Maintenance {
  private readonly timers: NodeJS.Timeout[];
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.timers = [
      this.every(SWEEP_MS, () => this.sweep()),
      this.every(MAINTAIN_MS, () => app.storage.maintain(app.now())),
      this.every(SEEN_MS, () => this.noteContacts()),
    ];
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /** Notes that the connected devices are there: a device is forgotten some days after its last contact. */
  async noteContacts(): Promise<void> {
    const devices = [...this.app.sessions.all()].map(({ device }) => device);
    if (devices.length > 0) await this.app.storage.devices.seen(devices, this.app.now());
  }

  private async sweep(): Promise<void> {
    this.app.delivery.sweep();
    this.app.sessions.sweep(this.app.now());
    for (const { device, userID, groupIDs } of this.app.rooms.expired(this.app.now())) {
      for (const groupID of groupIDs) await leaveRoom(this.app, { groupID, device, userID });
    }
  }

  /** A task that overlaps itself would do its work twice: the next turn waits for the one before. */
  private every(ms: number, task: () => Promise<void>): NodeJS.Timeout {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      task()
        .catch((cause) => this.app.log.error({ err: cause }, 'maintenance failed'))
        .finally(() => {
          running = false;
        });
    }, ms);
    timer.unref();
    return timer;
  }
}
