import { msg, type Translate } from '../../base/l10n.ts';
import { positions } from '../../base/position.ts';
import type { Problem, Severity, TextEdit } from '../../base/problem.ts';
import { sources } from '../../data/sources.ts';
import { families } from '../../rules/families.ts';
import type { RuleText } from '../../rules/rule.ts';
import type { Findings } from './findings.ts';

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

function descriptor({ code, severity, about, sources: named = [] }: RuleText, t: Translate) {
  const from = named.map((name) => sources[name]).join('; ');
  return {
    id: code,
    shortDescription: { text: t(about) },
    ...(from === '' ? {} : { help: { text: t(msg('Source: {0}.', from)) } }),
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

function resultOf({ code, severity, span, message, fix }: Problem, { at, uri, t }: Place) {
  const artifactLocation = { uri };
  const replacement = ({ span: place, text }: TextEdit) => ({
    deletedRegion: regionOf(at, place),
    ...(text === '' ? {} : { insertedContent: { text } }),
  });
  return {
    ruleId: code,
    ruleIndex: indexes.get(code),
    level: levels[severity],
    message: { text: t(message) },
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
}

/** The findings as a SARIF 2.1.0 log: columns in UTF-16 code units from 1, ends exclusive. */
export function sarifLog(all: readonly Findings[], t: Translate, version: string) {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Stackprep',
            semanticVersion: version,
            rules: rules.map((rule) => descriptor(rule, t)),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: all.map(({ file }) => ({ location: { uri: artifactUri(file) } })),
        results: all.flatMap(({ file, text, problems }) => {
          const place: Place = { at: positions(text).at, uri: artifactUri(file), t };
          return problems.map((problem) => resultOf(problem, place));
        }),
      },
    ],
  };
}
