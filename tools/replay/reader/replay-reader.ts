/**
 * Replays every log of a folder as messages, to one reader who is in all groups on two devices and keeps them in a
 * conversation group for each year. At the end both devices, and a third that has just logged in, are held against
 * the files; then one year is read on one device, and the other must show it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChatSDK } from '@muster/chat';
import type { Mismatch } from '../compare.ts';
import { eachOf } from '../each-of.ts';
import { parseLog } from '../parse.ts';
import { logIn, type Server } from '../people.ts';
import { plainCount } from '../plain-count.ts';
import { logFiles, type ReplayOptions, withServer } from '../replay.ts';
import type { FileReport } from '../run.ts';
import { KEEPER, READER } from '../user-ids.ts';
import { type Folders, foldersOf } from './folders.ts';
import { httpPerson } from './http-person.ts';
import {
  arrival,
  conversationMismatches,
  folderMismatches,
  historyMismatches,
  type SaidLog,
} from './reader-views.ts';
import { sayLog } from './say-log.ts';

const LOGS_AT_ONCE = 6;
const NAME_CHARACTERS = 10;
const YEAR_CHARACTERS = 4;

interface Scene {
  server: Server;
  devices: readonly ChatSDK[];
  folders: Folders;
}

export async function replayAsReader(options: ReplayOptions): Promise<FileReport[]> {
  const files = await logFiles(options.logs);
  return withServer(options.storage, async (server) => {
    const devices = [await logIn(server, READER), await logIn(server, READER)];
    const scene: Scene = { server, devices, folders: foldersOf(devices) };
    const said: { log: SaidLog; report: FileReport }[] = [];
    await eachOf(files, LOGS_AT_ONCE, async (file) => {
      const bytes = await readFile(path.join(options.logs, file));
      said.push(await play(scene, { file, bytes }));
      options.onProgress?.(said.length / files.length, file);
    });
    said.sort((one, other) => (one.log.file < other.log.file ? -1 : 1));
    const reports = said.map(({ report }) => report);
    await compare(
      scene,
      said.map(({ log }) => log),
      reports,
    );
    await Promise.all(devices.map((device) => device.destroy()));
    return reports;
  });
}

async function play(
  { server, devices, folders }: Scene,
  { file, bytes }: { file: string; bytes: Uint8Array },
) {
  const begun = performance.now();
  const messages = parseLog(bytes);
  const { group } = await httpPerson(server, KEEPER).ask('createGroup', {
    type: 'Public',
    name: file.slice(0, NAME_CHARACTERS),
    joinOption: 'FreeAccess',
  });
  const { groupID } = group.profile;
  const year = file.slice(0, YEAR_CHARACTERS);
  await devices[0]?.joinGroup({ groupID });
  await folders.file(year, groupID);
  const userIDs = await sayLog(server, groupID, messages);
  const log: SaidLog = { file, year, groupID, messages, lines: plainCount(bytes).lines };
  const seconds = (performance.now() - begun) / 1_000;
  const report: FileReport = { file, userIDs, writes: messages.length, seconds, mismatches: [] };
  return { log, report };
}

/** Puts what is wrong with a log into its report, and what is wrong with all together into the first. */
async function compare({ server, devices }: Scene, logs: readonly SaidLog[], reports: readonly FileReport[]) {
  const unread = logs.reduce((sum, { lines }) => sum + lines, 0);
  await Promise.all(devices.map((device) => arrival(device, unread)));
  const [one, other] = devices as [ChatSDK, ChatSDK];
  const fresh = await logIn(server, READER);
  const views = Object.entries({ 'one device': one, 'the other device': other, 'a fresh device': fresh });
  const together: Mismatch[] = [];
  for (const [whose, device] of views) {
    for (const [at, log] of logs.entries())
      reports[at]?.mismatches.push(...(await conversationMismatches(whose, device, log)));
    together.push(...(await folderMismatches(whose, device, logs, () => false)));
  }
  for (const [at, log] of logs.entries())
    reports[at]?.mismatches.push(...(await historyMismatches(one, log)));
  const year = logs[0]?.year ?? '';
  const read = logs.filter((log) => log.year === year);
  for (const { groupID } of read) await other.setMessageRead({ conversationID: `GROUP${groupID}` });
  const left = unread - read.reduce((sum, { lines }) => sum + lines, 0);
  for (const [whose, device] of views) {
    await arrival(device, left);
    const after = `${whose}, after a year was read`;
    together.push(...(await folderMismatches(after, device, logs, (of) => of === year)));
  }
  await fresh.destroy();
  reports[0]?.mismatches.push(...together);
}
