import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { findSystem, type OsId } from '../../data/operating-systems.ts';
import { packstackVersions } from '../../data/packstack.ts';
import { type Build, type Release, releases } from '../../data/releases.ts';

/** A release on a system that it has packages for, as it is offered for a new cluster file. */
export interface ReleaseChoice {
  readonly release: string;
  readonly os: OsId;
  readonly label: string;
  readonly about: Message;
  /** The version of its Packstack; undefined if it has none. */
  readonly packstack?: string;
}

/** The system that each build was made for. */
const systemOf: Readonly<Record<Build, OsId>> = {
  el7: 'centos-7',
  el8: 'centos-8',
  el8s: 'centos-stream-8',
  el9s: 'centos-stream-9',
};

function systemName(os: OsId): string {
  return findSystem(os)?.name ?? os;
}

function aboutOf({ status, ends }: Release): Message {
  if (status === 'maintained') return msg('maintained');
  if (status === 'unmaintained') return msg('unmaintained: security fixes by volunteers only');
  return ends === undefined ? msg('end of life') : msg('end of life since {0}', ends);
}

function choiceOf(release: Release, build: Build): ReleaseChoice {
  const { name, number } = release;
  const os = systemOf[build];
  const packstack = own(packstackVersions, name);
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  return {
    ...{ release: name, os, label: number === undefined ? title : `${title} (${number})` },
    about: joined([plain(systemName(os)), aboutOf(release)], ', '),
    ...(packstack === undefined ? {} : { packstack }),
  };
}

/** The releases with packages, newest first; each with every system that has them. */
export const releaseChoices: readonly ReleaseChoice[] = [...releases]
  .reverse()
  .flatMap((release) => [...release.builds].reverse().map((build) => choiceOf(release, build)));
