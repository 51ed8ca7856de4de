// Generated from memcached.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const memcachedSh: ShellFile<'memcached_address' | 'memcached_packages'> = {
  path: 'steps/memcached/memcached.sh',
  parameters: ["memcached_address","memcached_packages"],
  text: `# shellcheck shell=sh
# memcached on the node's address. Uses shell/service.sh.
# param memcached_address: its listen address in addition to loopback
# param memcached_packages: its package names, one line per EL version: \`7 memcached python-memcached\`

memcached_file=/etc/sysconfig/memcached

# Prints the wanted value of OPTIONS: other options stay, addresses are replaced.
memcached_render_options() {
  memcached_others=$(sp_env_value "$memcached_file" OPTIONS | awk '
    { for (i = 1; i <= NF; i++) word[++n] = $i }
    END {
      for (i = 1; i <= n; i++) {
        if (word[i] == "-l" || word[i] == "--listen") { i++; continue }
        if (word[i] !~ /^-l./ && word[i] !~ /^--listen=/) printf " %s", word[i]
      }
    }')
  memcached_loop=127.0.0.1
  # If IPv6 is disabled, memcached does not start with an IPv6 address.
  if [ "$(cat /proc/sys/net/ipv6/conf/lo/disable_ipv6 2>/dev/null)" = 0 ]; then memcached_loop=127.0.0.1,::1; fi
  printf -- '-l %s,%s%s' "$memcached_loop" "$memcached_address" "$memcached_others"
}

# Prints the port that its unit and its options set; 11211 by default.
memcached_port() {
  {
    printf 'x --port=%s ' "$(sp_env_value "$memcached_file" PORT)"
    sp_env_value "$memcached_file" OPTIONS
  } | awk '
    { for (i = 1; i <= NF; i++) word[++n] = $i }
    END {
      for (i = 2; i <= n; i++) {
        if (word[i] == "-p" || word[i] == "--port") port = word[++i]
        else if (word[i] ~ /^-p[0-9]/) port = substr(word[i], 3)
        else if (word[i] ~ /^--port=./) port = substr(word[i], 8)
      }
      print port ~ /^[0-9]+$/ ? port : 11211
    }'
}

# Returns 0 if memcached responds at the address.
memcached_answers() {
  # shellcheck disable=SC2016 # the inner shell expands it
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"; printf "version\\r\\n" >&3; read -r line <&3; case $line in VERSION*) ;; *) exit 1;; esac' "$memcached_address" "$(memcached_port)" 2>/dev/null
}

memcached_check() {
  sp_pick_packages "$memcached_packages"
  sp_need_packages || return $?
  sp_missing=0
  sp_need_line "$memcached_file" OPTIONS "$(memcached_render_options)" || sp_missing=1
  sp_need_unit memcached || sp_missing=1
  memcached_number=$(memcached_port)
  if [ "$memcached_number" != 11211 ]; then sp_because memcached-port "$memcached_number" "$memcached_file"; fi
  if ! memcached_answers; then
    sp_because service-not-responding memcached "$memcached_address:$memcached_number"
    sp_missing=1
  fi
  return $sp_missing
}

memcached_apply() {
  sp_pick_packages "$memcached_packages"
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  sp_backup_begin
  sp_backup "$memcached_file"
  sp_backup_unit memcached
  sp_set_line "$memcached_file" OPTIONS "$(memcached_render_options)"
  sp_start memcached
  memcached_tries=0
  until memcached_answers || [ "$memcached_tries" -ge 10 ]; do
    memcached_tries=$((memcached_tries + 1))
    sleep 1
  done
}

memcached_revert() {
  sp_restore first
  sp_restore_units first
  systemctl try-restart memcached
}
`,
};
