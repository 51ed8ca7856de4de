import { shortName } from '../cluster/aliases.ts';
import { lines, type ShellText, sh, words } from '../shell/command.ts';

/**
 * Shell functions about the name of the queue on a node. RabbitMQ calls itself `rabbit@` and the first label of the host name
 * unless USE_LONGNAME is set in rabbitmq-env.conf (rabbitmq.com/docs/configure), and all nodes of a cluster have one form.
 * `sp_rabbit_form` sets `sp_long` where the full names are in use, or needed: where the first labels are not enough to tell the
 * nodes apart, or do not resolve while the full names do. `sp_rabbit_name NAME` prints a node's name in that form.
 */
const functions = sh`sp_rabbit_env=/etc/rabbitmq/rabbitmq-env.conf
sp_rabbit_is_long() { grep -qE '^[ 	]*(export[ 	]+)?(RABBITMQ_)?USE_LONGNAME=["'\\'']?true' "$sp_rabbit_env" 2>/dev/null; }
sp_resolve() { for sp_a; do getent hosts "$sp_a" >/dev/null || return 1; done; }
sp_rabbit_name() {
  if [ -z "$sp_long" ]; then printf '%s\\n' "\${1%%.*}"; return; fi
  case $1 in *.*) printf '%s\\n' "$1";; *) getent hosts "$1" | awk '{ print $2; exit }';; esac
}
sp_rabbit_go_long() {
  if [ -z "$sp_long" ] || sp_rabbit_is_long; then return 0; fi
  if systemctl -q is-active rabbitmq-server; then
    if [ "$(sp_rabbit list_users | awk '$1 != "guest" && $1 != "user"' | wc -l)" != 0 ]; then
      printf '%s\\n' "this RabbitMQ has users of its own: it would lose them by calling itself rabbit@$sp_host"; return 1
    fi
    systemctl stop rabbitmq-server
  fi
  sp_set_line "$sp_rabbit_env" USE_LONGNAME true
  sp_set_line "$sp_rabbit_env" NODENAME "rabbit@$sp_host"
}`;

/** The functions, and shell that sets `sp_short`, `sp_long` and `sp_host`, the host in the queue's name on this node. */
export function rabbitName(name: string, members: readonly string[]): ShellText {
  const all = members.length === 0 ? [name] : members;
  const shorts = all.map(shortName);
  const clash = new Set(shorts).size < all.length;
  const couldBeLong = all.every((each) => each.includes('.'));
  const form = !couldBeLong
    ? sh`:`
    : clash
      ? sh`sp_long=1`
      : sh`if [ -z "$sp_long" ] && [ ! -d "/var/lib/rabbitmq/mnesia/rabbit@$sp_short" ] && ! sp_resolve ${words(shorts)} && sp_resolve ${words(all)}; then sp_long=1; fi`;
  return lines(
    functions,
    sh`sp_short=$(uname -n); sp_short=\${sp_short%%.*}
sp_long=; if sp_rabbit_is_long; then sp_long=1; fi`,
    form,
    sh`sp_host=$sp_short; if [ -n "$sp_long" ]; then sp_host=$(sp_rabbit_name ${name}); fi`,
  );
}
