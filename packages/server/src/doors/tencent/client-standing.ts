/** Where a client stands for sure: where it stood when it was asked for the last mark that it has given back (DL6). */
import { merged, type Standing } from './departures.ts';

export class ClientStanding {
  private sure: Standing | undefined;
  private asked: { mark: number; standing: Standing | undefined } | undefined;
  private readonly read: () => Standing | undefined;

  /** `read` says what the client was told by now. */
  constructor(read: () => Standing | undefined) {
    this.read = read;
  }

  /** A login has just told the client all that it lacked since it stood there, if that is known. */
  begin(stood: Standing | undefined): void {
    this.sure = stood ?? this.read();
  }

  ask(mark: number): void {
    this.asked = { mark, standing: this.read() };
  }

  answered(mark: number): void {
    if (mark === this.asked?.mark) this.sure = this.asked.standing;
  }

  /** Where it will stand if its connection breaks now. */
  readonly now = (): Standing | undefined => {
    const latest = this.read();
    return this.sure && latest && merged(this.sure, latest);
  };
}
