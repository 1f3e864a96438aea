#!/bin/sh
# A backend that calls REST v4 with curl: accounts, a group, its counters, a user's conversation groups, messages.
# It takes MUSTER_URL, MUSTER_SDK_APP_ID and MUSTER_SECRET_KEY, as `muster exec` sets them:
#
#   npx muster exec -- sh examples/rest-curl/rest.sh
set -eu

userSig=$(npx muster usersig administrator)
query="sdkappid=$MUSTER_SDK_APP_ID&identifier=administrator&usersig=$userSig&random=99999999&contenttype=json"

# rest <service>/<command> <body>
rest() {
  echo "$1"
  echo "  $(curl -s "$MUSTER_URL/v4/$1?$query" -d "$2")"
}

echo '# Two users, known before they log in'
rest im_open_login_svc/account_import '{"UserID":"alice","Nick":"Alice","FaceUrl":"https://example.com/a.png"}'
rest im_open_login_svc/multiaccount_import '{"Accounts":["bob","carl"]}'
rest im_open_login_svc/account_check '{"CheckItem":[{"UserID":"bob"},{"UserID":"dora"}]}'

echo '# A room that Alice owns'
rest group_open_http_svc/create_group '{"Owner_Account":"alice","Type":"Public","GroupId":"shop","Name":"The shop",
  "MemberList":[{"Member_Account":"bob","Role":"Admin"}]}'
rest group_open_http_svc/add_group_member '{"GroupId":"shop","MemberList":[{"Member_Account":"carl"}]}'
rest group_open_http_svc/get_role_in_group '{"GroupId":"shop","User_Account":["alice","bob","carl","dora"]}'

echo '# Its counters, exact to the last digit'
rest group_open_http_svc/update_group_counter '{"GroupId":"shop","Mode":"Set",
  "GroupCounter":[{"Key":"stock","Value":9223372036854775806},{"Key":"sold","Value":0}]}'
rest group_open_http_svc/update_group_counter '{"GroupId":"shop","Mode":"Increase",
  "GroupCounter":[{"Key":"stock","Value":1},{"Key":"sold","Value":1}]}'
rest group_open_http_svc/update_group_counter '{"GroupId":"shop","Mode":"Increase",
  "GroupCounter":[{"Key":"stock","Value":1}]}'
rest group_open_http_svc/delete_group_counter '{"GroupId":"shop","GroupCounterKeys":["sold"]}'
rest group_open_http_svc/get_group_counter '{"GroupId":"shop"}'

echo '# What Alice has sorted into conversation groups'
rest recentcontact/create_contact_group '{"From_Account":"alice","GroupContactItem":[{"GroupName":"Work",
  "ContactItem":[{"Type":2,"ToGroupId":"shop"},{"Type":1,"To_Account":"bob"}]}]}'
rest recentcontact/update_contact_group '{"From_Account":"alice","UpdateType":1,
  "UpdateGroup":{"UpdateGroupType":1,"OldGroupName":"Work","NewGroupName":"Shop"}}'
rest recentcontact/update_contact_group '{"From_Account":"alice","UpdateType":1,
  "UpdateGroup":{"UpdateGroupType":2,"OldGroupName":"Shop","ContactUpdateItem":[
  {"ContactOptType":1,"ContactItem":{"Type":1,"To_Account":"carl"}},
  {"ContactOptType":2,"ContactItem":{"Type":1,"To_Account":"bob"}}]}}'
rest recentcontact/get_contact_group '{"From_Account":"alice","StartIndex":0}'

echo '# Messages, and her list of conversations'
rest group_open_http_svc/send_group_msg '{"GroupId":"shop","From_Account":"bob","Random":1,
  "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"We are open"}}]}'
rest openim/sendmsg '{"From_Account":"carl","To_Account":"alice","MsgRandom":2,
  "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"Good morning"}}]}'
rest recentcontact/get_list '{"From_Account":"alice","TimeStamp":0,"StartIndex":0,"TopTimeStamp":0,"TopStartIndex":0}'

echo '# And the end of it'
rest group_open_http_svc/destroy_group '{"GroupId":"shop"}'
rest im_open_login_svc/account_delete '{"DeleteItem":[{"UserID":"carl"}]}'
