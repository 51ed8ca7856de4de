# shellcheck shell=sh
# Public keys in authorized_keys, and the nodes' host keys in root's known_hosts. Uses shell/user-keys.sh.
# param ssh_keys_user: the login user
# param ssh_keys_identity: the login's key file in the cluster file; empty if there is none
# param ssh_keys_public: its public key, `TYPE BLOB COMMENT`; empty if unknown
# param ssh_keys_error: why the public key could not be read or created, or nothing
# param ssh_keys_between: `yes` if root on each node must be able to log in to every node
# param ssh_keys_node: the node's name
# param ssh_keys_of_nodes: the keys of root on the nodes, lines `NODE TYPE BLOB COMMENT`
# param ssh_keys_names: all names and addresses of those nodes, separated by blanks
# param ssh_keys_hosts: the lines of known_hosts with the nodes' host keys; only the names of a node whose keys could not be read

ssh_keys_known=/root/.ssh/known_hosts

# Returns 2 with a reason if the login user's key is unknown.
ssh_keys_need_identity() {
  if [ -n "$ssh_keys_public" ]; then return 0; fi
  if [ -n "$ssh_keys_error" ]; then
    sp_because key-not-generated "$ssh_keys_identity" "$ssh_keys_error"
  elif [ -n "$ssh_keys_identity" ]; then
    sp_because public-key-unreadable "$ssh_keys_identity"
  elif [ -n "$ssh_keys_between" ]; then
    return 0
  else sp_because identity-missing; fi
  return 2
}

# Returns 0 if root has a key.
ssh_keys_has_own() { ls /root/.ssh/id_*.pub >/dev/null 2>&1; }

# Sets sp_body to root's known_hosts, and sp_end to the result of reading it; returns 2 if it is not a regular file of root.
ssh_keys_read_known() {
  sp_in_folder read root known_hosts || return 2
  if [ "$sp_end" = read:absent ]; then sp_body=; fi
}

# Prints the wanted known_hosts of root, then an x, from sp_body: names of the nodes are removed from other lines, since ssh would
# report the new keys as changed. A node whose keys could not be read keeps the lines that it has between Stackprep's marks.
ssh_keys_render_known() {
  printf '%s\n%s' "$ssh_keys_hosts" "$sp_body" | awk -v names="$ssh_keys_names" '
    BEGIN { n = split(names, list, " "); for (i = 1; i <= n; i++) ours[tolower(list[i])] = 1 }
    !body && NF == 0 { body = 1; next }
    !body {
      wanted[++count] = $0
      n = NF > 1 ? 0 : split($1, hosts, ",")
      for (i = 1; i <= n; i++) unread[tolower(hosts[i])] = count
      next
    }
    /^# (BEGIN|END) stackprep/ { inside = $2 == "BEGIN"; next }
    /^[#@]/ || NF < 3 { print; next }
    {
      n = split($1, hosts, ","); left = ""; drop = 0; place = 0
      for (i = 1; i <= n; i++) {
        if (tolower(hosts[i]) in ours) { drop = 1; continue }
        left = left (left == "" ? "" : ",") hosts[i]
        if (inside && tolower(hosts[i]) in unread) place = unread[tolower(hosts[i])]
      }
      if (drop && left ~ /(^|,)[^!]/) sub(/[^ \t]+/, left)
      if (drop && left !~ /(^|,)[^!]/) next
      if (place) lines[place] = lines[place] $0 "\n"; else print
    }
    END {
      print "# BEGIN stackprep"
      for (i = 1; i <= count; i++) printf "%s", wanted[i] ~ / / ? wanted[i] "\n" : lines[i]
      printf "# END stackprep\nx"
    }'
}

# Returns 1 with a reason if root's known_hosts differs, 2 if it can't be checked.
ssh_keys_need_known() {
  ssh_keys_read_known || return 2
  ssh_keys_text=$(ssh_keys_render_known)
  if [ "$sp_end" = read:absent ]; then
    sp_because file-missing "$ssh_keys_known"
  elif [ "$sp_body" != "${ssh_keys_text%x}" ]; then
    sp_because file-differs "$ssh_keys_known"
  else return 0; fi
  return 1
}

# Writes root's known_hosts, keeping its mode.
ssh_keys_write_known() {
  ssh_keys_read_known || return 2
  ssh_keys_text=$(ssh_keys_render_known)
  ssh_keys_mode=${sp_end#read:}
  [ "$ssh_keys_mode" != absent ] || ssh_keys_mode=600
  sp_backup_key_file "$STEP_ID" root known_hosts
  printf %s "${ssh_keys_text%x}" | sp_in_folder put root known_hosts "$ssh_keys_mode"
  sp_backup_key_end "$STEP_ID" root known_hosts
  printf '%s\n' "wrote $ssh_keys_known"
}

ssh_keys_check() {
  sp_reason_marker=because
  ssh_keys_need_identity || return 2
  sp_missing=0
  if [ -n "$ssh_keys_between" ] && ! ssh_keys_has_own; then
    sp_because node-key-missing
    sp_missing=1
  fi
  if [ -n "$ssh_keys_public" ]; then
    sp_need_key "$ssh_keys_user" "$ssh_keys_public" "$ssh_keys_identity" || {
      [ $? = 1 ] || return 2
      sp_missing=1
    }
  fi
  while read -r ssh_keys_name ssh_keys_key; do
    [ -n "$ssh_keys_name" ] || continue
    sp_need_key root "$ssh_keys_key" "$ssh_keys_name" || {
      [ $? = 1 ] || return 2
      sp_missing=1
    }
  done <<NODES
$ssh_keys_of_nodes
NODES
  if [ -n "$ssh_keys_names" ]; then
    ssh_keys_need_known || {
      [ $? = 1 ] || return 2
      sp_missing=1
    }
  fi
  return $sp_missing
}

ssh_keys_apply() {
  sp_reason_marker=notice
  sp_backup_begin
  if [ -n "$ssh_keys_between" ]; then
    sp_in_folder folder root authorized_keys
    if ! ssh_keys_has_own; then ssh-keygen -q -t ed25519 -N '' -C "root@$ssh_keys_node" -f /root/.ssh/id_ed25519; fi
  fi
  if [ -n "$ssh_keys_public" ]; then sp_add_key "$STEP_ID" "$ssh_keys_user" "$ssh_keys_public"; fi
  while read -r ssh_keys_name ssh_keys_key; do
    [ -n "$ssh_keys_name" ] || continue
    sp_add_key "$STEP_ID" root "$ssh_keys_key"
  done <<NODES
$ssh_keys_of_nodes
NODES
  if [ -n "$ssh_keys_names" ]; then ssh_keys_write_known; fi
}

# The files before the latest change.
ssh_keys_rollback() {
  sp_reason_marker=notice
  sp_restore_keys last "$STEP_ID"
}

ssh_keys_revert() {
  sp_reason_marker=notice
  sp_restore_keys first "$STEP_ID"
}
