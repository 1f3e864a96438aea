import { livingGroup, refuse } from '@muster/domain';
import type { Handler } from '../call.ts';
import { readGroup } from './read-group.ts';

export const getGroupOnlineMemberCount: Handler<'getGroupOnlineMemberCount'> = async (app, call) => {
  const { groupID } = call.input;
  if (!livingGroup(await readGroup(app, call, groupID))) return refuse('GROUP_NOT_FOUND');
  return { ok: true, output: { memberCount: app.rooms.connectedCount(groupID) } };
};
