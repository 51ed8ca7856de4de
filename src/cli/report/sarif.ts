import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { homepage } from '../../../package.json';
import { msg, type Translate } from '../../base/l10n.ts';
import { positions } from '../../base/position.ts';
import type { Problem, Severity, TextEdit } from '../../base/problem.ts';
import { sources } from '../../data/sources.ts';
import { families } from '../../rules/families.ts';
import { ruleLink } from '../../rules/page.ts';
import type { RuleText } from '../../rules/rule.ts';
import type { Findings } from './findings.ts';

/** The base of relative locations, as code scanning names it. */
const root = '%SRCROOT%';

/** SARIF's levels. */
const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

const rules: readonly RuleText[] = families.flatMap((family) => family.rules);
const indexes = new Map(rules.map(({ code }, index) => [code, index]));

/** A path of the command line as an artifact URI: relative to the working directory, unless it is absolute. */
function artifactUri(file: string): string {
  const path = encodeURI(file.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');
  if (path.startsWith('/')) return `file://${path}`;
  return /^[A-Za-z]:\//.test(path) ? `file:///${path}` : path.replace(/^\.\//, '');
}

/** Where the reference page describes the problems, for people who see a log without the program. */
const information = homepage.split('#')[0] ?? '';
const page = `${information}/blob/main/schema/reference.md`;

function descriptor({ code, severity, about, sources: named = [] }: RuleText, t: Translate) {
  const from = named.map((name) => sources[name]).join('; ');
  return {
    id: code,
    name: code,
    shortDescription: { text: t(about) },
    fullDescription: { text: t(about) },
    helpUri: ruleLink(page, code),
    help: { text: from === '' ? t(about) : `${t(about)}\n\n${t(msg('Source: {0}.', from))}` },
    defaultConfiguration: { level: levels[severity] },
  };
}

type At = ReturnType<typeof positions>['at'];

function regionOf(at: At, { start, end }: Problem['span']) {
  const [from, to] = [at(start), at(end)];
  return {
    startLine: from.line + 1,
    startColumn: from.column + 1,
    endLine: to.line + 1,
    endColumn: to.column + 1,
  };
}

/** The location of a file: relative to the working directory, unless it is absolute. */
function locationOf(uri: string) {
  return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: root };
}

/** Fingerprints of problems that stay when lines above change, in every language: by the code and the line, counted. */
function createFingerprints(text: string): (code: string, line: number) => string {
  const lines = text.split(/\r?\n/);
  const seen = new Map<string, number>();
  return (code, line) => {
    const hash = createHash('sha256')
      .update(`${code}\n${(lines[line] ?? '').trim()}`)
      .digest('hex')
      .slice(0, 16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}

function resultOf({ code, severity, span, message, fix }: Problem, { at, uri, t, fingerprint }: Place) {
  const artifactLocation = locationOf(uri);
  const replacement = ({ span: place, text }: TextEdit) => ({
    deletedRegion: regionOf(at, place),
    ...(text === '' ? {} : { insertedContent: { text } }),
  });
  return {
    ruleId: code,
    ruleIndex: indexes.get(code),
    level: levels[severity],
    message: { text: t(message) },
    partialFingerprints: { primaryLocationLineHash: fingerprint(code, at(span.start).line) },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(at, span) } }],
    ...(fix
      ? {
          fixes: [
            {
              description: { text: t(fix.title) },
              artifactChanges: [{ artifactLocation, replacements: fix.edits.map(replacement) }],
            },
          ],
        }
      : {}),
  };
}

interface Place {
  readonly at: At;
  readonly uri: string;
  readonly t: Translate;
  readonly fingerprint: (code: string, line: number) => string;
}

/** What a log is made with: the version of the program and the working directory. */
export interface SarifRun {
  readonly version: string;
  readonly cwd: string;
}

/** The findings as a SARIF 2.1.0 log for code scanning: columns in UTF-16 code units from 1, ends exclusive. */
export function sarifLog(all: readonly Findings[], t: Translate, { version, cwd }: SarifRun) {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Stackprep',
            informationUri: information,
            semanticVersion: version,
            rules: rules.map((rule) => descriptor(rule, t)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { uri: `${pathToFileURL(cwd).href.replace(/\/$/, '')}/` } },
        artifacts: all.map(({ file }) => ({ location: locationOf(artifactUri(file)) })),
        results: all.flatMap(({ file, text, problems, suppressed = [] }) => {
          const place: Place = {
            ...{ at: positions(text).at, uri: artifactUri(file), t },
            fingerprint: createFingerprints(text),
          };
          return [
            ...problems.map((problem) => resultOf(problem, place)),
            ...suppressed.map(({ problem, reason }) => ({
              ...resultOf(problem, place),
              suppressions: [{ kind: 'inSource', justification: reason }],
            })),
          ];
        }),
      },
    ],
  };
}
