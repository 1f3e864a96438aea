/**
 * The table of compatibility: what each method, event and REST command does. A claim stands beside the probe that shows
 * it, so that the page says nothing that no test has seen.
 */

/** A script that throws when it does not see what it claims. */
export type Probe<Stage> = (stage: Stage) => Promise<unknown>;

/** Where the client refuses by itself without a code. */
export const NO_CODE = 'none';
export type Code = number | typeof NO_CODE;

export type State = 'works' | 'differs' | 'missing';

export interface Claim<Stage> {
  state: State;
  /** How it differs, and why: what follows "differs:". */
  how?: string;
  /** What the probe of something missing is refused with. */
  code?: Code;
  /** None for an event that is missing: nobody hears it, whatever the probes do. */
  probe?: Probe<Stage>;
}

export const works = <Stage>(probe: Probe<Stage>): Claim<Stage> => ({ state: 'works', probe });

export const differs = <Stage>(how: string, probe: Probe<Stage>): Claim<Stage> => ({
  state: 'differs',
  how,
  probe,
});

export const missing = <Stage>(code: Code, probe: Probe<Stage>): Claim<Stage> => ({
  state: 'missing',
  code,
  probe,
});

export const NEVER_RAISED = { state: 'missing' } as const;

/** What a row says of our SDK, and of the original one at our server. */
export interface SDKRow<Stage> {
  ours: Claim<Stage>;
  original: Claim<Stage>;
}

export const both = <Stage>(claim: Claim<Stage>): SDKRow<Stage> => ({ ours: claim, original: claim });

/** The code of our SDK for what is not built. */
const NOT_BUILT = 2998;

/** Refused by both, each with its own code. */
export const absent = <Stage>(codeOfOriginal: Code, probe: Probe<Stage>): SDKRow<Stage> => ({
  ours: missing(NOT_BUILT, probe),
  original: missing(codeOfOriginal, probe),
});

/** Refused by our SDK alone. */
export const absentInOurs = <Stage>(probe: Probe<Stage>): SDKRow<Stage> => ({
  ours: missing(NOT_BUILT, probe),
  original: works(probe),
});

/** Rows under one heading, by the names of what they are about. */
export interface Section<Row> {
  title: string;
  rows: Record<string, Row>;
}
