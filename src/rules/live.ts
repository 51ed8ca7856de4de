import { smallest } from '../base/extremes.ts';
import type { NodeFacts } from '../base/facts.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Problem, ProblemCode, Span } from '../base/problem.ts';
import { isNode } from '../cluster/aliases.ts';
import { clusterFor } from '../cluster/for-node.ts';
import { hardwareOf } from '../cluster/links.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { cidrOf, isProvider } from '../cluster/networks.ts';
import { findSystem, type OperatingSystem } from '../data/operating-systems.ts';
import { findRelease } from '../data/releases.ts';
import { answerValues, neededInterfaces } from '../packstack/hosts.ts';
import { currentName } from '../packstack/old-names.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { liveTexts } from './live-texts.ts';
import { systemOfFacts } from './systems.ts';

/** The facts of a node, and when they were read (milliseconds since 1970). */
export interface SeenNode {
  readonly facts: NodeFacts;
  readonly at: number;
}

/** A problem that only the facts of the nodes reveal. */
export interface LiveProblem extends Problem {
  /** The nodes concerned, in the file's order. */
  readonly nodes: readonly string[];
  /** When the oldest of their facts were read, milliseconds since 1970. */
  readonly at: number;
}

const severities = new Map(liveTexts.map(({ code, severity }) => [code, severity]));
const gigabyte = 1_000_000_000;

interface Seen extends SeenNode {
  readonly node: ClusterNode;
}

interface Live {
  readonly cluster: Cluster;
  readonly seen: readonly Seen[];
  readonly at: (...path: readonly (string | number)[]) => Span | undefined;
  /** Reports a problem of some nodes; does nothing for an empty list. */
  readonly report: (
    code: ProblemCode,
    span: Span | undefined,
    nodes: readonly Seen[],
    message: Message,
  ) => void;
}

function names(nodes: readonly Seen[]): string {
  const all = nodes.map(({ node }) => node.name);
  return all.length > 3 ? `${all.slice(0, 3).join(', ')}, …` : all.join(', ');
}

/** Roles whose nodes are on the provider network, according to the installation guide. */
const onProvider: ReadonlySet<string> = new Set(['controller', 'compute', 'network']);

/** Reports nodes with known interfaces that have none of that name. */
function missing({ report }: Live, span: Span | undefined, device: string, nodes: readonly Seen[]): void {
  const there = (nodes[0]?.facts.interfaces ?? []).map((each) => each.name).filter((each) => each !== 'lo');
  report(
    'live-interface-missing',
    span,
    nodes,
    msg(
      'Interface {1} does not exist on {0}. Available interfaces: {2}.',
      names(nodes),
      device,
      there.join(', '),
    ),
  );
}

function isLacking({ facts }: Seen, device: string): boolean {
  return facts.interfaces !== undefined && !facts.interfaces.some(({ name }) => name === device);
}

function interfaces(live: Live): void {
  const { cluster, seen, at } = live;
  const isPackstack = cluster.openstack.installer === 'packstack';
  for (const [name, network] of Object.entries(cluster.networks)) {
    // Packstack adds the provider interfaces to bridges only if its answers say so.
    if (isPackstack && isProvider(name, network)) continue;
    const lacking = new Map<string, Seen[]>();
    for (const each of seen)
      for (const device of hardwareOf(cluster, each.node, name))
        if (isLacking(each, device)) lacking.set(device, [...(lacking.get(device) ?? []), each]);
    for (const [device, nodes] of lacking) {
      const wanted = nodes.filter(({ node }) => {
        if (name === 'management' || own(node.addresses, name)) return true;
        if (name === 'provider') return node.roles.some((role) => onProvider.has(role));
        // The file does not say which nodes any other network is on; only its absence on all nodes is a problem.
        return new Set([...lacking.values()].flat()).size === cluster.nodes.length;
      });
      missing(live, at('networks', name, 'interface') ?? at('networks', name, 'parent'), device, wanted);
    }
  }
  if (isPackstack) answerInterfaces(live);
}

/** The interfaces in Packstack's answers, on the hosts that need them. */
function answerInterfaces(live: Live): void {
  const { cluster, seen, at } = live;
  const needed = neededInterfaces(answerValues(cluster));
  const written = new Map(Object.keys(cluster.packstack).map((key) => [currentName(key), key]));
  for (const id of new Set(needed.map(({ key, device }) => `${key} ${device}`))) {
    const [key = '', device = ''] = id.split(' ');
    const hosts = needed.filter((each) => each.key === key && each.device === device).map(({ host }) => host);
    const nodes = seen.filter(
      (each) => isLacking(each, device) && hosts.some((host) => isNode(each.node, host, cluster.nodes)),
    );
    const answer = written.get(key);
    const network = Object.entries(cluster.networks).find((each) => each[1].interface === device)?.[0] ?? '';
    missing(
      live,
      answer === undefined ? at('networks', network, 'interface') : at('packstack', answer),
      device,
      nodes,
    );
  }
}

function addresses({ cluster, seen, at, report }: Live): void {
  const elsewhere = new Map<string, Seen[]>();
  for (const each of seen) {
    const { address = '', span } = each.node;
    const { management } = clusterFor(cluster, each.node).networks;
    const there = each.facts.interfaces;
    if (!management || !cidrOf(management, address)) continue;
    if (!there?.some((one) => one.addresses.length > 0)) continue;
    const holder = there.find((one) => one.addresses.includes(address));
    if (!holder)
      report(
        'live-address-missing',
        span,
        [each],
        msg('{0} does not have the address {1}.', each.node.name, address),
      );
    // A bridge takes over the address of its interface.
    else if (
      management.interface !== undefined &&
      holder.name !== management.interface &&
      !/^(?:br|vbr|ovs)/.test(holder.name)
    )
      elsewhere.set(`${holder.name} ${management.interface}`, [
        ...(elsewhere.get(`${holder.name} ${management.interface}`) ?? []),
        each,
      ]);
  }
  for (const [pair, nodes] of elsewhere) {
    const [holder = '', device = ''] = pair.split(' ');
    report(
      'live-address-on-other-interface',
      at('networks', 'management', 'interface'),
      nodes,
      msg('The address of {0} is on {1}, not on {2}.', names(nodes), holder, device),
    );
  }
}

/** Reports the nodes that have another system than the file says, by what it says. */
function reportOther(
  { cluster, at, report }: Live,
  nodes: readonly Seen[],
  { os, osName }: { readonly os: OperatingSystem | undefined; readonly osName: string },
): void {
  const byText = new Map<string, Seen[]>();
  for (const each of nodes) {
    const id = each.node.own?.system?.os ?? cluster.system.os;
    if (!os || id === undefined || id === os.id) continue;
    byText.set(id, [...(byText.get(id) ?? []), each]);
  }
  for (const [id, differing] of byText)
    report(
      'live-os-differs',
      id === cluster.system.os ? at('system', 'os') : differing[0]?.node.span,
      differing,
      msg('{0} runs {1}, not {2}.', names(differing), osName, findSystem(id)?.name ?? id),
    );
}

function systems(live: Live): void {
  const { cluster, seen, at, report } = live;
  const release =
    cluster.openstack.release === undefined ? undefined : findRelease(cluster.openstack.release);
  const { rdo, extra } = cluster.repositories;
  const isWanted = rdo === 'enabled' && cluster.steps.some(({ id }) => id === 'repositories');
  const groups = new Map<string, Seen[]>();
  for (const each of seen)
    if (each.facts.osId !== '')
      groups.set(each.facts.osName, [...(groups.get(each.facts.osName) ?? []), each]);
  for (const [osName, nodes] of groups) {
    const [first] = nodes;
    const os = first && systemOfFacts(first.facts);
    if (first?.facts.el === undefined)
      report(
        'live-os-unsupported',
        first?.node.span,
        nodes,
        msg('{0} runs {1}, which RDO has no packages for.', names(nodes), osName),
      );
    else reportOther(live, nodes, { os, osName });
    if (!release || !os || !isWanted || release.builds.length === 0 || extra.length > 0) continue;
    if (!release.builds.some((build) => os.builds.includes(build)))
      report(
        'live-release-not-for-os',
        at('openstack', 'release'),
        nodes,
        msg('{0} runs {1}, which RDO has no {2} packages for.', names(nodes), osName, release.name),
      );
  }
}

function memory({ cluster, seen, report }: Live): void {
  const isPackstack = cluster.openstack.installer === 'packstack';
  for (const each of seen) {
    const has = each.facts.memory;
    const { roles, name, span } = each.node;
    const isController = roles.includes('controller');
    const minimum = isController ? (isPackstack ? 16 : 4) : roles.includes('compute') ? 2 : 0;
    // The kernel reserves some memory; a tenth less is acceptable.
    if (has === undefined || has >= minimum * gigabyte * 0.9) continue;
    const text = (has / gigabyte).toFixed(1);
    report(
      'live-memory-low',
      span,
      [each],
      msg('{0} has {1} GB of memory. The guide requires at least {2} GB.', name, text, minimum),
    );
  }
}

/** Problems of a file that the facts of its nodes reveal; nodes and facts that are not known are skipped. */
export function liveProblems(
  { cluster, reading }: { readonly cluster: Cluster; readonly reading: Reading },
  known: ReadonlyMap<string, SeenNode>,
): readonly LiveProblem[] {
  const problems: LiveProblem[] = [];
  const seen = cluster.nodes.flatMap((node) => {
    const found = known.get(node.name);
    return found ? [{ node, ...found }] : [];
  });
  const live: Live = {
    cluster,
    seen,
    at: (...path) => reading.places.get(pathKey(...path))?.value,
    report: (code, span, nodes, message) => {
      const severity = severities.get(code);
      if (!span || nodes.length === 0 || severity === undefined) return;
      const at = smallest(nodes.map((each) => each.at));
      problems.push({ code, severity, span, message, nodes: nodes.map(({ node }) => node.name), at });
    },
  };
  for (const context of [interfaces, addresses, systems, memory]) context(live);
  return problems.sort((a, b) => a.span.start - b.span.start);
}
