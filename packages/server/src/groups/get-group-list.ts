import { viewOf } from '@muster/domain';
import type { Handler } from '../call.ts';

export const getGroupList: Handler<'getGroupList'> = async (app, { userID }) => {
  const joined = await app.storage.groups.joined(userID);
  return { ok: true, output: { groups: joined.map(({ group, member }) => viewOf(group, member)) } };
};
