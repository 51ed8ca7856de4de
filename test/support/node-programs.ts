// Programs that represent those of a node in tests of the steps; `$ROOT` is the folder of the node.

/** ip for two files: `addresses` with one `DEVICE ADDRESS/PREFIX` per line, and `up` with one device per line. */
export const ip = `case "$*" in "route show default") cat "$ROOT/route"; exit 0;; esac
case "$*" in
  "-o addr show to "*) grep " $5/" "$ROOT/addresses";;
  "-o addr show dev "*) grep "^$5 " "$ROOT/addresses";;
  "-o link show dev "*) grep -x "$5" "$ROOT/up"; exit 0;;
  "link set "*) echo "$3" >>"$ROOT/up"; exit 0;;
  "addr add "*) echo "$5 $3" >>"$ROOT/addresses"; exit 0;;
  "addr flush dev "*) grep -v "^$4 " "$ROOT/addresses" >"$ROOT/a"; mv "$ROOT/a" "$ROOT/addresses"; exit 0;;
esac | awk '{ print "2: " $1 "    inet " $2 " scope global " $1 }'`;

/** nmcli for files: a connection is a file \`connections/NAME\` of \`key=value\` lines, and belongs to the device of that name. */
export const nmcli = `echo "nmcli $*" >>"$ROOT/calls"; c=$ROOT/connections; mkdir -p "$c"
if [ "$1" = -e ]; then shift 2; fi
case "$*" in
  "-g GENERAL.CONNECTION device show "*) [ ! -e "$c/$5" ] || echo "$5";;
  "-g "*" connection show "*) sed -n "s/^$2=//p" "$c/$5";;
  "-t -f NAME,FILENAME connection show") for f in "$c"/*; do [ ! -e "$f" ] || echo "\${f##*/}:/etc/NetworkManager/\${f##*/}"; done;;
  "connection modify "*|"connection add "*)
    name=$3; if [ "$2" = add ]; then shift 2; while [ "$1" != con-name ]; do shift; done; name=$2; shift 2; else shift 3; fi
    touch "$c/$name"
    while [ $# -gt 1 ]; do
      key=$1; if [ "$key" = autoconnect ]; then key=connection.autoconnect; fi
      grep -v "^$key=" "$c/$name" >"$ROOT/n"; echo "$key=$2" >>"$ROOT/n"; mv "$ROOT/n" "$c/$name"; shift 2
    done;;
esac`;

/** firewall-cmd for two files, `permanent` and `runtime`, with one port or rule per line; offline it uses the permanent one. */
export const firewall = `file=runtime
for word; do case $word in
  --permanent) file=permanent;;
  --get-default-zone) echo public;;
  --add-port=*|--add-rich-rule=*) echo "\${word#--add-*=}" >>"$ROOT/$file"; echo "$file $word" >>"$ROOT/calls";;
  --list-all|--list-all-zones) printf '%s\\n' '' block '  interfaces: ' '  ports: ' '' public '  target: default' '  interfaces: ' '  services: ssh dhcpv6-client' "  ports: $(grep -v '^rule' "$ROOT/$file" | tr '\\n' ' ')" '  forward-ports: ' '  rich rules: '; sed -n 's/^rule/\\t&/p' "$ROOT/$file"; echo;;
  --reload) cp "$ROOT/permanent" "$ROOT/runtime"; echo reload >>"$ROOT/calls";;
esac; done; exit 0`;

/** sysctl of EL7, which exits with 0 even if the kernel refuses the value. */
export const sysctl = `if [ "$1" = -n ]; then exec cat "$ROOT/proc/sys/$(printf %s "$2" | tr ./ /.)"; fi
key=\${2%%=*} value=\${2#*=}
case $value in refused*) echo "sysctl: setting key \\"$key\\": Invalid argument" >&2;; *) printf '%s\\n' "$value" >"$ROOT/proc/sys/$(printf %s "$key" | tr ./ /.)";; esac`;

const sudoRules = '/etc/sudoers.d/stackprep';
/** Logs each call of a program that changes accounts. */
const logCall = 'echo "$(basename "$0") $*" >>"$ROOT/calls"';
/** Programs for a file of accounts with lines `name:shell:groups:password`; homes are in /root, which is moved into the folder. */
export const accounts: Readonly<Record<string, string>> = {
  getent: `case $1 in
passwd) awk -F : -v n="$2" -v r="$ROOT" '$1 == n { print $1 ":x:0:0::" r "/root/" $1 ":" $2; f = 1 } END { exit !f }' "$ROOT/accounts";;
shadow) awk -F : -v n="$2" '$1 == n { print $1 ":" $4 ":1:::::" }' "$ROOT/accounts";;
group) case $2 in wheel|root|libvirt) echo "$2:x:10:";; *) exit 2;; esac;; esac`,
  id: `case $1 in -u) echo 0;; -un) echo root;; -Gn) awk -F : -v n="$2" '$1 == n { print $3 }' "$ROOT/accounts";; *) echo root;; esac`,
  useradd: `${logCall}
shell=/bin/sh; while [ $# -gt 1 ]; do case $1 in -s) shell=$2; shift;; -g) shift;; esac; shift; done
mkdir -p "$ROOT/root/$1"; echo "$1:$shell:$1:!!" >>"$ROOT/accounts"`,
  usermod: `${logCall}
case $1 in
-s) awk -F : -v OFS=: -v n="$3" -v s="$2" '$1 == n { $2 = s } { print }' "$ROOT/accounts" >"$ROOT/new";;
-a) awk -F : -v OFS=: -v n="$4" -v g="$3" '$1 == n { $3 = $3 " " g } { print }' "$ROOT/accounts" >"$ROOT/new";;
esac; mv "$ROOT/new" "$ROOT/accounts"`,
  userdel: `${logCall}; awk -F : -v n="$1" '$1 != n' "$ROOT/accounts" >"$ROOT/new"; mv "$ROOT/new" "$ROOT/accounts"`,
  gpasswd: `${logCall}; awk -F : -v OFS=: -v n="$2" -v g="$3" '$1 == n { sub(" " g, "", $3) } { print }' "$ROOT/accounts" >"$ROOT/new"; mv "$ROOT/new" "$ROOT/accounts"`,
  chpasswd: `${logCall}; env >>"$ROOT/calls.environment"
IFS= read -r line; hash=\${line#*:}; [ "$1" = -e ] || hash="hash of $(printf %s "$hash" | od -An -v -tx1 | tr -d ' \\n')"
awk -F : -v OFS=: -v n="\${line%%:*}" -v h="$hash" '$1 == n { $4 = h } { print }' "$ROOT/accounts" >"$ROOT/new"; mv "$ROOT/new" "$ROOT/accounts"`,
  unix_chkpwd: `${logCall}; word=$(od -An -v -tx1 | tr -d ' \\n'); grep -qxF "hash of \${word%00}" <<X
$(awk -F : -v n="$1" '$1 == n { print $4 }' "$ROOT/accounts")
X`,
  visudo: `for last; do :; done; [ "$last" != -q ] || last=${'"$ROOT"'}${sudoRules}; [ ! -e "$last" ] || ! grep -q BROKEN "$last"`,
  sudo: `name=$4; [ ! -e "$ROOT/other-rules" ] || cat "$ROOT/other-rules" | awk -v n="$name" '$1 == n' >"$ROOT/rules"
cat "$ROOT${sudoRules}" >>"$ROOT/rules" 2>/dev/null
echo "User $name may run the following commands on host:"
awk -v n="$name" '$1 == n { sub(/^[^(]*/, "    "); sub(/\\)/, ") "); gsub(/  +N/, " N"); print }' "$ROOT/rules" | sed 's/)  */) /'; rm -f "$ROOT/rules"`,
};

/**
 * LVM for one file, `pvs`, with one `DEVICE GROUP` per line and `-` for none; every change is in the folder's `calls`. What the
 * real programs do is tested in test/steps/disks.real.test.ts.
 */
export const lvm: Readonly<Record<string, string>> = {
  lvmconfig: `[ "$1" = devices/filter ] || exit 5
sed -n 's/^\tfilter = \\[ \\(.*\\) \\]$/filter=[\\1]/p' "$ROOT/etc/lvm/lvm.conf"`,
  lvs: ':',
  pvs: `touch "$ROOT/pvs"; field= name=
while [ $# -gt 0 ]; do case $1 in -o) field=$2; shift;; --units) shift;; --*) ;; *) name=$1;; esac; shift; done
awk -v field="$field" -v name="$name" 'name == "" || $1 == name { found = 1; if (field == "pv_used") print "  0"; else if (field == "pv_name") print "  " $1; else print "  " ($2 == "-" ? "" : $2) } END { exit name != "" && !found ? 5 : 0 }' "$ROOT/pvs"`,
  vgs: `touch "$ROOT/pvs"; for group; do :; done; awk -v group="$group" '$2 == group { print "  " $1; found = 1 } END { exit !found * 5 }' "$ROOT/pvs"`,
  pvcreate: 'echo "pvcreate $*" >>"$ROOT/calls"; echo "$1 -" >>"$ROOT/pvs"',
  vgcreate:
    'echo "vgcreate $*" >>"$ROOT/calls"; grep -v "^$2 " "$ROOT/pvs" >"$ROOT/p"; echo "$2 $1" >>"$ROOT/p"; mv "$ROOT/p" "$ROOT/pvs"',
  vgremove:
    'echo "vgremove $*" >>"$ROOT/calls"; sed "s/ $1\\$/ -/" "$ROOT/pvs" >"$ROOT/p"; mv "$ROOT/p" "$ROOT/pvs"',
  pvremove: `echo "pvremove \${1##*/}" >>"$ROOT/calls"; grep -v "^$1 " "$ROOT/pvs" >"$ROOT/p"; mv "$ROOT/p" "$ROOT/pvs"`,
};
