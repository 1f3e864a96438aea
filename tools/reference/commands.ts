import {
  COMMANDS,
  COMMON_ERRORS,
  type CommandName,
  type CommandRow,
  ERRORS,
  type ErrorName,
} from '@muster/protocol';
import { SCHEMAS } from '@muster/protocol/schemas';
import { code, codeBlock, codeList, page, table } from './page.ts';
import { type ShapeNames, schemaBody, schemaText } from './schema-text.ts';

const NAMES = Object.keys(COMMANDS) as CommandName[];

const DOORS = { socket: '`/ws`', both: '`/ws` and HTTP' } as const;
const KINDS = {
  read: 'reads',
  write: 'writes: takes an operation id',
  session: 'concerns the connection',
} as const;
const LIMITS_SPENT = {
  none: 'none',
  counterCalls: '`serverCallBurst_max` and `serverCalls_perSecond`',
} as const;

/** What several commands take or answer, by name. They are found where a command has them. */
const groupView = SCHEMAS.getGroupList.output.properties.groups.items;
const SHAPES: Record<string, object> = {
  GroupView: groupView,
  GroupProfile: groupView.properties.profile,
  MemberInfo: groupView.properties.selfInfo,
  MemberEntry: SCHEMAS.getGroupMemberList.output.properties.memberList.items,
  Profile: SCHEMAS.updateMyProfile.output.properties.profile,
};
const shapeNames: ShapeNames = new Map(Object.entries(SHAPES).map(([name, schema]) => [schema, name]));

export function commandsPage(): string {
  return page(
    'Commands',
    'packages/protocol/src/commands.ts and schemas.ts',
    'Everything that can be asked, over the WebSocket door or as `POST /v1/commands/<name>` over HTTP. ' +
      'How a request and its answer travel stands in [SPEC.md](../../SPEC.md), rules WP1 to WP13.',
    '`?` marks what may be left out. `int64` is a JSON number while it is a safe integer, and a decimal string ' +
      'beyond. Lengths and counts are in [limits](limits.md). Unknown properties are refused.',
    table(
      ['command', 'does', 'doors'],
      NAMES.map((name) => [
        `[${name}](#${name.toLowerCase()})`,
        COMMANDS[name].doc,
        DOORS[COMMANDS[name].doors],
      ]),
    ),
    `Any command may be answered: ${errorList(COMMON_ERRORS)}.`,
    ...NAMES.map(section),
    '## Shapes',
    ...Object.entries(SHAPES).map(([name, schema]) => shapeSection(name, schema)),
  );
}

function section(name: CommandName): string {
  const row: CommandRow = COMMANDS[name];
  const { input, output } = SCHEMAS[name];
  const facts = table(
    ['', ''],
    [
      ['kind', KINDS[row.kind]],
      ['doors', DOORS[row.doors]],
      ['limit', LIMITS_SPENT[row.spends]],
      ['errors', errorList(row.errors)],
      ['events', row.raises.map((event) => `[${code(event)}](events.md)`).join(', ') || '–'],
    ],
  );
  const shapes = `input  ${schemaText(input, shapeNames)}\noutput ${schemaText(output, shapeNames)}`;
  return [`## ${name}`, row.doc, codeBlock('ts', shapes), facts].join('\n\n');
}

function shapeSection(name: string, schema: object): string {
  return [`### ${name}`, codeBlock('ts', schemaBody(schema, shapeNames))].join('\n\n');
}

function errorList(errors: readonly ErrorName[]): string {
  return errors.map((name) => `${ERRORS[name].code} ${code(name)}`).join(', ') || '–';
}

/** The commands whose row names this event. */
export function commandsRaising(event: string): string {
  return codeList(NAMES.filter((name) => (COMMANDS[name].raises as readonly string[]).includes(event)));
}
