# shellcheck shell=sh
# MariaDB as in the installation guide. Uses shell/service.sh.
# param mariadb_packages: its package names, one line per EL version
# param mariadb_bind: its listen address; empty: the node's own in mariadb_network
# param mariadb_network: arguments of `ip addr show` to find it, such as `dev eth1 to 10.0.0.0/24`
# param mariadb_network_name: the network in the cluster file
# param mariadb_settings: lines `name value` of the file and of the running server
# param mariadb_open_files: the required limit for open files, for connections and tables

mariadb_file=/etc/my.cnf.d/openstack.cnf
mariadb_limits=/etc/systemd/system/mariadb.service.d/stackprep.conf

# Prints the wanted listen address; nothing if the node has none in that network.
mariadb_render_bind() {
  if [ -n "$mariadb_bind" ]; then
    printf '%s\n' "$mariadb_bind"
    return
  fi
  # shellcheck disable=SC2086 # arguments
  ip -o addr show scope global $mariadb_network 2>/dev/null | awk '{ sub("/.*", "", $4); print $4; exit }'
}

# mariadb_render_file ADDRESS: prints the wanted file, then an x: the settings in a block at its end, since the last value counts.
mariadb_render_file() {
  mariadb_rest=$(
    # Version 0.1.0 wrote the whole file.
    if [ -e "$mariadb_file" ] && ! head -n 1 "$mariadb_file" | grep -qxF '# Written by Stackprep.'; then sp_without_block "$mariadb_file"; fi
    printf x
  )
  sp_put_block "${mariadb_rest%x}" "$(
    printf '[mysqld]\nbind-address = %s\n' "$1"
    printf '%s\n' "$mariadb_settings" | sed 's/ / = /'
  )$sp_line_end"
}

# Prints the wanted drop-in of its unit, then an x.
mariadb_render_limits() { printf '# Written by Stackprep.\n[Service]\nLimitNOFILE=%s\nx' "$mariadb_open_files"; }

# Since MariaDB 10.6 the three-byte utf8 is called utf8mb3.
mariadb_spelling() { sed 's/^utf8mb3/utf8/' | tr '[:upper:]' '[:lower:]'; }

# mariadb_sql STATEMENT: runs it as root over the socket of the server, which need not be the one that files name for clients.
mariadb_sql() {
  mariadb_socket=$(my_print_defaults mysqld server mariadb mariadbd 2>/dev/null | sed -n 's/^--socket=//p' | tail -n 1)
  "$(command -v mysql || command -v mariadb)" ${mariadb_socket:+"--socket=$mariadb_socket"} --batch --skip-column-names --connect-timeout=10 --user=root --execute="$1"
}

# mariadb_value NAME: prints a variable of the running server from mariadb_answer.
mariadb_value() {
  printf '%s\n' "$mariadb_answer" | awk -F '\t' -v name="$1" '$1 == name { print $2 }' | mariadb_spelling
}

# mariadb_need_variable NAME VALUE: returns 1 with a reason if the running server has another value.
mariadb_need_variable() {
  mariadb_found=$(mariadb_value "$1")
  if [ "$mariadb_found" = "$(printf %s "$2" | mariadb_spelling)" ]; then return 0; fi
  sp_because setting-not-in-effect "$1" "${mariadb_found:-?}" "$2"
  return 1
}

# mariadb_listens ADDRESS
mariadb_listens() {
  ss -ltn | awk '{ print $4 }' | tr -d '[]' | grep -qxF -e "$1:3306" -e "$(case $1 in 0.0.0.0 | ::) printf '*:3306' ;; *) printf '%s' "$1:3306" ;; esac)"
}

# Prints the anonymous users, each as 'user'@'host'.
mariadb_anonymous() { mariadb_sql "SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user WHERE User = ''"; }

# mariadb_need_answers ADDRESS: compares the running server with the cluster file.
mariadb_need_answers() {
  mariadb_answer=$(mariadb_sql "SHOW VARIABLES" 2>&1) || case $mariadb_answer in
    *'Access denied'*)
      sp_because mariadb-root-denied
      return 2
      ;;
    *)
      sp_because service-not-responding mariadb /run
      return 1
      ;;
  esac
  while read -r mariadb_name mariadb_wanted; do
    mariadb_need_variable "$(printf %s "$mariadb_name" | tr - _)" "$mariadb_wanted" || sp_missing=1
  done <<SETTINGS
$mariadb_settings
SETTINGS
  if [ -n "$(mariadb_value bind_address)" ]; then mariadb_need_variable bind_address "$1" || sp_missing=1; fi
  if ! mariadb_listens "$1"; then
    sp_because service-not-responding mariadb "$1:3306"
    sp_missing=1
  fi
  if [ -n "$(mariadb_anonymous)" ]; then
    sp_because mariadb-anonymous-users
    sp_missing=1
  fi
  return "$sp_missing"
}

mariadb_check() {
  sp_pick_packages "$mariadb_packages"
  mariadb_address=$(mariadb_render_bind)
  if [ -z "$mariadb_address" ]; then
    sp_because no-address-in-network "$mariadb_network_name"
    return 2
  fi
  sp_need_packages || return $?
  sp_missing=0
  mariadb_text=$(mariadb_render_file "$mariadb_address")
  sp_need_file "$mariadb_file" "${mariadb_text%x}" || sp_missing=1
  sp_need_unit mariadb || return 1
  mariadb_need_answers "$mariadb_address"
}

mariadb_apply() {
  sp_pick_packages "$mariadb_packages"
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  sp_backup_begin
  sp_backup "$mariadb_file" "$mariadb_limits"
  sp_backup_unit mariadb
  mariadb_text=$(mariadb_render_file "$(mariadb_render_bind)")
  sp_same_file "$mariadb_file" "${mariadb_text%x}" || sp_write_file "$mariadb_file" "${mariadb_text%x}"
  mariadb_limit=$(systemctl show -p LimitNOFILE mariadb)
  case $mariadb_limit in
    *=infinity) ;;
    *)
      if [ "${mariadb_limit#*=}" -lt "$mariadb_open_files" ]; then
        mariadb_text=$(mariadb_render_limits)
        sp_write_file "$mariadb_limits" "${mariadb_text%x}"
      fi
      ;;
  esac
  sp_start mariadb
  mariadb_anonymous | while read -r mariadb_user; do
    mariadb_sql "DROP USER $mariadb_user"
    printf '%s\n' "dropped $mariadb_user"
  done
}

mariadb_revert() {
  sp_restore first
  systemctl daemon-reload
  sp_restore_units first
  systemctl try-restart mariadb
}
