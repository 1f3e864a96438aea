/** Holds a claim to what its probe sees. */
import { type Claim, NO_CODE, type Probe } from './row.ts';

/** What became of a probe: nothing when it went well. */
type Outcome = { thrown: { code?: number; message?: string } } | undefined;

const PATIENCE_MS = 20_000;

export class Judge<Stage> {
  private readonly stage: Stage;
  /** A probe that shows several rows is carried out once. */
  private readonly outcomes = new Map<Probe<Stage>, Promise<Outcome>>();

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** What is wrong with a claim, if anything is. */
  async fault(claim: Claim<Stage>): Promise<string | undefined> {
    if (!claim.probe) return undefined;
    const outcome = await this.outcomeOf(claim.probe);
    if (claim.state === 'missing') {
      if (!outcome) return 'is said to be missing, and is there';
      const code = outcome.thrown.code ?? NO_CODE;
      return code === claim.code ? undefined : `is refused with ${code}: ${outcome.thrown.message}`;
    }
    return outcome && `${outcome.thrown.code ?? ''} ${outcome.thrown.message}`;
  }

  private outcomeOf(probe: Probe<Stage>): Promise<Outcome> {
    const outcome = this.outcomes.get(probe) ?? this.carryOut(probe);
    this.outcomes.set(probe, outcome);
    return outcome;
  }

  private async carryOut(probe: Probe<Stage>): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      await Promise.race([probe(this.stage), patience]);
      return undefined;
    } catch (cause) {
      return { thrown: cause as { code?: number; message?: string } };
    } finally {
      clearTimeout(timer);
    }
  }
}

const AT_ONCE = 4;

/** What is wrong with the claims of these rows, by the names of the rows. */
export async function faultsOf<Stage>(
  judge: Judge<Stage>,
  claims: readonly [name: string, Claim<Stage>][],
): Promise<Record<string, string>> {
  const faults: Record<string, string> = {};
  const waiting = [...claims];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, claim] = next;
      const fault = await judge.fault(claim);
      if (fault !== undefined) faults[name] = fault;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults;
}
