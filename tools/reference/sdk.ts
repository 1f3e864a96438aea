/**
 * The SDK from its types: the doc comments that an editor shows are those of this page. What is built is not written
 * down anywhere but asked: a method that is not built rejects 2998, whatever it is given.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERRORS } from '@muster/protocol';
import { askInstance } from './instance.ts';
import { code, page, table } from './page.ts';

const SDK_FOLDER = 'packages/chat/src';
const TYPES_FOLDER = `${SDK_FOLDER}/types`;
const EVENT_SOURCE = `${SDK_FOLDER}/constants/event.ts`;

/** The sections of the page, by the interfaces that `ChatSDK` extends and that have something built. */
const SECTIONS = [
  ['InstanceMethods', 'The instance'],
  ['EventMethods', 'Listening'],
  ['UserMethods', 'Users'],
  ['MessageMethods', 'Messages'],
  ['ConversationMethods', 'Conversations'],
  ['ConversationGroupMethods', 'Conversation groups'],
  ['GroupMethods', 'Groups'],
  ['GroupMemberMethods', 'Members'],
  ['GroupAttributeMethods', 'Group attributes'],
  ['GroupCounterMethods', 'Group counters'],
  ['ExperimentalMethods', 'Experimental'],
] as const;

interface Method {
  name: string;
  doc: string;
}

export async function sdkPage(root: string): Promise<string> {
  const { names, refused } = await askInstance();
  const sections = SECTIONS.map(([name, title]) => {
    const methods = methodsOf(root, name).filter((method) => !refused.has(method.name));
    return { title, methods };
  });
  const built = new Set(sections.flatMap(({ methods }) => methods.map(({ name }) => name)));
  const others = names.filter((name) => !built.has(name) && !refused.has(name));
  return page(
    'The SDK',
    `${TYPES_FOLDER} and ${EVENT_SOURCE}`,
    'The methods of `@muster/chat`, and its events. Shapes and types are those that your editor shows. Numbers such ' +
      'as GC7 are rules of [SPEC.md](../../SPEC.md), numbers such as 10007 are [errors](errors.md).',
    '## Methods',
    ...sections.map(({ title, methods }) => section(title, methods)),
    '## Events',
    table(['event', 'value', 'raised', 'data'], eventTable(root, { raised: true })),
    '## Not built',
    `These exist, and reject or throw ${ERRORS.NOT_SUPPORTED.code}, so that a page which calls one gets an answer:`,
    `${[...refused].sort().map(code).join(', ')}.`,
    'These belong to features that are not built, and answer that there is nothing:',
    `${others.sort().map(code).join(', ')}.`,
    'These events have a name and are not raised:',
    `${eventTable(root, { raised: false })
      .map(([name]) => name)
      .join(', ')}.`,
  );
}

function section(title: string, methods: readonly Method[]): string {
  const rows = methods.map(({ name, doc }) => [code(name), doc || 'Does what its name says.']);
  return `### ${title}\n\n${table(['method', 'does'], rows)}`;
}

function methodsOf(root: string, interfaceName: string): Method[] {
  const folder = path.join(root, TYPES_FOLDER);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const body = new RegExp(`^export interface ${interfaceName}\\b[^{]*\\{\\n(.*?)^\\}`, 'ms').exec(
      text,
    )?.[1];
    if (body !== undefined) return methodsIn(body);
  }
  throw new Error(`${TYPES_FOLDER} has no interface ${interfaceName}`);
}

function methodsIn(body: string): Method[] {
  const methods = new Map<string, Method>();
  for (const [, comment = '', name = ''] of body.matchAll(/(?:^ {2}\/\*\*(.*?)\*\/\n)?^ {2}(\w+)[(<]/gms)) {
    if (!methods.has(name)) methods.set(name, { name, doc: plain(comment) });
  }
  return [...methods.values()];
}

function plain(comment: string): string {
  return comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Every event that is raised, with its value, its meaning and its data. */
function eventTable(root: string, { raised }: { raised: boolean }): string[][] {
  const names = readFileSync(path.join(root, EVENT_SOURCE), 'utf8');
  const types = readFileSync(path.join(root, TYPES_FOLDER, 'events.ts'), 'utf8');
  const used = eventsRaised(root);
  const events = [...names.matchAll(/^ {2}\/\*\* ([^\n]*) \*\/\n {2}([A-Z_]+): '(\w+)',$/gm)];
  return events
    .filter(([, , name = '']) => used.has(name) === raised)
    .map(([, doc = '', name = '', value = '']) => [
      code(name),
      code(value),
      doc,
      code(payloadOf(types, name)),
    ]);
}

/** The events that the code of the SDK names, beside its table and its types. */
function eventsRaised(root: string): Set<string> {
  const folder = path.join(root, SDK_FOLDER);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(types|constants)\b/.test(file),
  );
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\bEVENT\.([A-Z_]+)/g)].map(([, name = '']) => name)),
  );
}

function payloadOf(types: string, name: string): string {
  const payload = new RegExp(`\\[EVENT\\.${name}\\]: (.*?);\\n(?=  [[/]|\\n|\\})`, 's').exec(types)?.[1];
  if (payload === undefined) throw new Error(`the event ${name} has no payload in ${TYPES_FOLDER}/events.ts`);
  return plain(payload);
}
