/** Whether what compiles against the typings of 3.6.6 compiles against ours, asked of the compiler. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../../..');
const OURS = join(ROOT, 'packages/chat/src/index.ts');
const ORIGINAL = dirname(createRequire(import.meta.url).resolve('@tencentcloud/chat'));
const KIT = join(ORIGINAL, '../chat-uikit-engine/index.d.ts');
const PAGES = ['written-for-the-original.ts', 'calls-of-the-guides.ts'].map((name) =>
  join(import.meta.dirname, name),
);
const folder = mkdtempSync(join(tmpdir(), 'muster-types-'));

/** The typings of 3.6.6: what they say of options, and the methods with their parameters. */
function originalTypings() {
  const text = readFileSync(join(ORIGINAL, 'index.d.ts'), 'utf8');
  const ofModule = text.indexOf('declare module TencentCloudChat');
  const exported = /^export declare (?:interface|class) (\w+) \{.*?^\}/gms;
  const names = [...text.matchAll(exported)].map(([, name = '']) => name);
  const [, body = ''] = /declare class ChatSDK \{(.*?)^\}/ms.exec(text) ?? [];
  const methods = [...body.matchAll(/^ {2}(\w+)\((.*)\)(?:: .*)?$/gm)];
  return { options: text.slice(0, ofModule).replace(exported, ''), names, methods };
}

/** Every method, called with what the original's typings let one give. */
function callsOfTheOriginal(): string {
  const { options, names, methods } = originalTypings();
  const calls = methods.map(([, name = '', parameters = '']) => {
    const given = [...parameters.matchAll(/(\w+)\??: /g)].map(([, parameter]) => parameter);
    return `export const ${name} = (${parameters}) => chat.${name}(${given.join(', ')});`;
  });
  expect(calls).toHaveLength(148);
  return `
import TencentCloudChat, { type ${names.join(', type ')} } from '@tencentcloud/chat';
${options}
const chat = TencentCloudChat.create({ SDKAppID: 0 });
${calls.join('\n')}
// @ts-expect-error These are compared.
chat.deleteConversationGroup(5);
`;
}

const OF_A_KIT = `
import kit from ${JSON.stringify(KIT.replace(/\.d\.ts$/, '.js'))};
import type { ChatSDK } from '@tencentcloud/chat';
export const chat: ChatSDK = kit.chat;
// Which the original lacks.
export const counters = kit.chat.getGroupCounter({ groupID: 'g' });
`;

/** What the compiler says of files that name the original and are given ours. */
let errors: string[];

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'calls.ts'), callsOfTheOriginal());
  writeFileSync(join(folder, 'of-a-kit.ts'), OF_A_KIT);
  const files = [KIT, join(folder, 'calls.ts'), join(folder, 'of-a-kit.ts'), ...PAGES];
  const paths = { '@tencentcloud/chat': [OURS] };
  const compilerOptions = { skipLibCheck: false, noUnusedLocals: false, types: [], paths };
  const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, files, include: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8', cwd: ROOT });
  errors = stdout.split('\n').filter((line) => line.includes('error TS'));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const errorsIn = (...files: string[]) => errors.filter((line) => files.some((file) => line.includes(file)));

it('[DI2] a call written for the typings of 3.6.6 compiles against ours, for every method', () => {
  expect(errorsIn('calls.ts')).toEqual([]);
});

it('[DI1] the typings of a kit made for the original compile with ours in its place', () => {
  expect(errorsIn('chat-uikit-engine', 'of-a-kit.ts')).toEqual([]);
});

it('[DI3] handlers, contexts and types as pages write them compile, and the calls of both guides', () => {
  expect(errorsIn('test/types/')).toEqual([]);
});

it('nothing else is wrong with what was compiled', () => {
  expect(errors).toEqual([]);
});
