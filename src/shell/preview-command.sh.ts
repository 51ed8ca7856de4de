// Generated from preview-command.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const previewCommandSh: ShellFile<never> = {
  path: 'shell/preview-command.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Replaces each program with which steps change a system, while a preview applies a step: what only reads is run, a change is
# recorded in /.stackprep/effects. Files that the program would write are written where that needs no running service.
name=\${0##*/}
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
place=/.stackprep
# record ARG…: one line with the program and its arguments, separated by tabs.
record() {
  {
    printf %s "$name"
    for each; do printf '\\t%s' "$(printf %s "$each" | tr '\\t\\r\\n' '   ' | cut -c 1-400)"; done
    echo
  } >>"$place/effects"
}
recorded() {
  record "$@"
  exit 0
}
real() { exec "$(command -v "$name")" "$@"; }
# Systemd's own tool refuses to work in another root directory, so it is asked in that of process 1.
outside() { exec nsenter -t 1 -m -- "$(command -v "$name")" "$@"; }
# verb ARG…: prints the first argument that is no option.
verb() {
  for each; do case $each in -*) ;; *)
    printf '%s\\n' "$each"
    return
    ;;
  esac done
}
# has WORDS ARG…: returns 0 if one of the words is an argument.
has() {
  words=" $1 "
  shift
  for each; do case $words in *" $each "*) return 0 ;; esac done
  return 1
}
# put FILE: replaces the file by standard input.
put() { cat >"$1.stackprep-backup" && mv -f "$1.stackprep-backup" "$1"; }

# transact VERB ARG…: asks the solver what the transaction would do. Only the step repositories gets its packages, without their
# scripts and without plugins, which may do anything (snapshots), since what the later steps would install comes from the repositories that these packages bring.
transact() {
  kind=$1
  shift
  number=$(find "$place/transactions" -name '*.out' | wc -l)
  out=$place/transactions/$number.out
  printf '%s\\n' "$kind" >"$place/transactions/$number.verb"
  if [ "$(cat "$place/step")" = repositories ]; then
    code=0
    "$(command -v "$name")" --noplugins --setopt=tsflags=noscripts -y "$@" >"$out" 2>&1 </dev/null || code=$?
  else
    for each; do
      shift
      case $each in -y | --assumeyes) ;; *) set -- "$@" "$each" ;; esac
    done
    code=0
    "$(command -v "$name")" --assumeno "$@" >"$out" 2>&1 </dev/null || code=$?
    if grep -qiE '^(operation aborted|exiting on user command)' "$out"; then code=0; fi
  fi
  printf '%s\\n' "$code" >"$place/transactions/$number.code"
  if [ "$code" = 0 ] && [ "$kind" = install ]; then
    for each; do case $each in -* | install | *://* | */*) ;; *) printf '%s\\n' "$each" >>"$place/installed" ;; esac done
  fi
  if [ "$code" = 0 ] && [ "$kind" = upgrade ]; then
    "$(command -v "$name")" -q updateinfo list security >"$place/transactions/$number.security" 2>/dev/null </dev/null || :
  fi
  exit "$code"
}
manager() {
  word=
  skip=
  for each; do
    if [ -n "$skip" ]; then
      skip=
      continue
    fi
    case $each in
      -d | -e | -c | -R | -x) skip=1 ;;
      -*) ;;
      *)
        word=$each
        break
        ;;
    esac
  done
  case $word in
    check-update | list | info | repolist | repoquery | repoinfo | search | provides | whatprovides | deplist | updateinfo | clean | makecache) real "$@" ;;
    install | localinstall | reinstall) transact install "$@" ;;
    update | upgrade | distro-sync | downgrade) transact upgrade "$@" ;;
    remove | erase | autoremove) transact remove "$@" ;;
    '') real "$@" ;;
  esac
  recorded "$@"
}

# make_user ARG…: the account that useradd would make, without its locks and its entries in logs.
make_user() {
  shell=/bin/bash group=
  while [ $# -gt 1 ]; do
    case $1 in
      -s)
        shell=$2
        shift
        ;;
      -g)
        group=$2
        shift
        ;;
    esac
    shift
  done
  number=$(awk -F : '$3 >= 1000 && $3 < 60000 && $3 >= next_id { next_id = $3 + 1 } END { print next_id ? next_id : 1000 }' /etc/passwd /etc/group)
  if [ -z "$group" ]; then
    { cat /etc/group && printf '%s:x:%s:\\n' "$1" "$number"; } | put /etc/group
    id=$number
  else id=$(getent group "$group" | cut -d : -f 3); fi
  { cat /etc/passwd && printf '%s:x:%s:%s::/home/%s:%s\\n' "$1" "$number" "$id" "$1" "$shell"; } | put /etc/passwd
  mkdir -p "/home/$1" && chmod 0700 "/home/$1" && chown "$number:$id" "/home/$1"
}

# permanent ARG…: what firewalld would write, by its own tool for a firewall that is not running.
permanent() {
  for each; do
    shift
    case $each in --permanent | -q) ;; *) set -- "$@" "$each" ;; esac
  done
  firewall-offline-cmd "$@" >/dev/null 2>&1 || :
}

case $name in
  dnf | yum) manager "$@" ;;
  rpm)
    case \${1:-} in -q* | -V* | -K* | --version | --query | --verify | --checksig | --eval | -E) real "$@" ;; esac
    record "$@"
    case \${1:-} in -e | --erase)
      rpm --noscripts --notriggers "$@"
      exit
      ;;
    esac
    ;;
  systemctl)
    case $(verb "$@") in '' | is-* | show* | cat | status | list-* | get-default | help) outside "$@" ;; esac
    recorded "$@"
    ;;
  hostnamectl)
    if [ "$(verb "$@")" != set-hostname ]; then real "$@"; fi
    record "$@"
    shift
    printf '%s\\n' "$1" | put /etc/hostname
    ;;
  timedatectl)
    if [ "$(verb "$@")" != set-timezone ]; then real "$@"; fi
    record "$@"
    ln -sfn "../usr/share/zoneinfo/$2" /etc/localtime
    ;;
  firewall-cmd)
    # It would answer once the service has started.
    case " $* " in *' --state '*) if grep -q '^systemctl.start.firewalld' "$place/effects"; then exit 0; fi ;; esac
    case " $* " in *' --add-'* | *' --remove-'* | *' --set-'* | *' --change-'* | *' --new-'* | *' --delete-'* | *' --reload '* | *' --complete-reload '* | *' --runtime-to-permanent '*) ;; *) real "$@" ;; esac
    record "$@"
    case " $* " in *' --permanent '*) permanent "$@" ;; esac
    ;;
  firewall-offline-cmd)
    case " $* " in *' --add-'* | *' --remove-'* | *' --set-'*) record "$@" ;; esac
    real "$@"
    ;;
  nmcli)
    if ! has 'add modify edit delete up down load reload set connect disconnect on off import clone' "$@"; then real "$@"; fi
    recorded "$@"
    ;;
  ip)
    if ! has 'add del delete set replace change append flush' "$@"; then real "$@"; fi
    recorded "$@"
    ;;
  sysctl)
    case " $* " in
      *' -w '* | *=*)
        # Steps read back what the kernel has accepted.
        for each; do case $each in *=*) printf '%s\\n' "$each" >>"$place/parameters" ;; esac done
        recorded "$@"
        ;;
      *' -p'* | *' --system '*) recorded "$@" ;;
    esac
    if [ "$#:\${1:-}" = 2:-n ] && grep -q . "$place/parameters" 2>/dev/null; then
      awk -v key="$2" 'index($0, key "=") == 1 { value = substr($0, length(key) + 2); found = 1 } END { if (found) print value; exit !found }' "$place/parameters" && exit 0
    fi
    real "$@"
    ;;
  modprobe)
    case " $* " in *' -n '*) real "$@" ;; esac
    recorded "$@"
    ;;
  semanage | subscription-manager)
    if has '-l --list list identity status version' "$@"; then real "$@"; fi
    recorded "$@"
    ;;
  chronyc)
    if has 'makestep online offline burst add delete settime' "$@"; then recorded "$@"; fi
    real "$@"
    ;;
  etcdctl)
    if has 'list get health status cluster-health version' "$@"; then real "$@"; fi
    recorded "$@"
    ;;
  mysql | mariadb)
    for each; do case $each in --execute=SHOW\\ * | --execute=SELECT\\ *) real "$@" ;; esac done
    for each; do case $each in --execute=*) recorded "\${each#--execute=}" ;; esac done
    ;;
  rabbitmqctl)
    case $(verb "$@") in list_* | cluster_status | status | authenticate_user | ping | environment | version) real "$@" ;; esac
    # The expression has the hash of a password, which stays here.
    case $* in *lookup_user*) real "$@" ;; *change_password_hash*) recorded change_password "$(printf '%s\\n' "$*" | sed -n 's/.*change_password_hash(<<"\\([^"]*\\)">>.*/\\1/p')" ;; esac
    case $(verb "$@") in add_user) recorded add_user "$(printf '%s\\n' "$*" | sed 's/.*add_user \\([^ ]*\\).*/\\1/')" ;; esac
    recorded "$@"
    ;;
  packstack)
    case \${1:-} in --version) real "$@" ;; esac
    recorded "$@"
    ;;
  useradd)
    record "$@"
    make_user "$@"
    ;;
  chpasswd)
    IFS=: read -r user _ || :
    record "$user"
    ;;
  *) record "$@" ;;
esac
exit 0
`,
};
