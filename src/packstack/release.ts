import { largest, smallest } from '../base/extremes.ts';
import { own } from '../base/own.ts';
import { packstackVersions } from '../data/packstack.ts';
import { packstackKeysSince } from '../data/packstack-old-names.ts';
import { findAnswerKey, newestPackstack } from './keys.ts';
import { currentName, formerKeyOf } from './old-names.ts';

/** The releases with a Packstack that the tables know, in their order. */
export const packstackReleases: readonly string[] = [
  'juno',
  'kilo',
  'liberty',
  'mitaka',
  'newton',
  ...Object.keys(packstackVersions),
];

const since: ReadonlyMap<string, string> = new Map(
  Object.entries(packstackKeysSince).flatMap(([release, names]) =>
    names.split(/\s+/).map((name) => [`CONFIG_${name}`, release] as const),
  ),
);

/** Versions of one release are as good as one another. */
function releaseOf(version: string): number {
  const [major = ''] = version.split('.');
  const release = Object.entries(packstackVersions).find(([, each]) => each.startsWith(`${major}.`))?.[0];
  return packstackReleases.indexOf(release ?? '');
}

/** From the first to the last release whose Packstack has a key by this very name; undefined where none has. */
export function releasesOfKey(name: string): readonly [first: number, last: number] | undefined {
  const former = formerKeyOf(name);
  if (former) return [packstackReleases.indexOf(former[0]), packstackReleases.indexOf(former[1])];
  const key = findAnswerKey(name);
  if (!key) return undefined;
  const begun = since.get(key.name);
  const first =
    begun !== undefined
      ? packstackReleases.indexOf(begun)
      : key.first === '10.0.1'
        ? 0
        : releaseOf(key.first);
  return [first, releaseOf(key.last)];
}

/** A file of so many answers was written by Packstack, so that its keys tell the release. */
const wholeFile = 50;

/** What the keys of a file tell of the Packstack that wrote it. */
export interface InferredRelease {
  /** The first and the last release that have all the keys. */
  readonly first: string;
  readonly last: string;
  /** The version of the last one; undefined before Ocata. */
  readonly version?: string;
  /** Keys that the newest Packstack no longer has, under any name. */
  readonly gone: readonly string[];
}

/** The releases that a file's keys fit where all of them are older than the newest; undefined for a short file, and where they contradict. */
export function inferRelease(keys: readonly string[]): InferredRelease | undefined {
  if (keys.length < wholeFile) return undefined;
  const spans = keys.flatMap((key) => {
    const span = releasesOfKey(key);
    return span ? [span] : [];
  });
  const from = largest(spans.map(([first]) => first));
  const to = smallest(spans.map(([, last]) => last));
  const [first, last] = [packstackReleases[from], packstackReleases[to]];
  if (from > to || to === packstackReleases.length - 1 || first === undefined || last === undefined)
    return undefined;
  const version = own(packstackVersions, last);
  const gone = keys.filter((name) => {
    const key = findAnswerKey(currentName(name));
    return key ? key.last !== newestPackstack : formerKeyOf(name) !== undefined;
  });
  return { first, last, gone, ...(version === undefined ? {} : { version }) };
}

/** Whether a key is one of the releases that a file was written for. */
export function isOf({ first, last }: InferredRelease, key: string): boolean {
  const span = releasesOfKey(key);
  return (
    span !== undefined &&
    span[0] <= packstackReleases.indexOf(first) &&
    span[1] >= packstackReleases.indexOf(last)
  );
}
