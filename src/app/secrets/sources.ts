import { isAbsolute, join } from 'node:path';
import type { Failure } from '../../base/failure.ts';
import { isRecord, isText, listOf } from '../../base/guard.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { readPrivateFile, sourceFailure } from './private-file.ts';
import { type SecretName, secretFromCommand } from './secret-command.ts';
import { secretsInFile } from './secret-file.ts';

/** Where secrets come from without anyone being asked. */
export interface SecretSources {
  /** Absolute path of a file with secrets, which may be missing. */
  readonly file: string;
  /** The command that prints a secret: the program and its arguments. */
  readonly command?: readonly string[];
}

/** The environment and the home directory of the user. */
export interface UserPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The folder for the user's configuration: the XDG Base Directory Specification, or the default. */
function configFolder({ env, home }: UserPlace): string {
  // The specification requires that relative paths are ignored.
  const xdg = env.XDG_CONFIG_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.config'), 'stackprep');
}

/** The user's configuration for the command line. */
export function configFile(place: UserPlace): string {
  return join(configFolder(place), 'config.json');
}

/** An absolute path, or one below the home directory; undefined for any other. */
function absolute(path: string, home: string): string | undefined {
  if (/^~[\\/]/.test(path)) return join(home, path.slice(2));
  return isAbsolute(path) ? path : undefined;
}

/** What a user has written: in the settings of the editor, or in the file of the command line. */
export interface SourcesWritten {
  readonly command?: unknown;
  readonly file?: unknown;
}

/** Decodes sources; `where` names the place in messages. Without a file, it is `secrets.json` in the folder for configuration. */
export function decodeSources(
  { command, file }: SourcesWritten,
  where: string,
  place: UserPlace,
): SecretSources | Failure {
  const path = isText(file) ? absolute(file, place.home) : undefined;
  if (file !== undefined && path === undefined)
    return sourceFailure(
      msg('{0}: `{1}` must be an absolute path, or a path that begins with ~/.', where, 'secrets.file'),
      msg('Correct it and try again.'),
    );
  const sources = { file: path ?? join(configFolder(place), 'secrets.json') };
  if (command === undefined) return sources;
  const words = listOf(isText)(command) && command.some((word) => word.includes('{name}')) ? command : [];
  if (words[0] === undefined || words[0] === '' || words[0].includes('{'))
    return sourceFailure(
      msg(
        '{0}: `{1}` must be a list of texts: a program and its arguments, one of which contains {name}.',
        where,
        'secrets.command',
      ),
      msg('Example: {0}', '["pass", "show", "stackprep/{cluster}/{name}"]'),
    );
  return { ...sources, command: words };
}

function unknownIn(value: Readonly<Record<string, unknown>>, known: readonly string[]): string | undefined {
  return Object.keys(value).find((key) => !known.includes(key));
}

/** The sources in the configuration for the command line; without such a file, only the default file with secrets. */
export async function configuredSources(place: UserPlace): Promise<SecretSources | Failure> {
  const path = configFile(place);
  const read = await readPrivateFile(path);
  if (read.kind === 'missing') return decodeSources({}, path, place);
  if (read.kind === 'failed') return read.failure;
  const action = msg(
    'Its form is: {0}',
    '{ "secrets": { "command": ["PROGRAM", "{name}"], "file": "PATH" } }',
  );
  const notConfiguration = sourceFailure(msg('{0} is not a configuration.', path), action);
  if (!isRecord(read.value)) return notConfiguration;
  const { secrets = {} } = read.value;
  if (!isRecord(secrets)) return notConfiguration;
  const unknown = unknownIn(read.value, ['secrets']) ?? unknownIn(secrets, ['command', 'file']);
  if (unknown !== undefined) return sourceFailure(msg('{0}: unknown key `{1}`.', path, unknown), action);
  return decodeSources({ command: own(secrets, 'command'), file: own(secrets, 'file') }, path, place);
}

export interface SecretSearch extends SecretName, UserPlace {
  readonly sources: SecretSources;
  readonly signal: AbortSignal;
}

/** The value from the file, else from the command; undefined if there is neither, or if the signal aborted. */
export async function findSecret(search: SecretSearch): Promise<string | Failure | undefined> {
  const { sources, cluster, name } = search;
  const inFile = await secretsInFile(sources.file, cluster);
  if ('failure' in inFile) return inFile.failure;
  const value = inFile.values.get(name);
  if (value !== undefined && value !== '') return value;
  return sources.command ? await secretFromCommand({ ...search, command: sources.command }) : undefined;
}
