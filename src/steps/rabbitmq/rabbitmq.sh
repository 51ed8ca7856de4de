# shellcheck shell=sh
# RabbitMQ with its user, and as a cluster on several nodes. Uses shell/service.sh and shell/as-user.sh.
# param rabbitmq_packages: its package names, one line per EL version
# param rabbitmq_node: the node's name in the cluster file
# param rabbitmq_nodes: the names of all nodes with RabbitMQ, separated by blanks; the others join the first
# param rabbitmq_form: the names that distinguish those nodes: `short`, `full` or `either`
# param rabbitmq_user: the user of the OpenStack services
# param rabbitmq_password: the name of the secret with its password, or nothing
# param rabbitmq_cookie: the name of the secret with the Erlang cookie, or nothing

rabbitmq_file=/etc/rabbitmq/rabbitmq-env.conf
rabbitmq_first=${rabbitmq_nodes%% *}

# Returns 0 if RabbitMQ runs on several nodes.
rabbitmq_is_cluster() { case $rabbitmq_nodes in *' '*) return 0 ;; *) return 1 ;; esac }

# RabbitMQ's node name is `rabbit@` and the short host name unless USE_LONGNAME is set in rabbitmq-env.conf
# (rabbitmq.com/docs/configure); all nodes of a cluster need the same form. Returns 0 if long names are set.
rabbitmq_is_long() { grep -qE '^[[:blank:]]*(export[[:blank:]]+)?(RABBITMQ_)?USE_LONGNAME=["'\'']?true' "$rabbitmq_file" 2>/dev/null; }

# rabbitmq_resolve NAME…: returns 0 if all names resolve.
rabbitmq_resolve() { for rabbitmq_each; do getent hosts "$rabbitmq_each" >/dev/null || return 1; done; }

# Prints the short names of all nodes with RabbitMQ.
rabbitmq_labels() { for rabbitmq_each in $rabbitmq_nodes; do printf '%s\n' "${rabbitmq_each%%.*}"; done; }

# rabbitmq_name_of NODE: prints the host part of that node's RabbitMQ name.
rabbitmq_name_of() {
  if [ -z "$rabbitmq_long" ]; then
    printf '%s\n' "${1%%.*}"
    return
  fi
  case $1 in *.*) printf '%s\n' "$1" ;; *) getent hosts "$1" | awk '{ print $2; exit }' ;; esac
}

# Sets rabbitmq_short to the short name of this node; rabbitmq_long if long names are in use or needed (the short names are not
# unique, or only the long ones resolve); and rabbitmq_host to the host part of its name.
# shellcheck disable=SC2046,SC2086 # lists of names
rabbitmq_set_names() {
  rabbitmq_short=$(uname -n)
  rabbitmq_short=${rabbitmq_short%%.*}
  rabbitmq_long=
  if rabbitmq_is_long || [ "$rabbitmq_form" = full ]; then
    rabbitmq_long=1
  elif [ "$rabbitmq_form" = either ] && [ ! -d "/var/lib/rabbitmq/mnesia/rabbit@$rabbitmq_short" ] &&
    ! rabbitmq_resolve $(rabbitmq_labels) && rabbitmq_resolve $rabbitmq_nodes; then
    rabbitmq_long=1
  fi
  rabbitmq_host=$rabbitmq_short
  if [ -n "$rabbitmq_long" ]; then rabbitmq_host=$(rabbitmq_name_of "$rabbitmq_node"); fi
}

# rabbitmq_ctl ARG…
rabbitmq_ctl() { timeout 90 rabbitmqctl -q "$@"; }

# rabbitmqctl reads a password from stdin since 3.8 (rabbitmq-cli #366). For an older one this returns 0; it gets the salted hash:
# four bytes of salt, and the SHA-256 of salt and password.
rabbitmq_is_old() { case $(rpm -q --qf '%{version}' rabbitmq-server) in 3.[0-7].*) return 0 ;; *) return 1 ;; esac }

# Returns 0 if the user is in rabbitmq_listed, the output of list_users.
rabbitmq_has_user() { printf '%s\n' "$rabbitmq_listed" | awk -v user="$rabbitmq_user" '$1 == user { found = 1 } END { exit !found }'; }

# Returns 0 if the user has all permissions.
rabbitmq_may() {
  rabbitmq_ctl list_permissions -p / |
    awk -F '\t' -v user="$rabbitmq_user" '$1 == user && $2 == ".*" && $3 == ".*" && $4 == ".*" { found = 1 } END { exit !found }'
}

# Prints the number of other users of this RabbitMQ.
rabbitmq_count_users() { rabbitmq_ctl list_users | awk '$1 != "guest" && $1 != "user"' | wc -l; }

# rabbitmq_given SECRET: returns 0 if the payload has its value.
rabbitmq_given() { sp_secret "$1" >/dev/null 2>&1; }

# rabbitmq_bytes HEX: prints the bytes.
rabbitmq_bytes() {
  printf %b "$(printf %s "$1" | awk '{ for (i = 1; i < length($0); i += 2) printf "\\0%03o", 16 * (index("0123456789abcdef", substr($0, i, 1)) - 1) + index("0123456789abcdef", substr($0, i + 1, 1)) - 1 }')"
}

# rabbitmq_hash SALT: prints the password hash that RabbitMQ stores, for a salt in hexadecimal.
rabbitmq_hash() {
  rabbitmq_sum=$({
    rabbitmq_bytes "$1"
    sp_secret "$rabbitmq_password"
  } | sha256sum | cut -c 1-64)
  rabbitmq_bytes "$1$rabbitmq_sum" | base64 -w 0
}

# Prints the password as a line of input.
rabbitmq_line() {
  sp_secret "$rabbitmq_password"
  echo
}

# rabbitmq_random BYTES: prints random bytes in hexadecimal.
rabbitmq_random() { od -An "-N$1" -tx1 /dev/urandom | tr -d ' \n'; }

# Returns 0 if the user has the password.
rabbitmq_knows() {
  if rabbitmq_is_old; then
    rabbitmq_stored=$(rabbitmq_ctl eval "{ok, U} = rabbit_auth_backend_internal:lookup_user(<<\"$rabbitmq_user\">>), binary_to_list(base64:encode(element(3, U)))." | tr -d '"')
    rabbitmq_salt=$(printf %s "$rabbitmq_stored" | base64 -d | od -An -v -tx1 | tr -d ' \n' | cut -c 1-8)
    [ "$(rabbitmq_hash "$rabbitmq_salt")" = "$rabbitmq_stored" ]
  else rabbitmq_line | rabbitmq_ctl authenticate_user "$rabbitmq_user" >/dev/null 2>&1; fi
}

# Sets the password of the user.
rabbitmq_set_password() {
  if rabbitmq_is_old; then
    rabbitmq_hashed=$(rabbitmq_hash "$(rabbitmq_random 4)")
    rabbitmq_ctl eval "rabbit_auth_backend_internal:change_password_hash(<<\"$rabbitmq_user\">>, base64:decode(<<\"$rabbitmq_hashed\">>))."
  else rabbitmq_line | rabbitmq_ctl change_password "$rabbitmq_user"; fi
}

# Adds the user with the password.
rabbitmq_add_user() {
  if rabbitmq_is_old; then
    rabbitmq_ctl add_user "$rabbitmq_user" "$(rabbitmq_random 16)"
    rabbitmq_set_password
  else rabbitmq_line | rabbitmq_ctl add_user "$rabbitmq_user"; fi
}

# As the user rabbitmq, who owns the folder: root would follow links in it.
rabbitmq_read_cookie='cd /var/lib/rabbitmq && [ -f .erlang.cookie ] && head -c 4096 .erlang.cookie'
# shellcheck disable=SC2016 # the inner shell expands it
rabbitmq_write_cookie='umask 077; cd /var/lib/rabbitmq && t=$(mktemp .stackprep.XXXXXX) || exit 1
cat >"$t" && chmod 0400 "$t" && mv -fT "$t" .erlang.cookie || rm -f "$t"'

# Returns 0 if the node has the cookie.
rabbitmq_has_cookie() { [ "$(sp_as rabbitmq "$rabbitmq_read_cookie" sh </dev/null)" = "$(sp_secret "$rabbitmq_cookie")" ]; }

# Returns 0 if this RabbitMQ is in one cluster with the first node's.
rabbitmq_has_joined() {
  rabbitmq_ctl cluster_status | tr -c 'A-Za-z0-9@._-' '\n' | grep -qxF "rabbit@$(rabbitmq_name_of "$rabbitmq_first")"
}

# Returns 1 or 2 with a reason if the node can't join a cluster in its state.
rabbitmq_need_member() {
  rabbitmq_is_cluster || return 0
  if [ -z "$rabbitmq_cookie" ]; then
    sp_because secret-not-configured services.rabbitmq.cookie
    return 2
  fi
  if [ "$rabbitmq_short" != "${rabbitmq_node%%.*}" ]; then
    sp_because hostname-differs "$(uname -n)" "$rabbitmq_node"
    return 2
  fi
  if rabbitmq_given "$rabbitmq_cookie" && ! rabbitmq_has_cookie; then
    sp_because rabbitmq-cookie-differs
    return 1
  fi
}

# Returns 1 or 2 with a reason if the user is missing; sets sp_missing if its password differs.
rabbitmq_need_user() {
  if [ -z "$rabbitmq_password" ]; then
    rabbitmq_has_user && return 0
    sp_because secret-not-configured services.rabbitmq.password
    return 2
  fi
  if ! rabbitmq_has_user; then
    sp_because rabbitmq-user-missing "$rabbitmq_user"
    return 1
  fi
  if rabbitmq_given "$rabbitmq_password" && ! rabbitmq_knows; then
    sp_because rabbitmq-password-differs "$rabbitmq_user"
    sp_missing=1
  fi
}

rabbitmq_check() {
  sp_pick_packages "$rabbitmq_packages"
  rabbitmq_set_names
  sp_need_packages || return $?
  sp_missing=0
  if ! rabbitmq_resolve "$rabbitmq_host"; then
    sp_because name-not-resolved "$rabbitmq_host"
    sp_missing=1
  fi
  rabbitmq_need_member || return $?
  if [ -n "$rabbitmq_long" ] && ! rabbitmq_is_long; then
    sp_because rabbitmq-short-name "rabbit@$rabbitmq_host"
    return 1
  fi
  sp_need_unit rabbitmq-server || return 1
  if ! rabbitmq_listed=$(rabbitmq_ctl list_users); then
    sp_because service-not-responding rabbitmq-server "rabbit@$rabbitmq_host"
    return 1
  fi
  if [ "$rabbitmq_first" != "$rabbitmq_node" ] && ! rabbitmq_has_joined; then
    sp_because rabbitmq-not-clustered "$rabbitmq_first"
    return 1
  fi
  rabbitmq_need_user || return $?
  if ! rabbitmq_may; then
    sp_because rabbitmq-permissions "$rabbitmq_user"
    sp_missing=1
  fi
  return $sp_missing
}

# Writes the cookie of the cluster; RabbitMQ must be stopped.
rabbitmq_apply_cookie() {
  case $(sp_secret "$rabbitmq_cookie") in
    '' | *[!A-Za-z0-9]*)
      printf 'the secret %s is not made of letters and digits, as an Erlang cookie has to be\n' "$rabbitmq_cookie"
      return 1
      ;;
  esac
  if rabbitmq_has_cookie; then return 0; fi
  systemctl stop rabbitmq-server
  sp_secret "$rabbitmq_cookie" | sp_as rabbitmq "$rabbitmq_write_cookie" sh
  if rabbitmq_has_cookie; then return 0; fi
  printf 'the cookie could not be written to /var/lib/rabbitmq/.erlang.cookie\n'
  return 1
}

# Switches to long names if needed: under a new name RabbitMQ starts with an empty database.
rabbitmq_apply_names() {
  if [ -z "$rabbitmq_long" ] || rabbitmq_is_long; then return 0; fi
  if systemctl -q is-active rabbitmq-server; then
    if [ "$(rabbitmq_count_users)" != 0 ]; then
      printf '%s\n' "this RabbitMQ has users of its own: it would lose them by calling itself rabbit@$rabbitmq_host"
      return 1
    fi
    systemctl stop rabbitmq-server
  fi
  sp_set_line "$rabbitmq_file" USE_LONGNAME true
  sp_set_line "$rabbitmq_file" NODENAME "rabbit@$rabbitmq_host"
}

# Joins the first node, which removes this node's own users.
rabbitmq_join() {
  if rabbitmq_has_joined; then return 0; fi
  if [ "$(rabbitmq_count_users)" != 0 ]; then
    printf 'this RabbitMQ has users of its own: it would lose them by joining %s\n' "$rabbitmq_first"
    return 1
  fi
  rabbitmq_ctl stop_app
  rabbitmq_ctl reset
  rabbitmq_ctl join_cluster "rabbit@$(rabbitmq_name_of "$rabbitmq_first")"
  rabbitmq_ctl start_app
}

# Creates the user, or sets its password.
rabbitmq_apply_user() {
  rabbitmq_listed=$(rabbitmq_ctl list_users)
  if ! rabbitmq_has_user; then
    rabbitmq_add_user
  elif ! rabbitmq_knows; then
    rabbitmq_set_password
  fi
}

rabbitmq_apply() {
  sp_pick_packages "$rabbitmq_packages"
  rabbitmq_set_names
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  if ! rabbitmq_resolve "$rabbitmq_host"; then
    printf '%s\n' "$rabbitmq_host does not resolve: RabbitMQ would not start"
    return 1
  fi
  sp_backup_begin
  sp_backup_unit rabbitmq-server
  if rabbitmq_is_cluster && [ -n "$rabbitmq_cookie" ]; then rabbitmq_apply_cookie; fi
  rabbitmq_apply_names
  systemctl enable rabbitmq-server
  systemctl -q is-active rabbitmq-server || sp_start rabbitmq-server
  rabbitmq_tries=0
  until rabbitmq_ctl list_users >/dev/null 2>&1 || [ "$rabbitmq_tries" -ge 30 ]; do
    rabbitmq_tries=$((rabbitmq_tries + 1))
    sleep 1
  done
  if rabbitmq_is_cluster && [ -n "$rabbitmq_cookie" ] && [ "$rabbitmq_first" != "$rabbitmq_node" ]; then rabbitmq_join; fi
  if [ -n "$rabbitmq_password" ]; then rabbitmq_apply_user; fi
  rabbitmq_ctl set_permissions -p / "$rabbitmq_user" '.*' '.*' '.*'
  rabbitmq_ctl cluster_status
}

rabbitmq_revert() { sp_restore_units first; }
