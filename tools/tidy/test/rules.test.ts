import { describe, expect, it } from 'vitest';
import { manifest } from '../repository.ts';
import { tidy } from '../rules.ts';
import { sourceFile } from '../source-file.ts';

/** The messages about one file, each with its line. */
function about(path: string, text: string): string[] {
  const findings = tidy({ files: [sourceFile(path, text)], manifests: [] });
  return findings.map(({ line, message }) => `${line} ${message}`);
}

const lines = (count: number): string => 'go();\n'.repeat(count);

describe('caps', () => {
  it('holds a source file to 300 lines and a test to 600', () => {
    expect(about('tools/a.ts', lines(300))).toEqual([]);
    expect(about('tools/a.ts', lines(301))).toEqual([expect.stringContaining('301 lines, the cap is 300')]);
    expect(about('tests/a.test.ts', lines(600))).toEqual([]);
    expect(about('tests/a.test.ts', lines(601))).toHaveLength(1);
  });

  it('holds a line to 120 characters', () => {
    expect(about('tools/a.ts', `\n// ${'x'.repeat(117)}`)).toEqual([]);
    expect(about('tools/a.ts', `\n// ${'x'.repeat(118)}`)).toEqual([expect.stringMatching(/^2 has 121/)]);
  });

  it('holds a function to 70 lines', () => {
    expect(about('tools/a.ts', `\nfunction f() {\n${lines(68)}}`)).toEqual([]);
    expect(about('tools/a.ts', `\nfunction f() {\n${lines(69)}}`)).toEqual([
      expect.stringMatching(/^2 begins a function of 71 lines/),
    ]);
  });

  it('counts in a suite only what is not inside its tests', () => {
    const suite = `describe('', () => {\n${`it('', () => {\n${lines(60)}});\n`.repeat(3)}});`;
    expect(about('tests/a.test.ts', suite)).toEqual([]);
    expect(about('tools/a.ts', suite)).toHaveLength(1);
  });

  it('counts in what makes an object of closures only what is not inside them', () => {
    const body = `return {\n${`a() {\n${lines(30)}},\n`.repeat(3)}};`;
    expect(about('tools/a.ts', `export function createOne() {\n${body}}`)).toEqual([]);
    expect(about('tools/a.ts', `export function one() {\n${body}}`)).toHaveLength(1);
    expect(about('tools/a.ts', `function createOne() {\n${lines(71)}}`)).toHaveLength(1);
  });
});

describe('names', () => {
  it.each(['utils', 'common', 'helpers', 'shared'])('has no folder called %s', (folder) => {
    expect(about(`packages/chat/src/${folder}/a.ts`, '')).toEqual([
      expect.stringContaining('lies in a folder'),
    ]);
  });

  it.each(['groupCounter.ts', 'Group.ts', 'group_counter.ts'])('does not name a file %s', (name) => {
    expect(about(`tools/${name}`, '')).toEqual([expect.stringContaining('kebab-case')]);
  });

  it.each(['SessionManager', 'groupService', 'testHelpers', 'StorageImpl', 'stringUtils', 'utils'])(
    'does not name a thing %s',
    (name) => {
      expect(about('tools/a.ts', `const ${name} = 1;\nuse(${name});`)).toEqual([
        expect.stringMatching(new RegExp(`^1 ${name} hides behind`)),
      ]);
    },
  );

  it('reads no words out of comments, strings and longer words', () => {
    expect(about('tools/a.ts', "// the Manager\nuse('utils', implement, service, managerial);")).toEqual([]);
  });

  it('bans the words from the names of files too', () => {
    expect(about('tools/session-manager.ts', '')).toHaveLength(1);
  });
});

describe('tokens', () => {
  it.each([
    ['packages/server/src/dispatch.ts', 1],
    ['packages/server/src/main.ts', 0],
    ['packages/server/src/command-line/dev.ts', 0],
    ['packages/chat/src/log.ts', 0],
    ['packages/chat/src/chat.ts', 1],
    ['tools/a.ts', 0],
  ])('counts console in %s: %i', (path, count) => {
    expect(about(path, 'console.log(1);')).toHaveLength(count);
  });

  it('finds any as a type of the SDK, and not as a name', () => {
    const path = 'packages/chat/src/chat.ts';
    expect(about(path, 'const a: any[] = b as any;')).toHaveLength(2);
    expect(about(path, 'Promise.any(all); use({ any: 1 });')).toEqual([]);
    expect(about('packages/server/src/a.ts', 'let a: any;')).toEqual([]);
  });

  it('finds an enum', () => {
    expect(about('tools/a.ts', 'export enum A { b }')).toEqual([expect.stringContaining('const object')]);
  });
});

describe('purity', () => {
  it.each([
    "import { x } from 'node:fs';",
    'const a = Date.now();',
    'const a = new Date();',
    'const a = Math.random();',
    'async function f() {}',
    'setTimeout(f);',
  ])('keeps domain and protocol from: %s', (text) => {
    expect(about('packages/domain/src/a.ts', text)).toHaveLength(1);
    expect(about('packages/protocol/src/a.ts', text)).toHaveLength(1);
    expect(about('packages/storage/src/a.ts', text)).toEqual([]);
    expect(about('packages/domain/test/a.test.ts', text)).toEqual([]);
  });
});

describe('walls', () => {
  it.each([
    ['packages/domain/src/a.ts', '@muster/protocol', 0],
    ['packages/domain/src/a.ts', '@muster/storage', 1],
    ['packages/storage/src/a.ts', '@muster/domain', 0],
    ['packages/tencent/src/a.ts', '@muster/domain', 1],
    ['packages/chat/src/a.ts', '@muster/protocol/schemas', 0],
    ['packages/chat/src/a.ts', '@muster/domain', 1],
    ['packages/server/src/a.ts', '@muster/chat', 1],
    ['packages/server/src/testing/a.ts', '@muster/chat', 0],
    ['packages/server/src/a.ts', '@muster/testkit', 1],
    ['packages/server/test/a.test.ts', '@muster/testkit', 0],
    ['apps/console/src/a.ts', '@muster/chat', 0],
    ['apps/console/src/a.ts', '@muster/protocol', 1],
    ['tests/a.test.ts', '@muster/domain', 0],
  ])('%s imports %s: %i findings', (path, specifier, count) => {
    expect(about(path, `import { a } from '${specifier}';`)).toHaveLength(count);
    expect(
      about(path, `const a = await import('${specifier}');`).filter((one) => !/waits/.test(one)),
    ).toHaveLength(count);
  });

  it.each([
    ['packages/chat/src/sync/a.ts', '../../../protocol/src/index.ts', 1],
    ['packages/chat/src/sync/a.ts', '../events.ts', 0],
    ['packages/chat/src/a.ts', '../test/fixture.ts', 1],
    ['packages/chat/test/a.test.ts', '../src/chat.ts', 0],
    ['packages/storage/test/a.postgres.test.ts', '../../../tests/setup/database.ts', 0],
    ['packages/storage/src/a.ts', '../../../tests/setup/database.ts', 1],
    ['tests/e2e/a.test.ts', '../../packages/chat/src/index.ts', 1],
    ['bench/counters.ts', '../tests/setup/postgres/server.ts', 0],
  ])('%s reaches %s: %i findings', (path, specifier, count) => {
    expect(about(path, `import { a } from '${specifier}';`)).toHaveLength(count);
  });
});

describe('features', () => {
  it.each([
    ['packages/server/src/groups/join.ts', '../group-counters/list.ts', 1],
    ['packages/server/src/groups/join.ts', './list.ts', 0],
    ['packages/server/src/groups/join.ts', '../sessions/session.ts', 0],
    ['packages/server/src/handlers.ts', './groups/join.ts', 0],
    ['packages/server/src/groups/join.ts', '../doors/web-socket.ts', 1],
    ['packages/server/src/doors/web-socket.ts', '../groups/join.ts', 1],
    ['packages/domain/src/groups/join.ts', '../users/profile.ts', 1],
    ['packages/protocol/src/users/login.ts', '../groups/group-view.ts', 0],
  ])('%s imports %s: %i findings', (path, specifier, count) => {
    expect(about(path, `import { a } from '${specifier}';`)).toHaveLength(count);
    expect(about(path, `import {\n  a,\n} from '${specifier}';`)).toHaveLength(count);
  });

  it('lets a feature know the types of another', () => {
    expect(about('packages/domain/src/groups/a.ts', "import type { A } from '../users/a.ts';")).toEqual([]);
  });
});

describe('dependencies', () => {
  const root = manifest('package.json', '{"name":"root","devDependencies":{"ws":"8.0.0"}}');
  const protocol = manifest(
    'packages/protocol/package.json',
    '{"name":"@muster/protocol","version":"0.1.0"}',
  );

  function ofChat(named: Record<string, string>, text: string): string[] {
    const content = JSON.stringify({ name: '@muster/chat', version: '0.1.0', dependencies: named });
    const manifests = [root, protocol, manifest('packages/chat/package.json', content)];
    const findings = tidy({ files: [sourceFile('packages/chat/src/a.ts', text)], manifests });
    return findings.map(({ path, message }) => `${path} ${message}`);
  }

  it('agree with the imports', () => {
    expect(ofChat({ ws: '8.0.0' }, "import ws from 'ws';\nimport 'node:fs';\nimport './b.ts';")).toEqual([]);
    expect(ofChat({}, "import ws from 'ws/sub';")).toEqual([
      expect.stringContaining('src/a.ts imports ws: add it'),
    ]);
    expect(ofChat({ ws: '8.0.0' }, '')).toEqual([expect.stringContaining('chat/package.json names ws')]);
  });

  it('agree on one exact version', () => {
    const text = "import ws from 'ws';";
    expect(ofChat({ ws: '8.0.1' }, text)).toEqual([expect.stringContaining('ws 8.0.1, others for 8.0.0')]);
    expect(ofChat({ ws: '^8.0.0' }, text)).toEqual([expect.stringContaining('pin one exact version')]);
    expect(ofChat({ '@muster/protocol': '0.2.0' }, "export * from '@muster/protocol';")).toHaveLength(1);
  });

  it('agree with the walls', () => {
    expect(ofChat({ '@muster/domain': '0.1.0' }, '').join()).toContain(
      'chat may not depend on @muster/domain',
    );
  });
});
