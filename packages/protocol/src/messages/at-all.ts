/** What `atUserList` holds to mean every member; the original's own value. */
export const AT_ALL = '__kImSDK_MesssageAtALL__';
