import { isMap, isScalar, parseDocument } from 'yaml';
import type { Severity } from '../base/problem.ts';
import { problemCodes } from '../base/problem-codes.ts';
import type { Severities } from './suppressions.ts';

/** The name of the file with the settings of a project; it counts for the files in its folder and below. */
export const projectFile = '.stackprep.yaml';

/** Maximum size of the file in characters. */
export const projectFileLimit = 100_000;

const levels: ReadonlySet<string> = new Set(['off', 'information', 'warning', 'error']);
const codes: ReadonlySet<string> = new Set(problemCodes);

/** The settings of a project, with the lines that could not be read; each has its reason in English words of the file. */
export interface ProjectSettings {
  readonly severities: Severities;
  /** Keys that are unknown, or have a value that is not a severity. */
  readonly unread: readonly string[];
}

function isLevel(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && levels.has(value);
}

/** Decodes `severities:` of a project file, a map from codes of problems to off, information, warning or error. */
export function decodeProjectSettings(text: string): ProjectSettings {
  if (text.length > projectFileLimit) return { severities: {}, unread: [projectFile] };
  const { contents, errors } = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
  });
  if (errors.length > 0) return { severities: {}, unread: [projectFile] };
  const map = isMap(contents) ? contents.get('severities') : undefined;
  const unread = isMap(contents)
    ? contents.items.flatMap(({ key }) =>
        isScalar(key) && key.value !== 'severities' ? [String(key.value)] : [],
      )
    : [];
  const found: [string, Severity | 'off'][] = [];
  if (isMap(map))
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const level = isScalar(value) ? value.value : undefined;
      if (codes.has(name) && isLevel(level)) found.push([name, level]);
      else unread.push(name);
    }
  return { severities: Object.fromEntries(found), unread };
}
