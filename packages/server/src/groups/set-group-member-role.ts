import { setRole } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { withEntry } from './member-entries.ts';

export const setGroupMemberRole: Handler<'setGroupMemberRole'> = async (app, call) =>
  withEntry(
    app,
    await changeGroup(app, call, {
      groupID: call.input.groupID,
      userIDs: [call.input.userID],
      decide: (state) => setRole(state, askerOf(call), call.input),
    }),
  );
