import { msg } from '../base/l10n.ts';
import { shortName } from '../cluster/aliases.ts';
import type { Cluster } from '../cluster/model.ts';
import { asUserSh } from '../shell/as-user.sh.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import type { DefinedScript, StepDefinition } from './definition.ts';
import { rabbitName } from './rabbitmq-name.ts';
import { pickPackages, serviceFunctions } from './service.ts';
import { packagesOf, serviceNodes } from './services.ts';

const packages = packagesOf('RabbitMQ');
const nodesOf = serviceNodes('rabbitmq');
const none: ShellText = { shell: '' };

// As rabbitmq, whose folder it is: root would follow whatever that user has put there.
const readCookie = 'cd /var/lib/rabbitmq && [ -f .erlang.cookie ] && head -c 4096 .erlang.cookie';
const writeCookie = `umask 077; cd /var/lib/rabbitmq && t=$(mktemp .stackprep.XXXXXX) || exit 1
cat >"$t" && chmod 0400 "$t" && mv -fT "$t" .erlang.cookie || rm -f "$t"`;

/**
 * rabbitmqctl reads a password from its input since 3.8 (rabbitmq-cli #366). To an older one only the salted hash is told,
 * which is four bytes of salt and the SHA-256 of salt and password.
 */
const functions = sh`${{ shell: asUserSh.text }}
sp_rabbit() { timeout 90 rabbitmqctl -q "$@"; }
sp_rabbit_old() { case $(rpm -q --qf '%{version}' rabbitmq-server) in 3.[0-7].*) return 0;; *) return 1;; esac; }
sp_rabbit_has_user() { printf '%s\\n' "$sp_users" | awk -v user="$1" '$1 == user { found = 1 } END { exit !found }'; }
sp_rabbit_may() { sp_rabbit list_permissions -p / | awk -F '\\t' -v user="$1" '$1 == user && $2 == ".*" && $3 == ".*" && $4 == ".*" { found = 1 } END { exit !found }'; }
sp_bytes() {
  printf %b "$(printf %s "$1" | awk '{ for (i = 1; i < length($0); i += 2) printf "\\\\0%03o", 16 * (index("0123456789abcdef", substr($0, i, 1)) - 1) + index("0123456789abcdef", substr($0, i + 1, 1)) - 1 }')"
}
sp_rabbit_hash() { sp_h=$({ sp_bytes "$2"; sp_secret "$1"; } | sha256sum | cut -c 1-64); sp_bytes "$2$sp_h" | base64 -w 0; }
sp_rabbit_knows() {
  if sp_rabbit_old; then
    sp_stored=$(sp_rabbit eval "{ok, U} = rabbit_auth_backend_internal:lookup_user(<<\\"$1\\">>), binary_to_list(base64:encode(element(3, U)))." | tr -d '"')
    sp_salt=$(printf %s "$sp_stored" | base64 -d | od -An -v -tx1 | tr -d ' \\n' | cut -c 1-8)
    [ "$(sp_rabbit_hash "$2" "$sp_salt")" = "$sp_stored" ]
  else { sp_secret "$2"; echo; } | sp_rabbit authenticate_user "$1" >/dev/null 2>&1; fi
}
sp_rabbit_password() {
  if sp_rabbit_old; then
    sp_hash=$(sp_rabbit_hash "$2" "$(od -An -N4 -tx1 /dev/urandom | tr -d ' \\n')")
    sp_rabbit eval "rabbit_auth_backend_internal:change_password_hash(<<\\"$1\\">>, base64:decode(<<\\"$sp_hash\\">>))."
  else { sp_secret "$2"; echo; } | sp_rabbit change_password "$1"; fi
}
sp_rabbit_add() {
  if sp_rabbit_old; then sp_rabbit add_user "$1" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')"; sp_rabbit_password "$1" "$2"
  else { sp_secret "$2"; echo; } | sp_rabbit add_user "$1"; fi
}
sp_rabbit_cookie() { [ "$(sp_as rabbitmq ${readCookie} sh </dev/null)" = "$(sp_secret "$1")" ]; }
sp_rabbit_with() { sp_rabbit cluster_status | tr -c 'A-Za-z0-9@._-' '\\n' | grep -qxF "rabbit@$(sp_rabbit_name "$1")"; }
sp_given() { sp_secret "$1" >/dev/null 2>&1; }`;

/** What the nodes of a queue on several nodes need beside that of a single one. */
function clusterParts(
  cluster: Cluster,
  name: string,
): { readonly check: ShellText; readonly cookie: ShellText; readonly join: ShellText } {
  const members = nodesOf(cluster);
  const [first = name] = members;
  if (members.length < 2) return { check: none, cookie: none, join: none };
  const secret = cluster.services.rabbitmq?.cookie?.secret;
  if (secret === undefined)
    return {
      check: sh`sp_because secret-unnamed services.rabbitmq.cookie; return 2`,
      cookie: none,
      join: none,
    };
  return {
    check: sh`if [ "$sp_short" != ${shortName(name)} ]; then sp_because hostname-differs "$(uname -n)" ${name}; return 2; fi
if sp_given ${secret} && ! sp_rabbit_cookie ${secret}; then sp_because rabbitmq-cookie-differs; return 1; fi`,
    cookie: sh`case $(sp_secret ${secret}) in
  ''|*[!A-Za-z0-9]*) printf 'the secret %s is not made of letters and digits, as an Erlang cookie has to be\\n' ${secret}; return 1;;
esac
if ! sp_rabbit_cookie ${secret}; then
  systemctl stop rabbitmq-server
  sp_secret ${secret} | sp_as rabbitmq ${writeCookie} sh
  if ! sp_rabbit_cookie ${secret}; then printf 'the cookie could not be written to /var/lib/rabbitmq/.erlang.cookie\\n'; return 1; fi
fi`,
    join:
      first === name
        ? none
        : sh`if ! sp_rabbit_with ${first}; then
  if [ "$(sp_rabbit list_users | awk '$1 != "guest" && $1 != "user"' | wc -l)" != 0 ]; then
    printf 'this RabbitMQ has users of its own: it would lose them by joining %s\\n' ${first}; return 1
  fi
  sp_rabbit stop_app; sp_rabbit reset; sp_rabbit join_cluster "rabbit@$(sp_rabbit_name ${first})"; sp_rabbit start_app
fi`,
  };
}

/** The user with its password and its permissions, as far as the file names a secret for it. */
function userParts(
  user: string,
  secret: string | undefined,
): { readonly check: ShellText; readonly apply: ShellText } {
  if (secret === undefined)
    return {
      check: sh`sp_rabbit_has_user ${user} || { sp_because secret-unnamed services.rabbitmq.password; return 2; }`,
      apply: none,
    };
  return {
    check: sh`if ! sp_rabbit_has_user ${user}; then sp_because rabbitmq-user-missing ${user}; return 1; fi
if sp_given ${secret} && ! sp_rabbit_knows ${user} ${secret}; then sp_because rabbitmq-password-differs ${user}; sp_missing=1; fi`,
    apply: sh`sp_users=$(sp_rabbit list_users)
if ! sp_rabbit_has_user ${user}; then sp_rabbit_add ${user} ${secret}
elif ! sp_rabbit_knows ${user} ${secret}; then sp_rabbit_password ${user} ${secret}; fi`,
  };
}

function script(cluster: Cluster, name: string): DefinedScript {
  const settings = cluster.services.rabbitmq;
  const user = settings?.user ?? 'openstack';
  const own = userParts(user, settings?.password?.secret);
  const many = clusterParts(cluster, name);
  const [first = name] = nodesOf(cluster);
  const shared = lines(
    serviceFunctions,
    functions,
    pickPackages(packages),
    rabbitName(name, nodesOf(cluster)),
  );
  const secrets = [
    settings?.password?.secret,
    nodesOf(cluster).length > 1 ? settings?.cookie?.secret : undefined,
  ];
  return {
    check: lines(
      shared,
      sh`sp_need_packages || return $?
sp_missing=0
getent hosts "$sp_host" >/dev/null || { sp_because name-not-resolved "$sp_host"; sp_missing=1; }`,
      many.check,
      sh`if [ -n "$sp_long" ] && ! sp_rabbit_is_long; then sp_because rabbitmq-short-name "rabbit@$sp_host"; return 1; fi
sp_need_unit rabbitmq-server || return 1
if ! sp_users=$(sp_rabbit list_users); then sp_because service-silent rabbitmq-server "rabbit@$sp_host"; return 1; fi`,
      first === name
        ? none
        : sh`if ! sp_rabbit_with ${first}; then sp_because rabbitmq-alone ${first}; return 1; fi`,
      own.check,
      sh`sp_rabbit_may ${user} || { sp_because rabbitmq-permissions ${user}; sp_missing=1; }
return $sp_missing`,
    ),
    apply: lines(
      shared,
      sh`sp_install $sp_packages
if ! getent hosts "$sp_host" >/dev/null; then printf '%s\\n' "$sp_host does not resolve: RabbitMQ would not start"; return 1; fi
sp_keep_anew rabbitmq
sp_keep_unit rabbitmq rabbitmq-server`,
      many.cookie,
      sh`sp_rabbit_go_long
systemctl enable rabbitmq-server
systemctl -q is-active rabbitmq-server || sp_start rabbitmq-server
sp_t=0; until sp_rabbit list_users >/dev/null 2>&1 || [ $sp_t -ge 30 ]; do sp_t=$((sp_t + 1)); sleep 1; done`,
      many.join,
      own.apply,
      sh`sp_rabbit set_permissions -p / ${user} '.*' '.*' '.*'
sp_rabbit cluster_status`,
    ),
    revert: sh`sp_put_back_units first rabbitmq`,
    secrets: secrets.filter((secret) => secret !== undefined),
    intent: { packages, services: { 'rabbitmq-server': 'enabled' } },
  };
}

export const rabbitmq: StepDefinition = {
  id: 'rabbitmq',
  title: msg('RabbitMQ message queue'),
  what: msg(
    'Installs RabbitMQ, starts it at boot and now, gives its user the password of the named secret and all permissions; on several nodes they get one Erlang cookie, and each joins the first.',
  ),
  why: msg(
    'The components talk through it; guest, the user that it brings along, may log in from its own machine only.',
  ),
  undo: msg(
    'Undo restores the state of the service; packages, users, permissions, the cookie and a full node name stay. By hand: rabbitmqctl delete_user, and rabbitmqctl reset on a node to remove it from the cluster.',
  ),
  drifts: true,
  // The first has to be up before the second can join it.
  serial: true,
  nodes: nodesOf,
  impliedBy: (cluster) => cluster.services.rabbitmq !== undefined,
  script: ({ cluster, node }) => script(cluster, node.name),
};
