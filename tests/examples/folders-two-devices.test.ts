import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const EXAMPLE = fileURLToPath(new URL('../../examples/folders-two-devices/index.ts', import.meta.url));

it('[CG13] [CG15] [CG16] [CG17] two devices tell one story of their conversation groups', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE]);
  expect(stdout.split('\n')).toEqual([
    'Bob has written, and there is a group',
    '  both devices: no conversation groups',
    'On the phone Ann makes the conversation group Work',
    '  both devices: Work (1): GROUPteam C2Cbob',
    'Bob writes to the group',
    '  both devices: Work (2): GROUPteam C2Cbob',
    'On the laptop Ann reads what Bob wrote to her',
    '  both devices: Work (1): GROUPteam C2Cbob',
    'At once she renames Work on the phone and takes Bob out of it on the laptop',
    '  both devices: Project (1): GROUPteam',
    'Ann owns the group and may not quit it: 10009',
    'Ann dismisses the group',
    '  both devices: Project (0):',
    'On the laptop she deletes Project',
    '  both devices: no conversation groups',
    expect.stringMatching(/^the laptop heard of [45] changes of its conversation groups$/),
    '',
  ]);
});
