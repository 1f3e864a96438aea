/** What an instance of an SDK has told of itself, and waiting for it. */

export interface Heard {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the original says has shapes of its own
  data: any;
  isSyncCompleted?: boolean;
}

const PATIENCE_MS = 8_000;

export class Hearing {
  readonly userID: string;
  /** Everything it heard so far, in order. */
  readonly heard: Heard[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(userID: string) {
    this.userID = userID;
  }

  /** The data of all events of a name. */
  all(event: string): Heard['data'][] {
    return this.heard.filter((heard) => heard.event === event).map(({ data }) => data);
  }

  /** Resolves with the first event of this name, from those heard already on, whose data are as wanted. */
  async hears(
    event: string,
    wanted: (data: Heard['data']) => boolean = () => true,
    ms = PATIENCE_MS,
  ): Promise<Heard['data']> {
    const find = (): Heard | undefined =>
      this.heard.find((heard) => heard.event === event && wanted(heard.data));
    await this.until(() => find() !== undefined, `${this.userID} hears ${event}`, ms);
    return find()?.data;
  }

  async until(condition: () => boolean, what: string, ms = PATIENCE_MS): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.listeners.delete(look);
        reject(new Error(`not within ${ms} ms: ${what}`));
      }, ms);
      const look = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
    });
  }

  /** Forgets what was heard. */
  forget(): void {
    this.heard.length = 0;
  }

  protected hear(heard: Heard): void {
    this.heard.push(heard);
    this.look();
  }

  protected look(): void {
    for (const look of [...this.listeners]) look();
  }
}
