# shellcheck shell=sh
# Runs a job on the node, detached from every connection; POSIX sh, coreutils and util-linux of CentOS 7. It holds `lock` while it
# lives, and its payload's processes hold `work`; the kernel releases both with the last holder.
sj_dir=$1
cd "$sj_dir" || exit 97
umask 077
exec 3<&0 </dev/null >>log 2>&1 9>>lock
flock -x -w 10 9 || exit 0
mkdir claim 2>/dev/null || exit 0
trap : HUP INT TERM
printf '%s\n' "$$" >claim/pid
cut -d' ' -f5 "/proc/$$/stat" >claim/group
cat /proc/sys/kernel/random/boot_id >claim/boot.t && mv claim/boot.t claim/boot
read -r sj_nonce <nonce
sj_finish() {
  rm -f reserve
  printf '%s\n' "$1" | dd of=rc.t conv=fsync 2>/dev/null
  mv rc.t rc
  exit 0
}
exec 8>>../../node.lock
sj_turn=0
until flock -n 8; do
  [ ! -e cancel ] || sj_finish cancelled
  if [ $((sj_turn % 8)) = 0 ]; then
    sj_who=
    sj_step=
    [ ! -r ../../holder ] || IFS='	' read -r sj_who sj_step _ <../../holder
    printf '@@stackprep:%s\tnotice\tnode-locked\t%s\t%s\n' "$sj_nonce" "$sj_who" "$sj_step"
  fi
  sj_turn=$((sj_turn + 1))
  flock -w 2 8 && break
done
[ ! -e cancel ] || sj_finish cancelled
{
  tr -d '\n' <./who
  printf '\t'
  tr -d '\n' <./step
  printf '\t%s\n' "${sj_dir##*/}"
} >../../holder
(
  exec 7>>work 8>&- 9>&-
  flock -s 7
  umask 022
  cd "${HOME:-/}" 2>/dev/null || cd /
  exec sh "$sj_dir/payload" "$sj_dir" <&3 3<&-
)
sj_rc=$?
# A process killed by a signal may leave a running child; a background process ignores SIGINT.
if [ -e cancel ]; then kill -s TERM 0; fi
if [ "$sj_rc" -ge 126 ] || [ -e cancel ]; then flock -x -w 120 work true; fi
rm -f ../../holder
sj_finish "$sj_rc"
