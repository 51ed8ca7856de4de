import { msg } from '../base/l10n.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import { bindAddress } from './bind-address.ts';
import type { StepContext, StepDefinition } from './definition.ts';
import { pickPackages, serviceFunctions } from './service.ts';
import { packagesOf, serviceNodes } from './services.ts';

const packages = packagesOf('MariaDB client', 'MariaDB server', 'MySQL driver');
const file = '/etc/my.cnf.d/openstack.cnf';
const limits = '/etc/systemd/system/mariadb.service.d/stackprep.conf';

/** The guide's settings by their names in the file and in the running server. */
function settingsOf({ cluster }: StepContext): readonly (readonly [string, string])[] {
  const settings = cluster.services.mariadb;
  const collation = settings?.collation ?? 'utf8_general_ci';
  return [
    ['default-storage-engine', 'innodb'],
    ['innodb_file_per_table', 'on'],
    ['max_connections', String(settings?.['max-connections'] ?? 4096)],
    ['collation-server', collation],
    ['character-set-server', collation.split('_')[0] ?? collation],
  ];
}

/** MariaDB from 10.6 on calls the three-byte utf8 utf8mb3. */
const functions = sh`sp_like_mariadb() { sed 's/^utf8mb3/utf8/' | tr '[:upper:]' '[:lower:]'; }
sp_sql() { "$(command -v mysql || command -v mariadb)" --batch --skip-column-names --connect-timeout=10 --user=root --execute="$1"; }
sp_mariadb_value() {
  printf '%s\\n' "$sp_answer" | awk -F '\\t' -v name="$1" '$1 == name { print $2 }' | sp_like_mariadb
}
sp_need_variable() {
  sp_value=$(sp_mariadb_value "$1")
  if [ "$sp_value" = "$(printf %s "$2" | sp_like_mariadb)" ]; then return 0; fi
  sp_because setting-not-in-effect "$1" "\${sp_value:-?}" "$2"; return 1
}
sp_mariadb_listens() {
  ss -ltn | awk '{ print $4 }' | tr -d '[]' | grep -qxF -e "$1:3306" -e "$(case $1 in 0.0.0.0|::) printf '*:3306';; *) printf '%s' "$1:3306";; esac)"
}
sp_mariadb_anonymous() { sp_sql "SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user WHERE User = ''"; }`;

function answered(context: StepContext): ShellText {
  const variables = settingsOf(context).map(
    ([name, value]) => sh`sp_need_variable ${name.replaceAll('-', '_')} ${value} || sp_missing=1`,
  );
  return lines(
    sh`sp_answer=$(sp_sql "SHOW VARIABLES" 2>&1) || case $sp_answer in
  *'Access denied'*) sp_because mariadb-refuses-root; return 2;;
  *) sp_because service-silent mariadb /run; return 1;;
esac`,
    ...variables,
    sh`if [ -n "$(sp_mariadb_value bind_address)" ]; then sp_need_variable bind_address "$sp_bind" || sp_missing=1; fi
sp_mariadb_listens "$sp_bind" || { sp_because service-silent mariadb "$sp_bind:3306"; sp_missing=1; }
if [ -n "$(sp_mariadb_anonymous)" ]; then sp_because mariadb-anonymous-users; sp_missing=1; fi`,
  );
}

export const mariadb: StepDefinition = {
  id: 'mariadb',
  title: msg('MariaDB database'),
  what: msg(
    'Installs MariaDB and the Python driver, writes /etc/my.cnf.d/openstack.cnf as the installation guide says (bind-address, InnoDB, max_connections, utf8), starts the server at boot and now, drops users without a name, and compares the running server’s variables with the file.',
  ),
  why: msg(
    'Every component but Swift keeps its data in it; with the defaults it runs out of connections, and a user without a name catches the logins of others.',
  ),
  undo: msg(
    'Undoing takes openstack.cnf away and puts the state of the service back; packages, data and dropped nameless users stay as they are.',
  ),
  drifts: true,
  nodes: serviceNodes('mariadb'),
  impliedBy: (cluster) => cluster.services.mariadb !== undefined,
  script: (context) => {
    const { cluster, node } = context;
    const settings = settingsOf(context);
    const tail = settings.map(([name, value]) => `${name} = ${value}\n`).join('');
    const bind = cluster.services.mariadb?.['bind-address'];
    const shared = lines(
      serviceFunctions,
      functions,
      pickPackages(packages),
      bindAddress(cluster, node, bind),
      sh`sp_wanted=${'# Written by Stackprep.\n[mysqld]\nbind-address = '}"$sp_bind"${`\n${tail}`}`,
    );
    // The server gives itself fewer connections where it may not open so many files: 10, the connections, two tables each of 2000.
    const files = Number(cluster.services.mariadb?.['max-connections'] ?? 4096) + 4011;
    return {
      check: sh`${shared}
if [ -z "$sp_bind" ]; then sp_because no-address-in-network ${bind ?? ''}; return 2; fi
sp_need_packages || return $?
sp_missing=0
sp_need_file ${file} "$sp_wanted" || sp_missing=1
sp_need_unit mariadb || return 1
${answered(context)}
return $sp_missing`,
      apply: sh`${shared}
sp_install $sp_packages
sp_keep_anew mariadb
sp_keep mariadb ${file} ${limits}
sp_keep_unit mariadb mariadb
sp_same_file ${file} "$sp_wanted" || sp_write_file ${file} "$sp_wanted"
sp_limit=$(systemctl show -p LimitNOFILE mariadb)
case $sp_limit in
  *=infinity) ;;
  *) if [ "\${sp_limit#*=}" -lt ${files} ]; then sp_write_file ${limits} ${`# Written by Stackprep.\n[Service]\nLimitNOFILE=${files}\n`}; fi;;
esac
sp_start mariadb
sp_mariadb_anonymous | while read -r sp_user; do sp_sql "DROP USER $sp_user"; printf '%s\\n' "dropped $sp_user"; done`,
      revert: sh`sp_put_back first mariadb
systemctl daemon-reload
sp_put_back_units first mariadb
systemctl try-restart mariadb`,
      intent: { packages, files: [file], services: { mariadb: 'enabled' } },
    };
  },
};
