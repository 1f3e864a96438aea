import { setNameCard } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { withEntry } from './member-entries.ts';

export const setGroupMemberNameCard: Handler<'setGroupMemberNameCard'> = async (app, call) =>
  withEntry(
    app,
    await changeGroup(app, call, {
      groupID: call.input.groupID,
      userIDs: call.input.userID === undefined ? [] : [call.input.userID],
      decide: (state) => setNameCard(state, askerOf(call), call.input),
    }),
  );
