/** Logging in and out, and profiles (US). */
import { anyText, customFields, optional, take, text, userIDs, wholeNumber } from '../arguments.ts';
import { copyOf } from '../copy-of.ts';
import { type Core, ok } from '../core.ts';
import { methodOf } from '../sync/methods.ts';
import type { Profile, UserMethods } from '../types/users.ts';

const LOGIN = { userID: text, userSig: text };

const word = optional(anyText);
const number = optional(wholeNumber);

export function userMethods(core: Core): Omit<UserMethods, 'destroy'> {
  const { session, mirror, log } = core;
  const getUserProfile = methodOf(core, 'getUserProfile', {
    takes: { userIDList: userIDs },
    gives: ({ profiles }) => copyOf(profiles) as Profile[],
  });
  return {
    login(given) {
      const { userID, userSig } = take('login', given, LOGIN, log);
      return session.start(userID, userSig);
    },
    logout: () => session.logout(),
    getLoginUser: () => session.userID,
    getServerTime: () => session.serverTime,
    isReady: () => session.isReady,
    async getMyProfile() {
      await session.served();
      // A login always brings it.
      return ok(copyOf(mirror.profile) as Profile);
    },
    getUserProfile,
    updateMyProfile: methodOf(core, 'updateMyProfile', {
      takes: {
        nick: word,
        avatar: word,
        gender: word,
        birthday: number,
        location: word,
        selfSignature: word,
        allowType: word,
        language: number,
        messageSettings: number,
        level: number,
        role: number,
        profileCustomField: optional(customFields),
      },
      gives: ({ profile }) => copyOf(profile) as Profile,
    }),
  };
}
