import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SystemName } from '../systems.ts';

const folder = fileURLToPath(new URL('../../cases/conf', import.meta.url));

/** A row of `INDEX.tsv`: files of other people, and what a run of a step must do with them. */
export interface ConfCase {
  readonly name: string;
  readonly step: string;
  readonly system: SystemName;
  readonly cluster: string;
  readonly outcome: 'changed' | 'unchanged' | 'failed';
  /** Codes of reasons and notices that the run must give. */
  readonly said: readonly string[];
  /** A command that succeeds on the node if the setting is in effect, `login` for a login with the key, or nothing. */
  readonly effect: string;
  /** Text by absolute path. */
  readonly files: ReadonlyMap<string, string>;
  /** Target by the path of the link. */
  readonly links: ReadonlyMap<string, string>;
}

function filesOf(name: string): ReadonlyMap<string, string> {
  const root = join(folder, name);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path !== 'LINKS.txt' && statSync(join(root, path)).isFile(),
  );
  return new Map(paths.map((path) => [`/${path}`, readFileSync(join(root, path), 'latin1')]));
}

function linksOf(name: string): ReadonlyMap<string, string> {
  if (!readdirSync(join(folder, name)).includes('LINKS.txt')) return new Map();
  const lines = readFileSync(join(folder, name, 'LINKS.txt'), 'utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [link, target] = line.split(' -> ');
      return link !== undefined && target !== undefined ? [[link, target] as const] : [];
    }),
  );
}

/** The text of a cluster file of the cases. */
export function clusterText(name: string): string {
  return readFileSync(join(folder, 'clusters', `${name}.cluster.yaml`), 'utf8');
}

/** Names of the only cases to walk, separated by commas; without it, all. */
const only = process.env.STACKPREP_CASES?.split(',');

/** The cases of the index, in its order. */
export function confCases(): readonly ConfCase[] {
  const [, ...rows] = readFileSync(join(folder, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');
  const wanted = rows.filter((row) => only?.includes(row.split('\t')[0] ?? '') ?? true);
  return wanted.map((row) => {
    const [name = '', step = '', system = '', cluster = '', outcome = '', said = '', effect = ''] =
      row.split('\t');
    return {
      name,
      step,
      system: system as SystemName,
      cluster,
      outcome: outcome as ConfCase['outcome'],
      said: said === '' ? [] : said.split(' '),
      effect,
      files: filesOf(name),
      links: linksOf(name),
    };
  });
}
