/**
 * The constants of signaling, kept so that code which reads them loads (DI1). Signaling itself is not
 * built: its calls reject 2998, `getSignalingInfo` gives null, and none of these events is raised.
 */
export const TSignaling = {
  NEW_INVITATION_RECEIVED: 'newInvitationReceived',
  INVITEE_ACCEPTED: 'ts_invitee_accepted',
  INVITEE_REJECTED: 'ts_invitee_rejected',
  INVITATION_CANCELLED: 'ts_invitation_cancelled',
  INVITATION_TIMEOUT: 'ts_invitation_timeout',
  INVITATION_MODIFIED: 'ts_invitation_modified',

  ACTION_TYPE_UNKNOWN: 0,
  ACTION_TYPE_INVITE: 1,
  ACTION_TYPE_CANCEL_INVITE: 2,
  ACTION_TYPE_ACCEPT_INVITE: 3,
  ACTION_TYPE_REJECT_INVITE: 4,
  ACTION_TYPE_INVITE_TIMEOUT: 5,
} as const;

/** Any of the values above. */
export type TSignaling = (typeof TSignaling)[keyof typeof TSignaling];

/** Each name as a type too, since 3.6.6 declares an enum: generated from the table, and held to it by a test. */
export declare namespace TSignaling {
  type NEW_INVITATION_RECEIVED = typeof TSignaling.NEW_INVITATION_RECEIVED;
  type INVITEE_ACCEPTED = typeof TSignaling.INVITEE_ACCEPTED;
  type INVITEE_REJECTED = typeof TSignaling.INVITEE_REJECTED;
  type INVITATION_CANCELLED = typeof TSignaling.INVITATION_CANCELLED;
  type INVITATION_TIMEOUT = typeof TSignaling.INVITATION_TIMEOUT;
  type INVITATION_MODIFIED = typeof TSignaling.INVITATION_MODIFIED;
  type ACTION_TYPE_UNKNOWN = typeof TSignaling.ACTION_TYPE_UNKNOWN;
  type ACTION_TYPE_INVITE = typeof TSignaling.ACTION_TYPE_INVITE;
  type ACTION_TYPE_CANCEL_INVITE = typeof TSignaling.ACTION_TYPE_CANCEL_INVITE;
  type ACTION_TYPE_ACCEPT_INVITE = typeof TSignaling.ACTION_TYPE_ACCEPT_INVITE;
  type ACTION_TYPE_REJECT_INVITE = typeof TSignaling.ACTION_TYPE_REJECT_INVITE;
  type ACTION_TYPE_INVITE_TIMEOUT = typeof TSignaling.ACTION_TYPE_INVITE_TIMEOUT;
}
