/** Signaling: invitations, which the original makes of messages by itself. */
import { differs, missing, type Probe, type SDKRow, type Section, works } from '../row.ts';
import { groupOf, isOf, type Person, type Stage } from '../stage.ts';

const NEW = 'newInvitationReceived';
const INVITED = { data: 'come', timeout: 30 };

/** Resolves when a handler has been told of something that has these properties. */
async function called(one: Person, handler: string, wanted: Record<string, unknown>): Promise<void> {
  const isWanted = isOf(wanted);
  await one.hears(
    'CALLED_BACK',
    ({ name, args: [told] }) => name === handler && isWanted(told?.data ?? told ?? {}),
  );
}

/** An invitation that `other` has heard of. */
async function invite({ me, other }: Stage): Promise<string> {
  await other.call('addSignalingListener', NEW, { $handler: 'invited' });
  const { inviteID } = await me.call('invite', { userID: other.userID, ...INVITED });
  await called(other, 'invited', { inviteID, inviter: me.userID });
  return inviteID;
}

async function inviteInGroup(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  await other.call('addSignalingListener', NEW, { $handler: 'invited' });
  const options = { groupID, inviteeList: [other.userID], ...INVITED };
  const { inviteID } = await me.call('inviteInGroup', options);
  await called(other, 'invited', { inviteID, groupID });
}

/** The method that answers through functions resolves when the first of them is called. */
function inviteAtOnce(method: string, options: (stage: Stage) => Promise<object>): Probe<Stage> {
  return async (stage) => {
    const { me } = stage;
    const given = await options(stage);
    await me.call(method, given, { $handler: `${method} done` }, { $handler: `${method} refused` });
    const { name, args } = await me.hears('CALLED_BACK', (told) => told.name.startsWith(method));
    if (name.endsWith('refused')) throw Object.assign(new Error('refused'), { code: args[0] });
  };
}

/** Does something with an invitation, and waits until the other side hears of it. */
function withInvitation(method: string, by: 'me' | 'other', event: string): Probe<Stage> {
  return async (stage) => {
    const inviteID = await invite(stage);
    const listener = stage[by === 'me' ? 'other' : 'me'];
    await listener.call('addSignalingListener', event, { $handler: event });
    await stage[by].call(method, { inviteID, data: 'said' });
    await called(listener, event, { inviteID });
  };
}

const refused = (method: string): Probe<Stage> => {
  return ({ me }) => me.call(method, { inviteID: 'none', data: 'said' });
};

async function knowsInvitation(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const text = JSON.stringify(await signalOf(stage));
  if (!text.includes(me.userID) || !text.includes('inviteID')) throw new Error(`no signal: ${text}`);
  await other.call('removeSignalingListener', NEW, { $handler: 'nobody' });
}

/** What the receiver of an invitation reads of its message. */
async function signalOf(stage: Stage): Promise<unknown> {
  const { me, other } = stage;
  const inviteID = await invite(stage);
  const isIt = ({ payload }: { payload: { data?: string } }): boolean =>
    payload.data?.includes(inviteID) === true;
  const list = await other.hears('MESSAGE_RECEIVED', (data) => data.some(isIt));
  return other.call('getSignalingInfo', { $message: list.find(isIt).ID, from: me.userID });
}

const listensFor = differs<Stage>('takes the handler and never calls it', async ({ me }) => {
  await me.call('addSignalingListener', NEW, { $handler: 'never' });
  await me.call('removeSignalingListener', NEW, { $handler: 'never' });
});

async function stopsListening(stage: Stage): Promise<void> {
  const { me, other } = stage;
  await other.call('addSignalingListener', NEW, { $handler: 'removed' });
  await other.call('removeSignalingListener', NEW, { $handler: 'removed' });
  await invite(stage);
  if (other.all('CALLED_BACK').some(({ name }) => name === 'removed'))
    throw new Error(`${me.userID} is heard`);
}

const toOther = async ({ other }: Stage): Promise<object> => ({ userID: other.userID, ...INVITED });
const toGroup = async (stage: Stage): Promise<object> => ({
  groupID: await groupOf(stage),
  inviteeList: [stage.other.userID],
  ...INVITED,
});

const NOT_BUILT = 2998;
const row = (own: Probe<Stage>, original: Probe<Stage>): SDKRow<Stage> => ({
  ours: missing(NOT_BUILT, own),
  original: works(original),
});

const inviteSync = inviteAtOnce('inviteSync', toOther);
const inviteInGroupSync = inviteAtOnce('inviteInGroupSync', toGroup);

export const SIGNALING: Section<SDKRow<Stage>> = {
  title: 'Signaling',
  rows: {
    addSignalingListener: { ours: listensFor, original: works(invite) },
    removeSignalingListener: { ours: listensFor, original: works(stopsListening) },
    invite: row(invite, invite),
    inviteSync: row(inviteSync, inviteSync),
    inviteInGroup: row(inviteInGroup, inviteInGroup),
    inviteInGroupSync: row(inviteInGroupSync, inviteInGroupSync),
    cancel: row(refused('cancel'), withInvitation('cancel', 'me', 'ts_invitation_cancelled')),
    accept: row(refused('accept'), withInvitation('accept', 'other', 'ts_invitee_accepted')),
    reject: row(refused('reject'), withInvitation('reject', 'other', 'ts_invitee_rejected')),
    getSignalingInfo: {
      ours: differs('gives `null` for every message', async ({ me }) => {
        const info = await me.call('getSignalingInfo', {});
        if (info !== null) throw new Error(`gives ${JSON.stringify(info)}`);
      }),
      original: works(knowsInvitation),
    },
    modifyInvitation: row(
      refused('modifyInvitation'),
      withInvitation('modifyInvitation', 'me', 'ts_invitation_modified'),
    ),
  },
};
