# shellcheck shell=sh
# Finds `SSH_CONNECTION` again where sudo has removed it (env_reset, sudoers(5)): the processes above still have it, down to the
# login. The steps of the network ask by it which interface carries the link. ASCII.
sp_p=$PPID
while [ -z "${SSH_CONNECTION:-}" ] && [ "${sp_p:-0}" -gt 1 ]; do
  SSH_CONNECTION=$(tr '\000' '\n' 2>/dev/null <"/proc/$sp_p/environ" | sed -n 's/^SSH_CONNECTION=//p')
  sp_p=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$sp_p/status" 2>/dev/null)
done
if [ -n "${SSH_CONNECTION:-}" ]; then export SSH_CONNECTION; fi
