import { msg } from '../base/l10n.ts';
import { isIpv4, isIpv6 } from '../cluster/address.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { lines, sh, words } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';
import { pickPackages, serviceFunctions } from './service.ts';
import { packagesOf, serviceNodes } from './services.ts';

const packages = packagesOf('chrony');
const serversOf = serviceNodes('chrony');

/** What a node asks for the time, and whom it answers. */
interface TimeSources {
  readonly servers: readonly string[];
  readonly allow: readonly string[];
}

/** The time servers of the cluster ask those of the file; every other node asks them. */
function sourcesOf(cluster: Cluster, node: ClusterNode): TimeSources {
  const names = serversOf(cluster);
  const settings = cluster.services.chrony;
  const others = cluster.nodes.filter(({ name }) => !names.includes(name));
  if (names.length === 0 || names.includes(node.name)) {
    const range = settings?.allow ?? cluster.networks.management?.cidr;
    const allow = range === undefined ? others.map(({ address }) => address) : [range];
    return {
      servers: settings?.servers ?? [],
      allow: others.length === 0 || names.length === 0 ? [] : allow,
    };
  }
  const servers = cluster.nodes.filter(({ name }) => names.includes(name));
  return { servers: servers.map(({ address }) => address), allow: [] };
}

const functions = sh`sp_chrony_sources() { chronyc -n sources 2>/dev/null | awk '/^[\\^=#]/ { print $2 }'; }
sp_chrony_has() {
  sp_sources=$(sp_chrony_sources)
  if [ -z "$sp_sources" ]; then return 1; fi
  for sp_a; do printf '%s\\n' "$sp_sources" | grep -qxF "$sp_a" || return 1; done
}
sp_chrony_chosen() { chronyc -n sources 2>/dev/null | grep -q '^^\\*'; }`;

export const chrony: StepDefinition = {
  id: 'chrony',
  title: msg('Time by chrony'),
  what: msg(
    'Installs chrony; the controllers use the time servers of the file and serve the other nodes. Other server, pool and peer lines of /etc/chrony.conf become comments; chronyd starts at boot and now, and must list its sources.',
  ),
  why: msg(
    'Tokens expire by the clock and compute nodes count as down by it; the nodes must agree on the time.',
  ),
  undo: msg(
    'Undo restores /etc/chrony.conf and the state of chronyd; the package stays. By hand: remove the marked block and the comment signs, then restart chronyd.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.services.chrony !== undefined,
  script: ({ cluster, node }) => {
    const { servers, allow } = sourcesOf(cluster, node);
    const block = [
      ...servers.map((server) => `server ${server} iburst\n`),
      ...allow.map((range) => `allow ${range}\n`),
    ].join('');
    const literal = servers.filter((server) => isIpv4(server) || isIpv6(server));
    const listed = sh`sp_chrony_has ${words(literal)}`;
    const shared = lines(serviceFunctions, functions, pickPackages(packages));
    const wanted = sh`sp_wanted=$(sp_with_block /etc/chrony.conf ${servers.length > 0 ? '^[ \\t]*(server|pool|peer)[ \\t]' : ''} ${block}); sp_wanted=\${sp_wanted%x}`;
    return {
      check: sh`${shared}
sp_need_packages || return $?
sp_missing=0
if [ -e /etc/chrony.conf ]; then
  ${wanted}
  sp_need_file /etc/chrony.conf "$sp_wanted" || sp_missing=1
else sp_because file-missing /etc/chrony.conf; sp_missing=1; fi
sp_need_unit chronyd || sp_missing=1
${listed} || { sp_because chrony-without-source ${servers.join(', ')}; sp_missing=1; }
return $sp_missing`,
      apply: sh`${shared}
sp_install $sp_packages
sp_keep_anew chrony
sp_keep chrony /etc/chrony.conf
sp_keep_unit chrony chronyd
[ -e /etc/chrony.conf ] || printf 'driftfile /var/lib/chrony/drift\\nmakestep 1.0 3\\nrtcsync\\n' >/etc/chrony.conf
${wanted}
sp_same_file /etc/chrony.conf "$sp_wanted" || sp_write_file /etc/chrony.conf "$sp_wanted"
sp_start chronyd
sp_t=0; until ${listed} || [ $sp_t -ge 15 ]; do sp_t=$((sp_t + 1)); sleep 1; done
chronyc -n sources
sp_chrony_chosen || sp_emit notice chrony-not-synchronised`,
      revert: sh`sp_put_back first chrony
sp_put_back_units first chrony
systemctl try-restart chronyd`,
      intent: { packages, files: ['/etc/chrony.conf'], services: { chronyd: 'enabled' } },
    };
  },
};
