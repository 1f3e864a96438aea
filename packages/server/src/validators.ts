/** The compiled check of every command's input (one check, no copies), and the words for what it finds. */
import { COMMANDS, type CommandName } from '@muster/protocol';
import { SCHEMAS } from '@muster/protocol/schemas';
import { Compile, type Validator } from 'typebox/compile';

const names = Object.keys(COMMANDS) as CommandName[];

const validators = new Map<string, Validator>(names.map((name) => [name, Compile(SCHEMAS[name].input)]));

export function isCommandName(name: string): name is CommandName {
  return validators.has(name);
}

/** What is wrong with an input, naming the argument; undefined when nothing is. */
export function inputFault(command: CommandName, input: unknown): string | undefined {
  const validator = validators.get(command) as Validator;
  if (validator.Check(input)) return undefined;
  const [first] = validator.Errors(input);
  const path = first?.instancePath.slice(1).replaceAll('/', '.') ?? '';
  // What a closed object does not name has the schema `false`.
  const what = first?.keyword === 'boolean' ? 'is unknown to it' : (first?.message ?? 'is not what it takes');
  return `${command}: ${path === '' ? 'the input' : `the argument ${JSON.stringify(path)}`} ${what}`;
}
