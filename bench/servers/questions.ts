/** What the load's process asks a server's process, over the channel between them. */

export interface Question {
  id: number;
  /** `begin` names the group that the next cell counts in, `clear` starts a measurement, `report` reads it. */
  ask: 'begin' | 'clear' | 'report' | 'stop';
  groupID?: string;
}

/** What one server process measured of itself since `clear`. */
export interface ServerReport {
  /** The longest time for which the event loop did not turn. */
  stallMs: number;
  /** Processor time of all its threads. */
  cpuMs: number;
  /** The part of it that its main thread took: this is where one core is the limit. */
  mainCpuMs: number;
  rssBytes: number;
  /** What is alive on the heap and beside it, after a collection. */
  liveBytes: number;
  commits: number;
  /** Increases in those commits. */
  operations: number;
  /** Connections that the server closed because they did not read. */
  tooSlow: number;
}

export type ServerAnswer = { id: number; report?: ServerReport; fault?: string };

/** The first message: the server listens. */
export interface Ready {
  url: string;
}
