/**
 * Every limit of the product, in one table (SE1). The unit stands in the name. A row with an `option` can be
 * configured; the others are promises of the API or bounds that the design relies on.
 */
export interface LimitRow {
  value: number;
  doc: string;
}

const row = (value: number, doc: string): LimitRow => ({ value, doc });

export const LIMITS = {
  userID_bytes_max: row(32, 'Length of a userID (US1).'),
  userSig_bytes_max: row(4_096, 'Length of a userSig (US2).'),
  userSigInflated_bytes_max: row(8_192, 'Length of what a userSig unpacks to (US2).'),
  userSigNumber_max: row(
    4_294_967_295,
    'Each number in a userSig: SDKAppID, time and expiry in seconds (US2).',
  ),
  groupID_bytes_max: row(48, 'Length of a groupID (GR3).'),
  groupName_bytes_max: row(30, 'Length of a group name.'),
  groupIntroduction_bytes_max: row(240, 'Length of a group introduction.'),
  groupNotification_bytes_max: row(300, 'Length of a group notification.'),
  avatar_bytes_max: row(500, 'Length of the address of an avatar, of a user or a group.'),
  nick_bytes_max: row(500, 'Length of a nick.'),
  profileText_bytes_max: row(500, 'Length of another text of a profile.'),
  nameCard_bytes_max: row(50, 'Length of the name card of a member (GR6).'),
  muteTime_seconds_max: row(4_294_967_295, 'How long a member may be muted for (GR6).'),
  applyMessage_bytes_max: row(300, 'Length of the message of a request to join.'),
  groupCustomField_count_max: row(10, 'Custom fields of a group.'),
  profileCustomField_count_max: row(20, 'Custom fields of a profile.'),
  customFieldKey_bytes_max: row(64, 'Length of the key of a custom field.'),
  groupCustomFieldValue_bytes_max: row(1_000, 'Length of a custom field of a group.'),
  profileCustomFieldValue_bytes_max: row(500, 'Length of a custom field of a profile.'),
  attributes_perGroup_max: row(16, 'Attributes of a group (GR5).'),
  attributeKey_bytes_max: row(32, 'Length of the key of an attribute (GR5).'),
  attributeValue_bytes_max: row(4_000, 'Length of an attribute (GR5).'),
  attributesOfGroup_bytes_max: row(16_000, 'Length of all attributes of a group with their keys (GR5).'),
  counters_perGroup_max: row(20, 'Counters of a group (GC1).'),
  counterKey_codePoints_max: row(128, 'Length of the key of a counter (GC2).'),
  deletedCounters_perGroup_max: row(
    100,
    'Deleted counter keys that the server remembers for a group (GC16).',
  ),
  counterWrites_perWindow_max: row(20, 'Set, increase, decrease and delete of one SDK per window (GC10).'),
  counterReads_perWindow_max: row(20, 'getGroupCounters of one SDK per window that reach the server (GC10).'),
  counterWindow_ms: row(5_000, 'The window of the two limits above (GC10).'),
  serverCallBurst_max: row(120, 'Counter calls that the server takes from a device at once (GC10).'),
  serverCalls_perSecond: row(8, 'Counter calls per second that the server allows a device for long (GC10).'),
  restCalls_perSecond_max: row(
    200,
    'Calls of one command of REST v4 in a second, of all administrators together (RS6).',
  ),
  devices_perUser_max: row(
    10,
    'Devices of a user that are connected at once, each on one connection (US6, SE1).',
  ),
  members_perGroup_max: row(6_000, 'Members of a Work, Public or Meeting group (GR1).'),
  members_perCommunity_max: row(100_000, 'Members of a Community (GR1).'),
  members_perAVChatRoom_max: row(
    1_000_000_000,
    'What an AVChatRoom shows as its most: it has no bound (GR1).',
  ),
  message_bytes_max: row(12_288, 'Size of a message: payload and custom data as JSON (MS1).'),
  messagePage_count_max: row(100, 'Messages on one page of the history; our SDK asks for 15.'),
  messagePage_bytes_max: row(
    229_376,
    'Length of the messages on one page of the history, which is at least one.',
  ),
  deletedMessages_perRequest_max: row(30, 'Messages that one call of deleteMessage names.'),
  revokeReason_bytes_max: row(256, 'Length of the reason for taking a message back.'),
  mentions_perMessage_max: row(30, 'Users that a message to a group mentions; all of them together are one.'),
  groupTips_perSecond_max: row(10, 'Tips of joining and quitting of one group that a device is told (MS4).'),
  mentions_perConversation_max: row(
    20,
    'Messages after the read mark that groupAtInfoList names, the newest.',
  ),
  conversations_perRequest_max: row(100, 'Conversations that one request may name (CG7).'),
  conversationCustomData_bytes_max: row(256, 'Length of the custom data of a conversation (CV2).'),
  conversationGroups_perUser_max: row(20, 'Conversation groups of a user (CG1).'),
  conversationGroupName_bytes_max: row(32, 'Length of the name of a conversation group (CG2).'),
  conversationsInGroups_perUser_max: row(1_000, 'Conversations in all conversation groups of a user (CG7).'),
  deletedConversationGroups_perUser_max: row(
    100,
    'Deleted conversation groups that the server remembers for a user (CG3).',
  ),
  users_perRequest_max: row(100, 'userIDs that one request may name.'),
  memberPage_count_max: row(100, 'Members on one page of getGroupMemberList.'),
  operationsOpen_perDevice_max: row(64, 'Writes of a device whose answers it has not confirmed (DL2).'),
  operationID_bytes_max: row(64, "Length of an app's own operationID (DL2)."),
  operationIDs_perUser_max: row(10_000, "An app's own operationIDs that are remembered for a user (DL2)."),
  operationID_kept_ms: row(86_400_000, "How long an app's own operationID is remembered (DL2)."),
  device_kept_ms: row(
    7 * 86_400_000,
    'How long a device and its session key outlive its last contact (DL2, US11).',
  ),
  roomPresence_kept_ms: row(600_000, 'How long a device without a connection stays in an AVChatRoom (GR7).'),
  frameBeforeLogin_bytes_max: row(65_536, 'Size of a frame before login (SE1).'),
  frame_bytes_max: row(262_144, 'Size of a frame after login, and of an HTTP body (SE1).'),
  requestsInFlight_perConnection_max: row(256, 'Requests of a connection that wait for their answers (SE1).'),
  connectionQueue_bytes_max: row(262_144, 'Bytes that wait for a connection before it is closed (DL6).'),
  connectionQueueLatest_bytes_max: row(
    65_536,
    'Waiting bytes beyond which latest values wait to be replaced (DL6).',
  ),
  connectionBlocked_ms_max: row(2_000, 'How long a connection may take none of its waiting bytes (DL6).'),
  mark_bytes: row(65_536, 'Pushed bytes after which a device is asked for a mark (DL6).'),
  mark_ms: row(2_000, 'Time of pushes after which a device is asked for a mark (DL6).'),
  markAnswer_ms_max: row(20_000, 'How long the answer to a mark may take (DL6).'),
  connections_perAddress_max: row(
    200,
    'Connections of an address that is neither loopback nor a named proxy (SE1).',
  ),
  loginTime_ms_max: row(20_000, 'How long a connection may take to log in (SE1).'),
  foreignLoginTime_ms_max: row(
    600_000,
    'How long a connection of the original SDK, which opens it before anybody logs in, may take to log in (SE1).',
  ),
  loginsInProgress_max: row(64, 'Logins that are worked on at once (SE1).'),
  loginsWaiting_max: row(
    2_000,
    'Logins that wait for their turn; beyond it they are refused, retryable (SE1).',
  ),
  batch_operations_max: row(256, 'Operations in one commit (SE1).'),
  fanOutSlice_connections: row(64, 'Connections served before the event loop turns (SE1).'),
  fanOutTick_ms_min: row(100, 'Least time between two counter events of a group at a device (GC13).'),
  logKept_perScope_events: row(1_000, 'Logged events of a scope that are kept for catching up (SE1).'),
  logRing_perScope_events: row(256, 'Logged events of a scope that are kept in memory (SE1).'),
  logRing_perScope_bytes_max: row(
    1_048_576,
    'Length of the logged events of a scope that are kept in memory (SE1).',
  ),
  catchUpLog_bytes_max: row(
    131_072,
    'Length of the missed events of a user beyond which a device gets a snapshot (DL4).',
  ),
  catchUpLog_perGroup_bytes_max: row(
    65_536,
    'Length of the missed events of a group beyond which a device gets the group as it is (DL4).',
  ),
  catchUpLog_allGroups_bytes_max: row(
    1_048_576,
    'Length of the missed events of all groups together beyond which the same holds for the rest (DL4).',
  ),
  anonymousViewerRequests_perConnection_max: row(
    10,
    'Requests of viewers without a login that wait on a connection: as many rooms it watches at once (SE3).',
  ),
  anonymousViewerPoll_ms_max: row(10_000, 'How long a poll of such a viewer waits for news (SE3).'),
  anonymousViewerRooms_max: row(1_000, 'AVChatRooms that are watched without a login at once (SE3).'),
  anonymousViewerRoom_kept_ms: row(60_000, 'How long such a room is followed after its last poll (SE3).'),
  anonymousViewerRing_perRoom_events: row(
    256,
    'Messages and tips of such a room that are kept for polls; of a counter it is the newest value (SE3).',
  ),
  anonymousViewerRing_perRoom_bytes_max: row(131_072, 'Length of these messages and tips (SE3).'),
  departedPositions_max: row(
    200_000,
    'Positions of devices of the original SDK without a connection that are remembered, of all together (OS6).',
  ),
  catchUp_scopes_max: row(2_000, 'Scopes that a reconnecting device may name (SE1).'),
  callOffline_ms_max: row(15_000, 'How long a call waits for a connection before it rejects 2801 (DL7).'),
  gracePeriod_ms: row(10_000, 'How long a stopping server takes to finish what it has (SE5).'),
} as const satisfies Record<string, LimitRow>;

export type LimitName = keyof typeof LIMITS;

/** The value of a limit. */
export const limit = (name: LimitName): number => LIMITS[name].value;
