/** What the server counts, for Prometheus. Every name and its meaning stands in the reference. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  operations: { inc(labels: { command: string }): void };
  refusals: Counter<'command' | 'error'>;
  commitOperations: Histogram;
  commitSeconds: Histogram;
  eventsSent: Counter<'kind'>;
  conflated: Counter;
  closed: Counter<'reason'>;
}

/** What is read when somebody asks. */
export interface Readings {
  connections: () => number;
  sessions: () => number;
  operationsWaiting: () => number;
}

export function createMetrics(readings: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('muster_connections', 'WebSocket connections that are open.', readings.connections);
  gauge('muster_sessions', 'Devices that are logged in and connected.', readings.sessions);
  gauge(
    'muster_operations_waiting',
    'Counter operations that wait for a commit.',
    readings.operationsWaiting,
  );
  return {
    registry,
    operations: operationsOf(registry),
    refusals: new Counter({
      name: 'muster_refusals_total',
      help: 'Commands that were refused, by error.',
      labelNames: ['command', 'error'],
      registers,
    }),
    commitOperations: new Histogram({
      name: 'muster_commit_operations',
      help: 'Counter operations in one commit.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'muster_commit_seconds',
      help: 'Time of one commit of counter operations.',
      buckets: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
      registers,
    }),
    eventsSent: new Counter({
      name: 'muster_events_sent_total',
      help: 'Events handed to devices.',
      labelNames: ['kind'],
      registers,
    }),
    conflated: new Counter({
      name: 'muster_events_conflated_total',
      help: 'Counter changes that a newer one replaced before they were sent.',
      registers,
    }),
    closed: new Counter({
      name: 'muster_connections_closed_total',
      help: 'Connections that the server closed, by reason.',
      labelNames: ['reason'],
      registers,
    }),
  };
}

/** Commands are counted in plain numbers, and Prometheus is told when it asks: its labels are dear on the hot path. */
function operationsOf(registry: Registry): Metrics['operations'] {
  const counted = new Map<string, number>();
  new Counter({
    name: 'muster_operations_total',
    help: 'Commands that were carried out.',
    labelNames: ['command'],
    registers: [registry],
    collect() {
      for (const [command, count] of counted) this.inc({ command }, count);
      counted.clear();
    },
  });
  return { inc: ({ command }) => void counted.set(command, (counted.get(command) ?? 0) + 1) };
}
