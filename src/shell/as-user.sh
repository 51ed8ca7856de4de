# shellcheck shell=sh
# sp_as USER SCRIPT NAME [ARG…]: runs shell text as another user, without terminal, environment or file descriptors of this
# script, for at most a minute; its output is foreign input. runuser is in util-linux of CentOS 7.
sp_as() {
  (
    cd /
    sp_u=$1
    shift
    set -- env -i "PATH=$PATH" LC_ALL=C sh -c "$@"
    if [ "$(id -u "$sp_u")" != "$(id -u)" ]; then set -- runuser -u "$sp_u" -- "$@"; fi
    exec timeout -k 5 60 setsid "$@" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
  ) | timeout -k 5 70 head -c 4194304
}
