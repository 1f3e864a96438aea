/** A body for each command of the original SDK's sockets that is served: what mutated frames are made of. */
import { type Body, wireCommands } from '@muster/tencent';

/** Whom and what the bodies name. */
export interface Names {
  own: string;
  other: string;
  groupID: string;
  roomID: string;
}

const text = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];

function userBodies({ own, other }: Names): Record<string, Body> {
  const tag = { Tag: 'Tag_Profile_IM_Nick', Value: 'Nick' };
  return {
    'heartbeat.alive': {},
    'im_open_status.wshello': { is_web_uniapp: 0 },
    'im_open_status.wslogin': { State: 'Online', InstType: 0, CustomInfo: '' },
    'im_open_status.wslogout': { wslogout_type: 0 },
    'profile.portrait_get_all': { From_Account: own, UserItem: [{ To_Account: other, StandardSequence: 0 }] },
    'profile.portrait_set': { From_Account: own, ProfileItem: [tag] },
    'sns.black_list_get': { From_Account: own, StartIndex: 0, MaxLimited: 1_000 },
    'sns.friend_get': { From_Account: own, StartIndex: 0 },
    'sns.group_get': { From_Account: own },
    'sns.pendency_get': { From_Account: own, StartTime: 0 },
    'imopenstat.tim_web_report_v2': { header: {}, event: [{ a: 1 }] },
    'im_sdk_config_mgr.fetch_config': { uint32_sdkappid: 1, uint64_version: 0 },
    'im_sdk_config_mgr.fetch_imsdk_purchase_bitsv2': { uint32_sdkappid: 1 },
  };
}

function groupBodies({ own, other, groupID, roomID }: Names): Record<string, Body> {
  const GroupId = groupID;
  const GroupAttr = [{ key: 'k', value: 'v' }];
  return {
    create_group: { Type: 'Public', Name: 'n', Owner_Account: own, MemberList: [{ Member_Account: other }] },
    destroy_group: { GroupId: `${groupID}-absent` },
    apply_join_group: { GroupId: roomID, ApplyMsg: 'please' },
    quit_group: { GroupId: roomID },
    get_joined_group_list: { Member_Account: own, Limit: 5, Offset: 0, ResponseFilter: {} },
    get_group_self_member_info: { GroupIdList: [groupID, 'absent'], ResponseFilter: {} },
    get_group_public_info: { GroupIdList: [groupID] },
    modify_group_base_info: {
      ...{ GroupId, Name: 'n', ShutUpAllMember: 'Off', ApplyJoinOption: 'FreeAccess', MaxMemberCount: 50 },
      AppDefinedData: [{ Key: 'k', Value: 'v' }],
    },
    change_group_owner: { GroupId, NewOwner_Account: own },
    handle_apply_join_group: { GroupId, Applicant_Account: other, HandleMsg: 'Agree', ApprovalMsg: '' },
    get_pendency: { StartTime: 0, Limit: 10 },
    get_online_member_num: { GroupId: roomID },
    get_group_member_info: { GroupId, Limit: 5, Offset: 0, MemberRoleFilter: ['Owner'] },
    get_specified_group_member_info: { GroupId, Member_List_Account: [own] },
    add_group_member: { GroupId, MemberList: [{ Member_Account: other }] },
    delete_group_member: { GroupId, MemberToDel_Account: [other], Reason: 'r' },
    modify_group_member_info: {
      ...{ GroupId, Member_Account: own, NameCard: 'c', MsgFlag: 'Discard', Role: 'Member', ShutUpTime: 1 },
    },
    set_group_attr: { GroupId, GroupAttr },
    modify_group_attr: { GroupId, GroupAttr },
    delete_group_attr: { GroupId, GroupAttr: [{ key: 'k' }] },
    clear_group_attr: { GroupId },
    update_group_counter: { GroupId, GroupCounter: [{ Key: 'k', Value: 1 }], Mode: 'Increase' },
    get_group_counter: { GroupId, GroupCounterKeys: ['k'] },
    ...groupMessageBodies(GroupId, other),
  };
}

function groupMessageBodies(GroupId: string, other: string): Record<string, Body> {
  return {
    send_group_msg: {
      ...{ GroupId, Random: 7, ClientSeq: 1, MsgPriority: 'Low', MsgBody: text, CloudCustomData: 'c' },
      ...{ GroupAtInfo: [{ GroupAtAllFlag: 0, GroupAt_Account: other }], SendMsgControl: ['NoUnread'] },
      ...{ OnlineOnlyFlag: 0, MsgClientTime: 1, NeedReadReceipt: 0 },
    },
    group_msg_recall: { GroupId, MsgSeqList: [{ MsgSeq: 1 }] },
    delete_group_ramble_msg_by_seq: { GroupId, Seqs: [1] },
    msg_read_report: { GroupId, MsgReadedSeq: 1 },
    group_msg_get: { GroupId, ReqMsgNumber: 5, ReqMsgSeq: 9, WithRecalledMsg: 1 },
    batch_get_group_notify: { NotifyReqList: [{ GroupId, NotifySeq: 0 }] },
  };
}

function conversationBodies({ own, other, groupID }: Names): Record<string, Body> {
  const user = { Type: 1, To_Account: other };
  const group = { Type: 2, ToGroupId: groupID };
  const From_Account = own;
  return {
    page_get: { From_Account, TimeStamp: 0, StartIndex: 0, OrderType: 1 },
    top: { OperationType: 1, RecentContactItem: [user, { Type: 2, ToGroupId: groupID }] },
    batch_delete: { From_Account, ContactItem: [user], ClearRamble: 1 },
    clear_msg: { From_Account, Type: 1, To_Account: other },
    mark_contact: {
      From_Account,
      MarkItem: [
        { OptType: 1, ContactItem: user, SetMark: [1] },
        { OptType: 2, ContactItem: group, CustomMark: 'x' },
        { OptType: 1, ContactItem: group, ClearMark: [1] },
      ],
    },
    create_contact_group: {
      From_Account,
      GroupContactItem: [{ GroupName: 'g', ContactItem: [user, group] }],
    },
    del_contact_group: { From_Account, GroupName: ['g'] },
    update_contact_group: {
      From_Account,
      UpdateType: 1,
      UpdateGroup: {
        ...{ UpdateGroupType: 2, OldGroupName: 'g', NewGroupName: 'h' },
        ContactUpdateItem: [{ ContactOptType: 1, ContactItem: user }],
      },
    },
    get_contact_group: { From_Account, StartIndex: 0 },
    search_contact_group: { From_Account, ContactItem: [user, group] },
  };
}

function messageBodies({ own, other, groupID }: Names): Record<string, Body> {
  const both = { From_Account: own, To_Account: other };
  return {
    sendmsg: {
      ...{ ...both, MsgSeq: 1, MsgRandom: 7, MsgBody: text, MsgClientTime: 1, SendMsgControl: [] },
      ...{ CloudCustomData: '', IsNeedReadReceipt: 0, MsgLifeTime: 60 },
    },
    msgwithdraw: { MsgInfo: { ...both, MsgSeq: 1, MsgRandom: 7 } },
    modify_c2c_msg: { ...both, MsgRandom: 7, MsgBody: text, CloudCustomData: 'c' },
    modify_group_msg: { GroupId: groupID, MsgSeq: 1, MsgBody: text, CloudCustomData: 'c' },
    delete_c2c_msg_ramble: { ...both, MsgKeyList: ['1_7_1'] },
    msgreaded: { C2CMsgReaded: { Cookie: '', C2CMsgReadedItem: [{ To_Account: other, LastedMsgTime: 1 }] } },
    read_all_unread_msg: { C2CReadAllMsg: 1, GroupReadInfo: [{ GroupId: groupID, MsgSeq: 1 }] },
    getroammsg: { Peer_Account: other, MaxCnt: 5, LastMsgTime: 0, MsgKey: '1_7_1', WithRecalledMsg: 1 },
    getmsg: { Cookie: '', SyncFlag: 0 },
    get_peer_read_time: { To_Account: [other] },
    set_c2c_peer_mute_notifications: { Peer_Account: [other], Mute_Notifications: 1 },
    get_c2c_peer_mute_notifications: { Peer_Account: [other] },
    ws_msg_push_ack: { SessionData: '1' },
  };
}

const under = (service: string, bodies: Record<string, Body>): [string, Body][] =>
  Object.entries(bodies).map(([command, body]) => [`${service}.${command}`, body]);

/** A body that is served for each command there is, those of the door itself included. */
export function servedFrames(names: Names): [command: string, body: Body][] {
  const { groupID } = names;
  const frames: [string, Body][] = [
    ...Object.entries(userBodies(names)),
    ...under('group_open_http_svc', groupBodies(names)),
    ...under('million_group_open_http_svc', groupBodies(names)),
    ['group_open_attr_http_svc.get_group_attr', { GroupId: groupID }],
    ['million_group_open_attr_http_svc.get_group_attr', { GroupId: groupID }],
    ['group_open_avchatroom_http_svc.get_members', { GroupId: names.roomID, Timestamp: 0 }],
    ...under('recentcontact', conversationBodies(names)),
    ...under('openim', messageBodies(names)),
  ];
  const known = new Set(frames.map(([command]) => command));
  const forgotten = [...wireCommands({ SDKAppID: 1, callLimits: false }).keys()].filter(
    (command) => !known.has(command),
  );
  if (forgotten.length > 0) throw new Error(`no body is known for ${forgotten.join(', ')}`);
  return frames;
}
