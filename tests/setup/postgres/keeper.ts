/**
 * A process between the tests and their PostgreSQL. It stops the server when its own standard input closes, which the
 * operating system sees to however the tests end, so that no run leaves a server behind.
 */
import { startCluster } from './cluster.ts';

/** What the keeper says, as one line of JSON, once it knows. */
export type KeeperAnswer = { url: string } | { error: string };

function answer(text: KeeperAnswer): void {
  process.stdout.write(`${JSON.stringify(text)}\n`);
}

const theTestsHaveEnded = new Promise<void>((resolve) => {
  process.stdin.on('end', resolve).on('error', resolve).resume();
});
// Nobody reads any more once the tests are gone; that must not keep the server from being stopped.
process.stdout.on('error', () => undefined);

try {
  const cluster = await startCluster();
  answer({ url: cluster.url });
  await theTestsHaveEnded;
  await cluster.stop();
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.stdin.destroy();
}
