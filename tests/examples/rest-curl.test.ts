import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMuster } from '@muster/server/testing';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder whose `curl` is the stand-in of the tests, so that a machine without curl runs the example too. */
function folderWithCurl(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-curl-'));
  const file = path.join(folder, 'curl');
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}tests/docs/curl.ts" "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

it('[RS1] [RS2] [RS4] [RS8] [US12] a backend calls REST v4 with curl', async () => {
  const muster = await startMuster();
  const folder = folderWithCurl();
  try {
    const { stdout } = await promisify(execFile)('sh', ['examples/rest-curl/rest.sh'], {
      cwd: ROOT,
      env: {
        ...process.env,
        PATH: [folder, path.join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(path.delimiter),
        MUSTER_URL: muster.url,
        MUSTER_SDK_APP_ID: String(muster.SDKAppID),
        MUSTER_SECRET_KEY: muster.secretKey,
      },
    });
    const answers = stdout.split('\n').filter((line) => line.startsWith('  {'));
    const refused = answers.filter((answer) => !answer.includes('"ErrorCode":0'));
    expect(answers).toHaveLength(20);
    expect(refused).toEqual([expect.stringContaining('"ErrorCode":10004')]);
    expect(stdout).toContain('{"Key":"stock","Value":9223372036854775807}]}');
    expect(stdout).toContain('{"Member_Account":"dora","Role":"NotMember"}');
    expect(stdout).toContain('"GroupItem":[{"GroupId":1,"GroupName":"Shop"}],"CompleteFlag":1');
  } finally {
    rmSync(folder, { recursive: true });
    await muster.close();
  }
}, 60_000);
