import { msg } from '../base/l10n.ts';
import { isIpv4, isIpv6 } from '../cluster/address.ts';
import { parseCidr } from '../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { lines, type ShellText, sh, words } from '../shell/command.ts';
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

/** A host name or an address, as chronyd reads it; a value with more in it would end up as words of the line, or as lines of its own. */
function isHost(text: string): boolean {
  return (
    (text.length <= 255 && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?$/.test(text)) ||
    isIpv6(text.replace(/%[A-Za-z0-9._-]+$/, ''))
  );
}

/** What chronyd reads behind `allow` without asking anybody: a range, an address or the first parts of one, or `all`. */
function isRange(text: string): boolean {
  if (text === 'all' || parseCidr(text) || isIpv4(text) || isIpv6(text)) return true;
  return /^\d{1,3}(?:\.\d{1,3}){0,2}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

/** A host name behind `allow`, which chronyd resolves when it starts, and does not start without. */
function isRangeName(text: string): boolean {
  return isHost(text) && /^[A-Za-z]/.test(text) && text !== 'all';
}

/** Ends a function with a reason where a value would break chronyd's file; nothing has been changed then. */
function refusal({ servers, allow }: TimeSources): ShellText {
  const wrong = [
    ...servers.filter((text) => !isHost(text)).map((text) => ['servers', text] as const),
    ...allow.filter((text) => !isRange(text) && !isRangeName(text)).map((text) => ['allow', text] as const),
  ];
  const shown = (text: string) => text.replace(/[\s\p{C}]+/gu, ' ').slice(0, 80);
  const refuse = (key: string, text: string) =>
    sh`{ sp_emit "$sp_tell" chrony-value-refused ${key} ${shown(text)}; return 2; }`;
  return lines(
    ...wrong.map(([key, text]) => refuse(key, text)),
    ...allow
      .filter(isRangeName)
      .map((text) => sh`getent hosts ${text} >/dev/null || ${refuse('allow', text)}`),
  );
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
    const sources = sourcesOf(cluster, node);
    const { servers, allow } = sources;
    const block = [
      ...servers.map((server) => `server ${server} iburst\n`),
      ...allow.map((range) => `allow ${range}\n`),
    ].join('');
    const literal = servers.filter((server) => isIpv4(server) || isIpv6(server));
    const listed = sh`sp_chrony_has ${words(literal)}`;
    const shared = lines(serviceFunctions, functions, pickPackages(packages));
    const wanted = sh`sp_wanted=$(sp_with_block /etc/chrony.conf ${servers.length > 0 ? '^[ \\t]*(server|pool|peer)[ \\t]' : ''} ${block}); sp_wanted=\${sp_wanted%x}`;
    return {
      check: sh`sp_tell=because
${refusal(sources)}
${shared}
sp_need_packages || return $?
sp_missing=0
if [ -e /etc/chrony.conf ]; then
  ${wanted}
  sp_need_file /etc/chrony.conf "$sp_wanted" || sp_missing=1
else sp_because file-missing /etc/chrony.conf; sp_missing=1; fi
sp_need_unit chronyd || sp_missing=1
${listed} || { sp_because chrony-without-source ${servers.join(', ')}; sp_missing=1; }
return $sp_missing`,
      apply: sh`sp_tell=notice
${refusal(sources)}
${shared}
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
