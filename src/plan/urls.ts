import { type Message, msg } from '../base/l10n.ts';
import { clusterFor } from '../cluster/for-node.ts';
import type { Cluster, ClusterNode, ExtraRepository } from '../cluster/model.ts';
import { findSystem, type OperatingSystem } from '../data/operating-systems.ts';
import { findRelease } from '../data/releases.ts';
import { epelMirrors, mirrorLists, releaseUrl } from '../data/repositories.ts';
import { type Selection, selectNodes, selectSteps } from './selection.ts';

/** A URL that nodes need during a run, with what it is for. */
export interface NeededUrl {
  readonly url: string;
  readonly why: Message;
  readonly nodes: readonly string[];
}

type Found = Pick<NeededUrl, 'url' | 'why'>;

/** URLs in the commands of a custom step. */
const inCommands = /\b(?:https?|ftp):\/\/[^\s'"`<>|;&()\\]+/g;

function ofExtra({
  id,
  enabled,
  baseurl = [],
  mirrorlist,
  metalink,
  gpgkey,
}: ExtraRepository): readonly Found[] {
  if (enabled === false) return [];
  const keys = (gpgkey ?? '').split(/[\s,]+/).map((url) => ({ url, why: msg('key of {0}', id) }));
  const places = [...baseurl, mirrorlist, metalink].map((url = '') => ({
    url,
    why: msg('repository {0}', id),
  }));
  return [...places, ...keys].filter(({ url }) => url !== '' && !url.startsWith('file:'));
}

/** The repositories of a system: the archive where the mirrors are gone, else what names its mirrors. */
function ofSystem({ repositories: { archive, epel } }: Cluster, os: OperatingSystem): readonly Found[] {
  const gone = os.archive !== undefined && archive !== 'never';
  const url = gone ? (archive === 'auto' ? os.archive : archive) : mirrorLists[os.family];
  const more = epel === 'enabled' ? [{ url: epelMirrors, why: msg('EPEL and its mirrors') }] : [];
  const why = gone
    ? msg('archive of {0}', os.name)
    : os.family === 'rhel'
      ? msg('repositories of {0}', os.name)
      : msg('mirrors of {0}, and the mirrors that it names', os.name);
  return [{ url, why }, ...more];
}

/** The release package of RDO and its repository. */
function ofRelease({ openstack, repositories }: Cluster, os: OperatingSystem): readonly Found[] {
  const release = openstack.release === undefined ? undefined : findRelease(openstack.release);
  if (
    !release ||
    repositories.rdo !== 'enabled' ||
    !os.builds.some((build) => release.builds.includes(build))
  )
    return [];
  if (os.releaseFrom === 'url')
    return [{ url: releaseUrl(release.name, os.el), why: msg('release package of RDO') }];
  // Up to EL8 they are in the archive, too.
  return os.archive === undefined
    ? [{ url: mirrorLists.centos, why: msg('mirrors of RDO, and the mirrors that it names') }]
    : [];
}

function urlsOf(cluster: Cluster, node: ClusterNode, selection: Selection): readonly Found[] {
  const steps = selectSteps(cluster, node, selection);
  const custom = steps.flatMap((step) =>
    [...(step.custom?.run.matchAll(inCommands) ?? [])].map(([url]) => ({
      url,
      why: msg('step {0}', step.id),
    })),
  );
  if (steps.every((step) => step.custom)) return custom;
  const whole = clusterFor(cluster, node);
  const { proxy, repositories, system } = whole;
  const os = system.os === undefined ? undefined : findSystem(system.os);
  const proxies = proxy ? [...new Set([proxy.http, proxy.https ?? proxy.http])] : [];
  const isClosed = repositories.source !== 'system';
  return [
    ...proxies.map((url) => ({ url, why: msg('proxy for all of these') })),
    ...(os && !isClosed ? [...ofSystem(whole, os), ...ofRelease(whole, os)] : []),
    ...(repositories.source === 'satellite'
      ? [{ url: 'https://SATELLITE/', why: msg('the Satellite of its registration') }]
      : []),
    ...repositories.extra.flatMap(ofExtra),
    ...custom,
  ];
}

/** The URLs that the selected steps need as far as the cluster file shows them, each with the nodes that need it. */
export function neededUrls(cluster: Cluster, selection: Selection): readonly NeededUrl[] {
  const found = new Map<string, { readonly why: Message; readonly nodes: Set<string> }>();
  for (const node of selectNodes(cluster, selection))
    for (const { url, why } of urlsOf(cluster, node, selection)) {
      // A login in a URL is not for others to read.
      const shown = url.replace(/^([a-z]+:\/\/)[^/?#@]*@/, '$1');
      const entry = found.get(shown) ?? { why, nodes: new Set() };
      entry.nodes.add(node.name);
      found.set(shown, entry);
    }
  return [...found].map(([url, { why, nodes }]) => ({ url, why, nodes: [...nodes] }));
}
