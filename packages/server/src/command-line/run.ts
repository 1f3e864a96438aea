/** The command line `muster`. Each command loads what it needs, so that the small ones answer at once. */
type Command = (args: string[]) => Promise<number>;

const COMMANDS = new Map<string, () => Promise<Command>>([
  ['dev', async () => (await import('./dev.ts')).dev],
  ['serve', async () => (await import('./serve.ts')).serve],
  ['usersig', async () => (await import('./usersig.ts')).usersig],
  ['check-config', async () => (await import('./check-config.ts')).checkConfig],
  ['exec', async () => (await import('./exec.ts')).exec],
  ['help', async () => (await import('./help.ts')).help],
]);

const HELP = new Set(['--help', '-h']);
/** Shells and container runtimes give this to who was called wrongly. */
const WRONG_USAGE = 2;

/** Runs a command and gives the exit code of the process. */
export async function run(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  // After `--` stands somebody else's command, with options of its own.
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  const isHelp = HELP.has(name) || own.some((argument) => HELP.has(argument));
  const load = COMMANDS.get(isHelp ? 'help' : name);
  if (load) return (await load())(rest);
  process.stderr.write(`muster: there is no command ${JSON.stringify(name)}; muster --help lists them.\n`);
  return WRONG_USAGE;
}
