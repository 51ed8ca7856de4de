import { assertNever } from '../../base/assert-never.ts';
import { plain, type Translate } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import { decodeCluster } from '../../rules/decode.ts';
import { catalogue } from '../../steps/catalogue.ts';
import { readClusterFile } from '../cluster/cluster-file.ts';
import { type Completing, completingAt } from '../command-line/complete.ts';
import { exit } from '../command-line/context.ts';
import { commands, everywhere } from '../command-line/options.ts';
import type { Io } from '../terminal/io.ts';

/** A possible value with its description. */
interface Candidate {
  readonly value: string;
  readonly what?: string;
}

/** The maximum number of candidates. */
const candidateLimit = 1000;

/** A word without the quotes and backslashes of a shell; a tilde at its start is the home folder. */
function unquoted(word: string, home: string): string {
  const path = word.replaceAll(/\\(.)|["']/gs, '$1');
  return /^~(?=\/|$)/.test(path) ? `${home}${path.slice(1)}` : path;
}

/** The cluster of the file on the command line, as far as it can be read. */
async function clusterOf(
  file: string | undefined,
  { cwd, home }: Pick<Io, 'cwd' | 'home'>,
): Promise<Cluster | undefined> {
  if (file === undefined) return undefined;
  const asGiven = await readClusterFile(file, cwd);
  const read = asGiven.ok ? asGiven : await readClusterFile(unquoted(file, home), cwd);
  return read.ok ? decodeCluster(read.text).cluster : undefined;
}

async function candidates(completing: Completing, io: Io, t: Translate): Promise<readonly Candidate[]> {
  const { by, command, clusterFile } = completing;
  switch (by) {
    case undefined:
    case 'cluster-file':
    case 'file':
    case 'folder':
      return [];
    case 'command':
      return commands.map(({ name, what }) => ({ value: name, what: t(what) }));
    case 'option':
      return [...(command?.options ?? []), ...everywhere].map(({ name, what }) => ({
        value: `--${name}`,
        what: t(what),
      }));
    case 'node':
      return ((await clusterOf(clusterFile, io))?.nodes ?? []).map(({ name, address }) => ({
        value: name,
        what: t(plain(address ?? '')),
      }));
    case 'step': {
      const items = (await clusterOf(clusterFile, io))?.steps ?? catalogue;
      return [...new Set(items.map(({ id }) => id))].map((value) => ({ value }));
    }
    default:
      if (typeof by === 'string') return assertNever(by);
      return by.map((value) => ({ value }));
  }
}

/**
 * What the completion scripts call: `stackprep __complete WORD… =CURRENT`. Prints a line with the kind of path that fits (or `-`)
 * and the part of the word before the value, then a line per candidate, each with a tab and its description.
 */
export async function complete(argv: readonly string[], io: Io, t: Translate): Promise<number> {
  const words = argv.slice(0, -1);
  const current = argv.at(-1)?.replace(/^=/, '') ?? '';
  const completing = completingAt(words, current);
  const { by, lead, begun } = completing;
  const paths = by === 'cluster-file' || by === 'file' || by === 'folder' ? by : '-';
  const found = (await candidates(completing, io, t)).filter(
    ({ value }) => value.startsWith(begun) && !/[\p{Cc}\p{Cf}]/u.test(value),
  );
  const lines = found
    .slice(0, candidateLimit)
    .map(({ value, what }) => `${value}${what === undefined ? '' : `\t${what.replaceAll(/\s+/g, ' ')}`}\n`);
  io.stdout.write(`${paths}\t${lead}\n${lines.join('')}`);
  return exit.fine;
}
