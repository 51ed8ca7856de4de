/** A major version of Enterprise Linux that RDO built for. */
export type El = 7 | 8 | 9 | 10;

export type ReleaseStatus = 'future' | 'development' | 'maintained' | 'unmaintained' | 'end of life';

/** One OpenStack release; source: openstack/releases `data/series_status.yaml` (2026-08-21) and rdoinfo's CloudSIG release tags. */
export interface Release {
  /** Code name, as in `centos-release-openstack-<name>`. */
  readonly name: string;
  /** Year and ordinal, from Antelope on. */
  readonly number?: string;
  readonly status: ReleaseStatus;
  /** Enterprise Linux generations with an RDO release repository. */
  readonly el: readonly El[];
}

/** Every release; RDO has built no RPMs after Epoxy (rdoproject.org `docs/index.md`, 2026-08-14). */
export const releases: readonly Release[] = [
  { name: 'austin', status: 'end of life', el: [] },
  { name: 'bexar', status: 'end of life', el: [] },
  { name: 'cactus', status: 'end of life', el: [] },
  { name: 'diablo', status: 'end of life', el: [] },
  { name: 'essex', status: 'end of life', el: [] },
  { name: 'folsom', status: 'end of life', el: [] },
  { name: 'grizzly', status: 'end of life', el: [] },
  { name: 'havana', status: 'end of life', el: [] },
  { name: 'icehouse', status: 'end of life', el: [] },
  { name: 'juno', status: 'end of life', el: [] },
  { name: 'kilo', status: 'end of life', el: [7] },
  { name: 'liberty', status: 'end of life', el: [7] },
  { name: 'mitaka', status: 'end of life', el: [7] },
  { name: 'newton', status: 'end of life', el: [7] },
  { name: 'ocata', status: 'end of life', el: [7] },
  { name: 'pike', status: 'end of life', el: [7] },
  { name: 'queens', status: 'end of life', el: [7] },
  { name: 'rocky', status: 'end of life', el: [7] },
  { name: 'stein', status: 'end of life', el: [7] },
  { name: 'train', status: 'end of life', el: [7, 8] },
  { name: 'ussuri', status: 'end of life', el: [8] },
  { name: 'victoria', status: 'end of life', el: [8] },
  { name: 'wallaby', status: 'end of life', el: [8] },
  { name: 'xena', status: 'end of life', el: [8] },
  { name: 'yoga', status: 'unmaintained', el: [8, 9] },
  { name: 'zed', status: 'unmaintained', el: [9] },
  { name: 'antelope', number: '2023.1', status: 'unmaintained', el: [9] },
  { name: 'bobcat', number: '2023.2', status: 'end of life', el: [9] },
  { name: 'caracal', number: '2024.1', status: 'unmaintained', el: [9] },
  { name: 'dalmatian', number: '2024.2', status: 'end of life', el: [9] },
  { name: 'epoxy', number: '2025.1', status: 'maintained', el: [9] },
  { name: 'flamingo', number: '2025.2', status: 'maintained', el: [] },
  { name: 'gazpacho', number: '2026.1', status: 'maintained', el: [] },
  { name: 'hibiscus', number: '2026.2', status: 'development', el: [] },
  { name: 'indri', number: '2027.1', status: 'future', el: [] },
];

/** The release that a file names, by code name (any case) or number. */
export function findRelease(text: string): Release | undefined {
  const wanted = text.toLowerCase();
  return releases.find((release) => release.name === wanted || release.number === wanted);
}
