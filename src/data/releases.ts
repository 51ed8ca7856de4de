import type { El } from '../base/facts.ts';
import { own } from '../base/own.ts';

export type ReleaseStatus = 'future' | 'development' | 'maintained' | 'unmaintained' | 'end of life';

/** The target of a CloudSIG release repository: el8 is CentOS Linux 8, el8s and el9s are the Streams. */
export type Build = 'el7' | 'el8' | 'el8s' | 'el9s';

/** One OpenStack release; sources: REL (dates, SLURP, and the status on the day of `asOf.releases`), RI and CRO (builds). */
export interface Release {
  /** Code name, as in `centos-release-openstack-<name>`. */
  readonly name: string;
  /** Year and ordinal, since Antelope. */
  readonly number?: string;
  /** Year-month-day; the planned date if the status is future or development. */
  readonly released: string;
  readonly status: ReleaseStatus;
  /** Day of the end of life, past or planned, if known. */
  readonly ends?: string;
  /** First day without maintenance by the project, if it is planned. */
  readonly unmaintained?: string;
  /** Whether an upgrade may skip the previous release. */
  readonly slurp: boolean;
  readonly builds: readonly Build[];
  /** Enterprise Linux generations with an RDO release repository. */
  readonly el: readonly El[];
}

const generation: Readonly<Record<Build, El>> = { el7: 7, el8: 8, el8s: 8, el9s: 9 };

type Row = readonly [
  name: string,
  number: string,
  released: string,
  status: ReleaseStatus,
  ends: string,
  slurp: 'slurp' | '',
  ...builds: readonly Build[],
];

const rows: readonly Row[] = [
  ['austin', '', '2010-10-21', 'end of life', '', ''],
  ['bexar', '', '2011-02-03', 'end of life', '', ''],
  ['cactus', '', '2011-04-15', 'end of life', '', ''],
  ['diablo', '', '2011-09-22', 'end of life', '2013-05-06', ''],
  ['essex', '', '2012-04-05', 'end of life', '2013-05-06', ''],
  ['folsom', '', '2012-09-27', 'end of life', '2013-11-19', ''],
  ['grizzly', '', '2013-04-04', 'end of life', '2014-03-29', ''],
  ['havana', '', '2013-10-17', 'end of life', '2014-09-30', ''],
  ['icehouse', '', '2014-04-17', 'end of life', '2015-07-02', ''],
  ['juno', '', '2014-10-16', 'end of life', '2015-12-07', ''],
  ['kilo', '', '2015-04-30', 'end of life', '2016-05-02', '', 'el7'],
  ['liberty', '', '2015-10-15', 'end of life', '2016-11-17', '', 'el7'],
  ['mitaka', '', '2016-04-07', 'end of life', '2017-04-10', '', 'el7'],
  ['newton', '', '2016-10-06', 'end of life', '2017-10-25', '', 'el7'],
  ['ocata', '', '2017-02-22', 'end of life', '2021-06-15', '', 'el7'],
  ['pike', '', '2017-08-30', 'end of life', '2022-10-13', '', 'el7'],
  ['queens', '', '2018-02-28', 'end of life', '2023-01-18', '', 'el7'],
  ['rocky', '', '2018-08-30', 'end of life', '2023-08-16', '', 'el7'],
  ['stein', '', '2019-04-10', 'end of life', '2024-01-04', '', 'el7'],
  ['train', '', '2019-10-16', 'end of life', '2024-02-20', '', 'el7', 'el8'],
  ['ussuri', '', '2020-05-13', 'end of life', '2024-02-20', '', 'el8', 'el8s'],
  ['victoria', '', '2020-10-14', 'end of life', '2025-12-19', '', 'el8', 'el8s'],
  ['wallaby', '', '2021-04-14', 'end of life', '2025-12-19', '', 'el8s'],
  ['xena', '', '2021-10-06', 'end of life', '2025-12-19', '', 'el8s'],
  ['yoga', '', '2022-03-30', 'unmaintained', '', '', 'el8s', 'el9s'],
  ['zed', '', '2022-10-05', 'unmaintained', '', '', 'el9s'],
  ['antelope', '2023.1', '2023-03-22', 'unmaintained', '', 'slurp', 'el9s'],
  ['bobcat', '2023.2', '2023-10-04', 'end of life', '2025-04-30', '', 'el9s'],
  ['caracal', '2024.1', '2024-04-03', 'unmaintained', '', 'slurp', 'el9s'],
  ['dalmatian', '2024.2', '2024-10-02', 'end of life', '2026-04-29', '', 'el9s'],
  ['epoxy', '2025.1', '2025-04-02', 'maintained', '', 'slurp', 'el9s'],
  ['flamingo', '2025.2', '2025-10-01', 'maintained', '2027-04-28', ''],
  ['gazpacho', '2026.1', '2026-04-01', 'maintained', '', 'slurp'],
  ['hibiscus', '2026.2', '2026-09-30', 'development', '', ''],
  ['indri', '2027.1', '2027-03-24', 'future', '', 'slurp'],
];

/** The planned days on which a maintained release becomes unmaintained; source REL. */
const unmaintained: Readonly<Record<string, string>> = { epoxy: '2026-10-02', gazpacho: '2027-10-27' };

function release([name, number, released, status, ends, slurp, ...builds]: Row): Release {
  const until = own(unmaintained, name);
  return {
    name,
    ...(number === '' ? {} : { number }),
    released,
    status,
    ...(ends === '' ? {} : { ends }),
    ...(until === undefined ? {} : { unmaintained: until }),
    slurp: slurp === 'slurp',
    builds,
    el: [...new Set(builds.map((build) => generation[build]))],
  };
}

/** The status of a release on a day, year-month-day: planned ends that have passed count. A release that was only planned stays so. */
export function statusOn({ status, ends, unmaintained: until }: Release, day: string): ReleaseStatus {
  if (status === 'future' || status === 'development') return status;
  if (ends !== undefined && ends <= day) return 'end of life';
  return status === 'maintained' && until !== undefined && until <= day ? 'unmaintained' : status;
}

/** All releases in order; RDO has built no RPMs after Epoxy (RW `docs/index.md`). */
export const releases: readonly Release[] = rows.map(release);

const order = new Map(releases.map(({ name }, index) => [name, index]));

/** Finds a release by code name (ignoring case) or number. */
export function findRelease(text: string): Release | undefined {
  const wanted = text.toLowerCase();
  return releases.find((each) => each.name === wanted || each.number === wanted);
}

/** Whether a release is later than another, both by code name; false for an unknown name. */
export function isLater(name: string, other: string): boolean {
  return (order.get(name) ?? -1) > (order.get(other) ?? Number.POSITIVE_INFINITY);
}
