/**
 * Keeps the writes of a device in the order in which it sent them.
 *
 * A device's writes may go on together while they are in the same lane, because a lane keeps its order itself. A
 * write for another lane waits until those before it are over. Without this, two commits at a time could each
 * write the device's whole window of operations, and the later one would forget what the earlier one recorded: a
 * repeat would then count twice.
 */
export interface DeviceOrder {
  /** Calls `start` when the device has nothing open in another lane: at once, or after `leave` was called for it. */
  enter(device: number, lane: unknown, start: () => void): void;
  /** A write that was started is over. */
  leave(device: number): void;
  /** Resolves once no device has anything open or waiting. */
  idle(): Promise<void>;
}

interface Turn {
  lane: unknown;
  open: number;
  waiting: { lane: unknown; start: () => void }[];
}

export function createDeviceOrder(): DeviceOrder {
  const turns = new Map<number, Turn>();
  let idlers: (() => void)[] = [];
  const end = (device: number) => {
    turns.delete(device);
    if (turns.size > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  };
  return {
    enter: (device, lane, start) => {
      const turn = turns.get(device);
      if (turn && (turn.lane !== lane || turn.waiting.length > 0)) {
        turn.waiting.push({ lane, start });
        return;
      }
      if (turn) turn.open += 1;
      else turns.set(device, { lane, open: 1, waiting: [] });
      start();
    },
    leave: (device) => {
      const turn = turns.get(device);
      if (!turn) return;
      turn.open -= 1;
      if (turn.open > 0) return;
      if (turn.waiting.length === 0) end(device);
      else startNext(turn);
    },
    idle: async () => {
      if (turns.size > 0) await new Promise<void>((resolve) => idlers.push(resolve));
    },
  };
}

/** Starts the first that waits, and those right behind it that are in the same lane. */
function startNext(turn: Turn): void {
  const lane = turn.waiting[0]?.lane;
  const others = turn.waiting.findIndex((waiting) => waiting.lane !== lane);
  const started = turn.waiting.splice(0, others === -1 ? turn.waiting.length : others);
  turn.lane = lane;
  turn.open = started.length;
  for (const { start } of started) start();
}
