import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { OperatingSystem } from '../../data/operating-systems.ts';
import { packstackVersions } from '../../data/packstack.ts';
import { isLater, type Release, type ReleaseStatus } from '../../data/releases.ts';
import { broughtAlong, neededRepositories } from '../../data/repositories.ts';
import type { Source } from '../../data/sources.ts';
import { codes, type Page, sourceLine } from './page.ts';

const statuses: Readonly<Record<ReleaseStatus, Message>> = {
  future: msg('planned'),
  development: msg('in development'),
  maintained: msg('maintained'),
  unmaintained: msg('unmaintained'),
  'end of life': msg('at its end of life'),
};

/** What the status of a release comes to, with its day where one is known. */
export function statusOf({ status, ends }: Release): Message {
  return ends === undefined ? statuses[status] : joined([statuses[status], `(${ends})`], ' ');
}

function onSystem(release: Release, os: OperatingSystem): readonly Message[] {
  if (!os.builds.some((build) => release.builds.includes(build)))
    return [msg('RDO has no packages of it for {0}.', os.name)];
  const vendor = os.family === 'rhel' ? 'rhel' : 'centos';
  const needed = neededRepositories.find((row) => row.el === os.el && row.vendor === vendor);
  const brought = broughtAlong.find(
    ({ el, from, to }) => el === os.el && !isLater(from, release.name) && !isLater(release.name, to),
  );
  const name = `\`centos-release-openstack-${release.name}\``;
  return [
    os.releaseFrom === 'url'
      ? msg('On {0} its repository comes as a release package from RDO.', os.name)
      : msg('On {0} its repository comes with {1}.', os.name, name),
    ...(needed ? [msg('It needs these repositories too: {0}.', codes(needed.repositories))] : []),
    ...(brought ? [msg('It brings along {0}.', codes(brought.packages))] : []),
  ];
}

/** What is known of a release, for the system that the file describes. */
export function explainRelease(release: Release, os: OperatingSystem | undefined): Page {
  const { name, number, released, builds, slurp, el } = release;
  const title = number === undefined ? name : `${name} (${number})`;
  const packstack = own(packstackVersions, name);
  const sources: readonly Source[] = ['REL', 'RI', ...(os ? os.sources : [])];
  return [
    msg('**OpenStack {0}**: released {1}, {2}', title, released, statusOf(release)),
    [
      builds.length === 0
        ? msg('RDO has built no packages of it.')
        : msg('RDO has packages of it for {0}.', el.map((each) => `EL${each}`).join(', ')),
      ...(os && builds.length > 0 ? onSystem(release, os) : []),
      ...(packstack === undefined ? [] : [msg('Its Packstack is {0}.', packstack)]),
      ...(slurp ? [msg('An upgrade may skip the release before it (SLURP).')] : []),
    ],
    plain(`[releases.openstack.org](https://releases.openstack.org/${name}/index.html)`),
    sourceLine(sources),
  ];
}
