/** The commands that version 3.6.6 of the original SDK can send. */
const GROUP_COMMANDS = `create_group destroy_group apply_join_group quit_group get_joined_group_list
  get_group_self_member_info get_group_public_info modify_group_base_info change_group_owner send_group_msg
  group_msg_get group_msg_recall msg_read_report delete_group_ramble_msg_by_seq get_group_msg_receipt
  group_msg_receipt get_group_msg_receipt_detail get_group_msg_receipts_by_users get_group_member_info
  get_specified_group_member_info add_group_member delete_group_member ban_group_member modify_group_member_info
  handle_apply_join_group handle_invite_join_group handle_invite_join_permission_group get_pendency
  get_online_member_num set_group_attr modify_group_attr delete_group_attr clear_group_attr batch_get_group_notify
  update_group_counter get_group_counter pin_message unpin_message get_pinned_messages get_huge_group_msg`;

const BY_SERVICE: Record<string, string> = {
  im_open_status: `wslogin wslogout wshello ws_set_custom_status ws_get_user_status ws_status_subscribe
    ws_status_unsubscribe ws_stat_settoken ws_stat_foreground ws_stat_background`,
  heartbeat: 'alive',
  im_sdk_config_mgr: 'fetch_config fetch_imsdk_purchase_bitsv2',
  openim: `getmsg sendmsg msgwithdraw getroammsg modify_c2c_msg modify_group_msg msgreaded read_all_unread_msg
    delete_c2c_msg_ramble c2c_msg_read_receipt get_peer_read_time set_c2c_peer_mute_notifications
    get_c2c_peer_mute_notifications deletemsg ws_msg_push_ack`,
  recentcontact: `page_get batch_delete clear_msg top mark_contact create_contact_group del_contact_group
    update_contact_group get_contact_group search_contact_group`,
  group_open_http_svc: GROUP_COMMANDS,
  million_group_open_http_svc: `${GROUP_COMMANDS} create_topic destroy_topic modify_topic get_topic`,
  group_open_attr_http_svc: 'get_group_attr',
  group_open_avchatroom_http_svc: 'get_members modify_user_info',
  group_open_http_noauth_svc: 'apply_join_group',
  group_open_long_polling_http_svc: 'get_msg',
  group_open_long_polling_http_noauth_svc: 'get_msg',
  profile: 'portrait_get_all portrait_set',
  sns: `black_list_get black_list_add black_list_delete friend_get friend_add friend_update friend_delete
    friend_get_specified friend_check friend_response pendency_get pendency_delete pendency_report group_get group_add
    group_delete group_update`,
  openim_msg_ext_http_svc: `set_key_values get_key_values group_set_key_values group_get_key_values reaction_add
    reaction_del reaction_multi_stat reaction_iterate group_reaction_add group_reaction_del group_reaction_multi_stat
    group_reaction_iterate`,
  message_search: 'query',
  user_search: 'query_user',
  group_search: 'query_grp',
  group_member_search: 'query_grp_member',
  follow: 'follow_add follow_delete follow_get follow_get_info follow_check',
  im_long_msg: 'save_relay_json_msg get_relay_json_msg',
  imopenstat: 'tim_web_report_v2',
};

export const KNOWN_COMMANDS: ReadonlySet<string> = new Set(
  Object.entries(BY_SERVICE).flatMap(([service, commands]) =>
    commands.split(/\s+/).map((command) => `${service}.${command}`),
  ),
);
