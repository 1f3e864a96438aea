import type { Profile } from '@muster/protocol';

export interface UserRecord {
  userID: string;
  profile: Profile;
  /** The number of the last event in the user's log. Storage raises it. */
  seq: number;
  /** userSigs signed before this time, in milliseconds, are refused (US11). */
  signaturesFrom: number;
}

export interface UserChanges {
  profile?: Profile;
  /** Ends every login, session key and userSig from before this time, in milliseconds (US11). */
  signaturesFrom?: number;
  /** The user is known no longer: his profile is gone and his log is empty. `signaturesFrom` goes on to hold. */
  deleted?: true;
}

/** The profile of a user who has told nothing yet; its values are those the original starts with. */
export function emptyProfile(userID: string): Profile {
  return {
    userID,
    nick: '',
    avatar: '',
    gender: 'Gender_Type_Unknown',
    birthday: 0,
    location: '',
    selfSignature: '',
    allowType: 'AllowType_Type_AllowAny',
    language: 0,
    messageSettings: 0,
    adminForbidType: 'AdminForbid_Type_None',
    level: 0,
    role: 0,
    profileCustomField: [],
  };
}
