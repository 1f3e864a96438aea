#!/usr/bin/env node
/** Plain JavaScript, so that an older Node can read it and say what is wrong instead of stumbling over a type. */
const NODE_MIN = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
  process.stderr.write(
    `muster needs Node ${NODE_MIN.join('.')} or newer, and this is ${process.version}. In a clone of Muster, ` +
      '`npm start` and `npx muster` bring a newer one along.\n',
  );
  process.exit(1);
}

try {
  const { run } = await import('../src/command-line/run.ts');
  process.exitCode = await run(process.argv.slice(2));
} catch (cause) {
  process.stderr.write(`muster: ${cause instanceof Error ? cause.message : cause}\n`);
  process.exitCode = 1;
}
