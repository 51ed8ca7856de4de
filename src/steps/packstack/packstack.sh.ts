// Generated from packstack.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const packstackSh: ShellFile<'packstack_packages' | 'packstack_plain' | 'packstack_secret' | 'packstack_keys' | 'packstack_made' | 'packstack_here' | 'packstack_devices' | 'packstack_hosts' | 'packstack_alone' | 'packstack_placement' | 'packstack_is_controller' | 'packstack_url' | 'packstack_services' | 'packstack_manifests' | 'packstack_manifests_18'> = {
  path: 'steps/packstack/packstack.sh',
  parameters: ["packstack_packages","packstack_plain","packstack_secret","packstack_keys","packstack_made","packstack_here","packstack_devices","packstack_hosts","packstack_alone","packstack_placement","packstack_is_controller","packstack_url","packstack_services","packstack_manifests","packstack_manifests_18"],
  text: `# shellcheck shell=sh
# OpenStack with Packstack, on the node where Packstack runs. Uses shell/service.sh.
# param packstack_packages: its package names, one line per EL version
# param packstack_plain: the answers without secrets, lines \`KEY=VALUE\`
# param packstack_secret: the answers with secrets, lines \`KEY SECRET\`
# param packstack_keys: the keys of all those answers, separated by blanks
# param packstack_made: keys whose values Packstack generates once and needs again, separated by blanks
# param packstack_here: the node's address
# param packstack_devices: the interfaces that the node needs, separated by blanks
# param packstack_hosts: the hosts that Packstack logs in to, a line \`INTERFACES HOST\` each: interfaces that must be there, separated
#   by commas, or \`-\`
# param packstack_alone: \`yes\` if the node is the only host, so that Packstack needs no login
# param packstack_placement: what the cluster file leaves open, lines \`CODE VALUE VALUE\`, blanks only in the last value
# param packstack_is_controller: \`yes\` if the node is the controller in the answers
# param packstack_url: the URL of Keystone unless the credentials file on the controller has another
# param packstack_services: the services that the answers promise on the controller, lines \`NAME PORT\`
# param packstack_manifests: how many manifests Packstack applies
# param packstack_manifests_18: how many it applies from 18.0.1 on

packstack_file=/root/packstack-answers-stackprep.txt
# Two lines: the digest of the answers without secrets, and that of the other keys in the file after Packstack's last run.
packstack_record=/var/lib/stackprep/ran/packstack
packstack_credentials=/root/keystonerc_admin
packstack_newline='
'

# packstack_blocked_by CODE [VALUE…]: reports a condition that makes Packstack fail.
packstack_blocked_by() {
  sp_emit "$packstack_tell" "$@"
  packstack_hindered=1
}

# Conditions on this node.
packstack_hinder_here() {
  if sp_yum -q repolist enabled | grep -q '^[*!]*epel'; then packstack_blocked_by epel-enabled; fi
  getent hosts "$(uname -n)" >/dev/null || packstack_blocked_by name-not-resolved "$(uname -n)"
  [ -n "$(
    ip route show default
    ip -6 route show default
  )" ] || packstack_blocked_by packstack-no-gateway
  for packstack_device in $packstack_devices; do
    [ -e "/sys/class/net/$packstack_device" ] || packstack_blocked_by packstack-no-interface "$packstack_device" "$packstack_here"
  done
}

# shellcheck disable=SC2016 # the host's shell expands it
packstack_ask='for i; do [ -e "/sys/class/net/$i" ] || printf "absent %s\\n" "$i"; done; echo through'

# packstack_blocked_there HOST INTERFACE…: Packstack logs in to the hosts as root on port 22 without checking host keys (PS
# utils/shell.py); tries the same login and checks the interfaces.
packstack_blocked_there() {
  packstack_host=$1
  shift
  packstack_seen=$(timeout 20 ssh -n -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$packstack_host" "bash -c '$packstack_ask' bash $*" 2>/dev/null) || :
  case $packstack_seen in *through*) ;; *) packstack_blocked_by packstack-no-root-login "$packstack_host" ;; esac
  for packstack_device; do
    if printf '%s\\n' "$packstack_seen" | grep -qxF "absent $packstack_device"; then
      packstack_blocked_by packstack-no-interface "$packstack_device" "$packstack_host"
    fi
  done
}

# packstack_blocked_alone HOST: on a single node, Packstack writes its key to authorized_keys without a login (PS
# prescript_000.py, \`install_keys\`).
packstack_blocked_alone() { if sshd -T 2>/dev/null | grep -qix 'permitrootlogin no'; then packstack_blocked_by packstack-no-root-login "$1"; fi; }

# packstack_need_nothing because|notice: reports all conditions that make Packstack fail; returns 1 if there are any.
packstack_need_nothing() {
  packstack_tell=$1
  packstack_hindered=0
  packstack_hinder_here
  while read -r packstack_interfaces packstack_name; do
    [ -n "$packstack_name" ] || continue
    if [ "$packstack_interfaces" = - ]; then packstack_interfaces=; fi
    # shellcheck disable=SC2046 # a list of interfaces
    if [ -n "$packstack_alone" ]; then
      packstack_blocked_alone "$packstack_name"
    else packstack_blocked_there "$packstack_name" $(printf %s "$packstack_interfaces" | tr ',' ' '); fi
  done <<HOSTS
$packstack_hosts
HOSTS
  return $packstack_hindered
}

# packstack_report_placement because|notice: reports roles without a node, and nodes that Packstack does not use.
packstack_report_placement() {
  while read -r packstack_code packstack_first packstack_rest; do
    [ -z "$packstack_code" ] || sp_emit "$1" "$packstack_code" "$packstack_first" "$packstack_rest"
  done <<PLACEMENT
$packstack_placement
PLACEMENT
}

# What the user must know before the run.
packstack_notices() {
  sp_emit notice packstack-root-login
  if systemctl -q is-active NetworkManager; then sp_emit notice packstack-network-manager; fi
  grep -qs '^LANG="\\{0,1\\}en_' /etc/environment || sp_emit notice packstack-locale
  packstack_memory=$(awk '$1 == "MemTotal:" { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo)
  if [ "$packstack_memory" -lt 16 ]; then sp_emit notice packstack-memory "$packstack_memory"; fi
}

# packstack_answers PATTERN: prints the lines of the answer file that the awk pattern selects: \`secret\` is true for a value to
# keep from the last run, \`given\` for a key in the cluster file's answers. A key that is not in packstack_made (from a newer
# Packstack) is recognized by its name.
packstack_answers() {
  awk -v made="$packstack_made" -v keys="$packstack_keys" '
    BEGIN { n = split(made, list, " "); for (i = 1; i <= n; i++) isMade[list[i]] = 1; n = split(keys, list, " "); for (i = 1; i <= n; i++) isGiven[list[i]] = 1 }
    !/^[A-Za-z]/ { next }
    { key = $0; sub(/[ \\t]*[=:].*/, "", key); key = toupper(key); given = (key in isGiven); secret = (key in isMade) || key ~ /_(PW|PASSWORD|TOKEN|SECRET|SECRET_KEY|ENC_KEY|HASH)$/ }
    '"$1" "$packstack_file"
}

# Prints the digest of the answers without secrets in the file.
packstack_state() { packstack_answers '!secret' 2>/dev/null | cksum; }

# Prints the digest of the answers without secrets in the cluster file.
packstack_digest() { printf %s "$packstack_plain" | cksum; }

# Prints the wanted answer file; returns 1 if a secret does not fit in a line.
packstack_render_file() {
  echo '[general]'
  if [ -e "$packstack_file" ]; then packstack_answers 'secret && !given'; fi
  printf %s "$packstack_plain"
  while read -r packstack_key packstack_name; do
    [ -n "$packstack_key" ] || continue
    case $(sp_secret "$packstack_name") in
      '' | *"$packstack_newline"* | *' ;'*)
        printf 'the secret %s is empty or has what Packstack cannot read in an answer\\n' "$packstack_name" >&2
        return 1
        ;;
    esac
    printf '%s=' "$packstack_key"
    sp_secret "$packstack_name"
    echo
  done <<SECRETS
$packstack_secret
SECRETS
}

# Prints Packstack's major version.
packstack_version() { packstack --version | sed -n 's/^[^0-9]*\\([0-9][0-9]*\\)\\..*/\\1/p' | head -n 1; }

# Prints the URL of Keystone.
packstack_keystone() {
  if [ -e "$packstack_credentials" ]; then
    sed -n 's/^[ \\t]*export OS_AUTH_URL=//p' "$packstack_credentials" | tr -d "\\"'"
  else printf '%s\\n' "$packstack_url"; fi
}

# Returns 0 if Keystone responds.
packstack_is_up() {
  packstack_address=$(packstack_keystone)
  [ -n "$packstack_address" ] && curl -fsSk -o /dev/null --noproxy '*' --max-time 15 "$packstack_address"
}

# Returns 0 if all services that the answers promise respond, whatever they say; else 1 with a reason for each that does not.
packstack_serves() {
  packstack_host=$(packstack_keystone)
  packstack_host=\${packstack_host%:*}
  packstack_silent=0
  while read -r packstack_service packstack_port; do
    [ -n "$packstack_service" ] || continue
    curl -ksS -o /dev/null --noproxy '*' --max-time 10 "$packstack_host:$packstack_port/" 2>/dev/null || {
      sp_because service-not-responding "$packstack_service" "$packstack_host:$packstack_port"
      packstack_silent=1
    }
  done <<SERVICES
$packstack_services
SERVICES
  return $packstack_silent
}

# Returns 1 with a reason if Packstack has not completed with these answers, or a service that they promise does not respond.
packstack_need_run() {
  if [ ! -e "$packstack_record" ] || { [ -n "$packstack_is_controller" ] && [ ! -e "$packstack_credentials" ]; }; then
    sp_because packstack-not-run
  elif [ "$(sed -n 1p "$packstack_record")" != "$(packstack_digest)" ]; then
    sp_because packstack-answers-changed
  elif [ "$(sed -n 2p "$packstack_record")" != "$(packstack_state)" ]; then
    sp_because packstack-answers-edited "$packstack_file"
  elif ! packstack_is_up; then
    sp_because service-not-responding keystone "$(packstack_keystone)"
  elif packstack_serves; then return 0; fi
  return 1
}

packstack_check() {
  sp_pick_packages "$packstack_packages"
  sp_missing=0
  sp_need_packages || {
    [ $? = 1 ] || return 2
    sp_missing=1
  }
  packstack_need_run || sp_missing=1
  if [ "$sp_missing" = 1 ]; then
    packstack_report_placement because
    packstack_need_nothing because || :
  fi
  return $sp_missing
}

# Writes the answer file, readable by root only at all times.
packstack_write_file() {
  packstack_temporary=$(
    umask 077
    mktemp /root/.stackprep.XXXXXX
  )
  if ! packstack_render_file >"$packstack_temporary"; then
    rm -f "$packstack_temporary"
    return 1
  fi
  mv -f "$packstack_temporary" "$packstack_file"
}

# Runs Packstack with the answer file; returns 1 if it fails.
packstack_run() {
  # Its output is not masked yet, so it passes through a pipe and is in no file.
  packstack_folder=$(mktemp -d "\${sp_job:-/root}/.stackprep.XXXXXX")
  mkfifo "$packstack_folder/out"
  sed -n 's/.*Because of the kernel update the host \\([^ ]*\\) requires reboot.*/\\1/p' <"$packstack_folder/out" >"$packstack_folder/hosts" &
  {
    packstack_code=0
    PYTHONUNBUFFERED=1 packstack --answer-file="$packstack_file" || packstack_code=$?
    echo "$packstack_code" >"$packstack_folder/code"
  } 2>&1 | tee "$packstack_folder/out"
  wait
  packstack_code=$(cat "$packstack_folder/code")
  while read -r packstack_host; do sp_emit notice packstack-reboot "$packstack_host"; done <"$packstack_folder/hosts"
  rm -rf "$packstack_folder"
  if [ "$packstack_code" != 0 ]; then return 1; fi
}

packstack_apply() {
  sp_pick_packages "$packstack_packages"
  if ! packstack_need_nothing notice; then
    printf '%s\\n' "Packstack is not begun: something is in its way"
    return 1
  fi
  packstack_report_placement notice
  packstack_notices
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  packstack --version
  packstack_write_file
  rm -f "$packstack_record"
  printf 'answers: %s (mode 0600; it stays, for Packstack keeps its passwords there)\\n' "$packstack_file"
  printf '%s\\n' "its own log: /var/tmp/packstack/latest/openstack-setup.log"
  packstack_count=$packstack_manifests
  if [ "$(packstack_version)" -ge 18 ]; then packstack_count=$packstack_manifests_18; fi
  printf 'Packstack applies %s manifests: of the controller, of each network host and of each compute host\\n' "$packstack_count"
  packstack_run
  mkdir -p /var/lib/stackprep/ran
  printf '%s\\n' "$(packstack_digest)" "$(packstack_state)" >"$packstack_record"
}
`,
};
