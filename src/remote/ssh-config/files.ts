import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, parse } from 'node:path';
import { wildcard } from '../../base/wildcard.ts';
import { expandHome } from '../base/home.ts';

/** Maximum depth of Include; ssh_config.c, READCONF_MAX_DEPTH. */
const MAX_INCLUDE_DEPTH = 16;

/** The user's and the system's configuration as one text, with Include expanded; ssh_config(5). */
export async function readConfigFiles(home: string, platform: NodeJS.Platform): Promise<string> {
  const system = platform === 'win32' ? 'C:\\ProgramData\\ssh' : '/etc/ssh';
  const own = await withIncludes(join(home, '.ssh', 'config'), {
    home,
    folder: join(home, '.ssh'),
    depth: 0,
  });
  const shared = await withIncludes(join(system, 'ssh_config'), { home, folder: system, depth: 0 });
  return `${own}\nHost *\n${shared}`;
}

interface At {
  readonly home: string;
  /** Base of relative Include paths. */
  readonly folder: string;
  readonly depth: number;
}

async function withIncludes(file: string, at: At): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // ssh ignores files that it can't read.
    if (error.code) return '';
    throw error;
  });
  const lines: string[] = [];
  let section = 'Host *';
  for (const raw of text.split(/\r?\n/)) {
    // ssh skips blanks, quotes and `=` before a keyword (misc.c, strdelim), the library only blanks.
    const line = raw.replace(/^[\s"=]*([A-Za-z][A-Za-z0-9]*)"?/, '$1');
    if (/^(host|match)[\s=]/i.test(line)) section = line;
    const words = /^include[\s=]+(.*)$/i.exec(line)?.[1];
    // Only ssh expands variables, tokens and the homes of others; the line then stays.
    const included = words === undefined || /[%$]|~\w/.test(words) ? undefined : await includeAll(words, at);
    // A Host or Match section ends with the included file.
    if (included === undefined) lines.push(line);
    else lines.push(included, section);
  }
  return lines.join('\n');
}

/** The files of an Include; undefined if they are too many to be read here. */
async function includeAll(words: string, at: At): Promise<string | undefined> {
  if (at.depth >= MAX_INCLUDE_DEPTH) return undefined;
  const patterns = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const texts: string[] = [];
  for (const pattern of patterns) {
    const path = expandHome(pattern, at.home);
    const files = await matching(isAbsolute(path) ? path : join(at.folder, path));
    if (files.length >= maxMatches) return undefined;
    for (const file of files) texts.push(await withIncludes(file, { ...at, depth: at.depth + 1 }));
  }
  return texts.join('\n');
}

/** More names are not read: a pattern with a wildcard in each component may fit the whole disk. */
const maxMatches = 1_000;

/** The files that match a path with wildcards in any component, sorted; glob(7). */
async function matching(path: string): Promise<readonly string[]> {
  const { root } = parse(path);
  let found: readonly string[] = [root];
  for (const part of path.slice(root.length).split(/[/\\]/)) {
    if (!/[*?[]/.test(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const fits = wildcard(part, { hasSets: true });
    const next: string[] = [];
    for (const folder of found) {
      if (next.length >= maxMatches) break;
      const names = await readdir(folder).catch((): string[] => []);
      const fitting = names.filter((name) => fits(name) && !(name.startsWith('.') && !part.startsWith('.')));
      for (const name of fitting.sort()) next.push(join(folder, name));
    }
    found = next.slice(0, maxMatches);
  }
  return found;
}
