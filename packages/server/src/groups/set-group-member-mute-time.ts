import { setMuteTime } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { withEntry } from './member-entries.ts';

export const setGroupMemberMuteTime: Handler<'setGroupMemberMuteTime'> = async (app, call) =>
  withEntry(
    app,
    await changeGroup(app, call, {
      groupID: call.input.groupID,
      userIDs: [call.input.userID],
      decide: (state) => setMuteTime(state, askerOf(call), call.input),
    }),
  );
