import type { Handler } from '../call.ts';

export const getGroupApplicationList: Handler<'getGroupApplicationList'> = async (app, { userID }) => {
  const open = await app.storage.groups.applications(userID);
  const users = await app.storage.users.read(open.map(({ application }) => application.userID));
  const applicationList = open.map(({ group, application }) => ({
    groupID: group.groupID,
    groupName: group.name,
    applicant: application.userID,
    applicantNick: users.get(application.userID)?.profile.nick ?? '',
    applyMessage: application.applyMessage,
    applyTime: application.applyTime,
  }));
  return { ok: true, output: { applicationList } };
};
