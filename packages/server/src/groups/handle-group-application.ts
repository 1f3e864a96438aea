import { handleApplication } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const handleGroupApplication: Handler<'handleGroupApplication'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    userIDs: [call.input.applicant],
    decide: (state) => handleApplication(state, askerOf(call), call.input),
  });
