import { revokeMessage as decideInGroup, revokeMessageToUser as decideToUser } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';
import { changeMessage } from './change-message.ts';

export const revokeMessage: Handler<'revokeMessage'> = (app, call) =>
  changeMessage(app, call, {
    inGroup: (state) => decideInGroup(state, askerOf(call), call.input),
    toUser: (state) => decideToUser(state, askerOf(call), call.input),
  });
