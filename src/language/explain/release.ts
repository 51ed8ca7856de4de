import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { asOf } from '../../data/as-of.ts';
import type { OperatingSystem } from '../../data/operating-systems.ts';
import { packstackVersions } from '../../data/packstack.ts';
import { isLater, type Release, type ReleaseStatus } from '../../data/releases.ts';
import { includedPackages, neededRepositories } from '../../data/repositories.ts';
import type { Source } from '../../data/sources.ts';
import { codes, type Page, sourceLine } from './page.ts';

const statuses: Readonly<Record<ReleaseStatus, Message>> = {
  future: msg('planned'),
  development: msg('in development'),
  maintained: msg('maintained'),
  unmaintained: msg('unmaintained'),
  'end of life': msg('end of life'),
};

/** The status of a release on the day of the tables, with the days of its next phases; the reader compares them with today. */
export function statusOf(release: Release): Message {
  const { status, ends, unmaintained } = release;
  const now = statuses[status];
  if (status === 'end of life') return ends === undefined ? now : joined([now, `(${ends})`], ' ');
  const phases = [
    ...(unmaintained === undefined ? [] : [msg('unmaintained from {0}', unmaintained)]),
    ...(ends === undefined ? [] : [msg('end of life {0}', ends)]),
  ];
  return joined([now, msg('as of {0}', asOf.releases), ...phases], ', ');
}

function onSystem(release: Release, os: OperatingSystem): readonly Message[] {
  if (!os.builds.some((build) => release.builds.includes(build)))
    return [msg('RDO has no packages for it on {0}.', os.name)];
  const vendor = os.family === 'rhel' ? 'rhel' : 'centos';
  const needed = neededRepositories.find((row) => row.el === os.el && row.vendor === vendor);
  const brought = includedPackages.find(
    ({ el, from, to }) => el === os.el && !isLater(from, release.name) && !isLater(release.name, to),
  );
  const name = codes([`centos-release-openstack-${release.name}`]);
  return [
    os.releaseFrom === 'url'
      ? msg('On {0}, a release package from RDO adds its repository.', os.name)
      : msg('On {0}, {1} adds its repository.', os.name, name),
    ...(needed ? [msg('Also requires these repositories: {0}.', codes(needed.repositories))] : []),
    ...(brought ? [msg('Also installs {0}.', codes(brought.packages))] : []),
  ];
}

/** The explanation of a release, for the operating system given in the file. */
export function explainRelease(release: Release, os: OperatingSystem | undefined): Page {
  const { name, number, released, builds, slurp, el } = release;
  const title = number === undefined ? name : `${name} (${number})`;
  const packstack = own(packstackVersions, name);
  const sources: readonly Source[] = ['REL', 'RI', ...(os ? os.sources : [])];
  return [
    msg('**OpenStack {0}**: released {1}, {2}', title, released, statusOf(release)),
    [
      builds.length === 0
        ? msg('RDO built no packages for it.')
        : msg('RDO has packages for {0}.', el.map((each) => `EL${each}`).join(', ')),
      ...(os && builds.length > 0 ? onSystem(release, os) : []),
      ...(packstack === undefined ? [] : [msg('Packstack version: {0}.', packstack)]),
      ...(slurp ? [msg('Upgrades may skip the release before it (SLURP).')] : []),
    ],
    plain(`[releases.openstack.org](https://releases.openstack.org/${name}/index.html)`),
    sourceLine(sources),
  ];
}
