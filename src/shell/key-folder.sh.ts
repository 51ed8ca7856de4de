// Generated from key-folder.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const keyFolderSh: ShellFile<never> = {
  path: 'shell/key-folder.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Works in ~/.ssh as its user, so that the kernel enforces that user's permissions even if the user swaps a file for a link in
# between. Arguments: verb, home directory, file name, then those of the verb. \`look BLOB CLIENT PROGRAM\` prints how a login with the
# key would end (PROGRAM is that of shell/key-lines.sh) and lists what sshd does not accept, \`read\` prints the file, \`folder\` creates
# the folder, \`add BLOB CLIENT PROGRAM KEY\` adds the key unless a login with it succeeds, \`put MODE\`
# writes standard input, \`remove\` removes the file. The last line is \`done\`, \`read:MODE\` or \`read:absent\`, or
# \`refused:PLACE:KIND:OWNER\` for anything but a regular file or folder of the user.
umask 077
verb=$1 home=$2 name=$3
me=$(id -u)
here=
folder=
refuse() {
  printf '\\nrefused:%s:%s:%s\\n' "$1" "$2" "\${3:-}"
  exit 0
}
kind_of() { if [ -L "$1" ]; then echo link; elif [ -d "$1" ]; then echo folder; elif [ -f "$1" ]; then echo file; elif [ -e "$1" ]; then echo special; else echo none; fi; }
there() {
  kind=$(kind_of "$1")
  case $kind in none) return 1 ;; "$2") ;; *) refuse "$3" "$kind" ;; esac
  [ "$(stat -c %u "$1")" = "$me" ] || refuse "$3" owner "$(stat -c %U "$1")"
}
# lines MODE: reads the lines with the awk program of shell/key-lines.sh.
lines() {
  if [ -n "$here" ]; then cat "$name"; fi | awk -v mode="$1" -v blob="$blob" -v client="$client" -v today="$(date +%Y%m%d)" "$program"
}
with_key() { KEY=$key lines add; }
replace() {
  mode=$1
  shift
  temp=$(mktemp .stackprep.XXXXXX) || exit 1
  if "$@" >"$temp" && chmod "$mode" "$temp" && dd if=/dev/null of="$temp" conv=notrunc,fsync 2>/dev/null && mv -fT "$temp" "$name"; then return; fi
  rm -f "$temp"
  exit 1
}
labels() { command -v restorecon >/dev/null && command -v getenforce >/dev/null && [ "$(getenforce)" != Disabled ]; }
cd "$home" || refuse home unreachable
open=$(find . -maxdepth 0 -perm /022)
if [ "$(stat -c %u .)" != "$me" ] && { [ "$me" = 0 ] || [ -n "$open" ]; }; then refuse home owner "$(stat -c %U .)"; fi
case $verb in
  look) [ -z "$open" ] || echo open ;;
  folder | add | put | remove) [ -z "$open" ] || chmod go-w . || exit 1 ;;
esac
if there .ssh folder folder; then folder=1; fi
case $verb in folder | add | put)
  [ -n "$folder" ] || mkdir .ssh || exit 1
  folder=1
  chmod 0700 .ssh || exit 1
  ;;
esac
if [ -n "$folder" ]; then
  cd -P .ssh || exit 1
  [ "$(stat -c %u .)" = "$me" ] || refuse folder owner "$(stat -c %U .)"
  if there "$name" file file; then here=1; fi
fi
case $verb in
  look)
    blob=$4 client=$5 program=$6
    echo "keys:$(lines look)"
    if [ -n "$here" ]; then
      # Packstack leaves root's folder 0500 and its file 0400 on every host (its prescript_000.py), again and again; sshd accepts
      # that.
      case $me:$(stat -c %a .) in *:700 | 0:500) ;; *) echo folder-mode ;; esac
      case $me:$(stat -c %a "$name") in *:600 | 0:400) ;; *) echo file-mode ;; esac
      if labels && [ -n "$(restorecon -nvR . 2>/dev/null)" ]; then echo label; fi
    fi
    ;;
  read)
    if [ -z "$here" ]; then
      printf '\\nread:absent\\n'
      exit 0
    fi
    cat "$name" || exit 1
    printf '\\nread:%s\\n' "$(stat -c %a "$name")"
    exit 0
    ;;
  add)
    blob=$4 client=$5 program=$6 key=$7
    if [ "$(lines look)" != ok ]; then replace 0600 with_key; fi
    chmod 0600 "$name" || exit 1
    ;;
  put) replace "$4" cat ;;
  remove) if [ -n "$here" ]; then rm -f "$name" || exit 1; fi ;;
esac
case $verb in add | put) if labels; then restorecon -R . || exit 1; fi ;; esac
printf '\\ndone\\n'
`,
};
