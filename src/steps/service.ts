import type { El } from '../base/facts.ts';
import type { Cluster } from '../cluster/model.ts';
import { nodesOn } from '../cluster/on.ts';
import { type PackageNames, packageRows } from '../data/packages.ts';
import type { ShellText } from '../shell/command.ts';
import { quote, sh } from '../shell/command.ts';

/** The nodes of a service: those of its `on`, which is the role controller unless the file says otherwise. */
export function serviceNodes(service: keyof Cluster['services']): (cluster: Cluster) => readonly string[] {
  return (cluster) => nodesOn(cluster.nodes, cluster.services[service]?.on ?? 'controller');
}

/** The package names of things of the package table. */
export function packagesOf(...things: readonly string[]): readonly PackageNames[] {
  return things.map((thing) => {
    const row = packageRows.find((each) => each.thing === thing);
    if (!row) throw new Error(`The table of packages has no ${thing}`);
    return row.names;
  });
}

/** Shell that sets `sp_packages` to the names for the node's generation, or to nothing where one of them has none. */
export function pickPackages(packages: readonly PackageNames[]): ShellText {
  const generations: readonly El[] = [7, 8, 9, 10];
  const cases = generations.flatMap((el) => {
    const names = packages.flatMap((each) => each[el] ?? []);
    return names.length === packages.length ? [`${el}) sp_packages=${quote(names.join(' '))};; `] : [];
  });
  return { shell: `sp_packages=; case $sp_el in ${cases.join('')}esac` };
}

/**
 * Shell functions of the steps that set services up. `sp_install` never takes a package from EPEL and does not believe
 * yum 3, which ends well with a name missing. `sp_with_block FILE PATTERN BLOCK` prints the file with the lines that match
 * turned into comments and one marked block at its end.
 */
export const serviceFunctions = sh`sp_need_packages() {
  if [ -z "$sp_packages" ]; then sp_because no-package-for-system "\${sp_os_id:-?} \${sp_os_version:-?}"; return 2; fi
  sp_absent=0
  for sp_package in $sp_packages; do sp_need_package "$sp_package" || sp_absent=1; done
  return $sp_absent
}
sp_install() {
  if sp_yum -q repolist enabled | grep -q '^!\\{0,1\\}epel'; then sp_yum -y --disablerepo='epel*' install "$@"; else sp_yum -y install "$@"; fi
  for sp_package; do
    if ! sp_installed "$sp_package"; then printf '%s\\n' "$sp_package is still not installed"; return 1; fi
  done
}
sp_start() {
  systemctl daemon-reload; systemctl enable "$1"
  if ! systemctl restart "$1"; then journalctl --no-pager -n 20 -u "$1"; return 1; fi
}
sp_connects() { timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; }
sp_with_block() {
  awk -v drop="$2" '/^# BEGIN stackprep/ { skip = 1 } skip { if (/^# END stackprep/) skip = 0; next } drop != "" && $0 ~ drop { print "#" $0; next } { print }' "$1"
  printf '# BEGIN stackprep\\n%s# END stackprep\\nx' "$3"
}`;
