import { assertNever } from '../base/assert-never.ts';
import { msg } from '../base/l10n.ts';
import type { Problem } from '../base/problem.ts';
import { addressValue } from '../cluster/cidr.ts';
import { effectiveAnswers } from './effective.ts';
import { isRead } from './groups.ts';
import { hostList } from './hosts.ts';
import { fileNeeds, type GivenAnswers } from './judge.ts';
import { type Known, keyProblems, put, releaseNote } from './key-problems.ts';
import { findAnswerKey } from './keys.ts';
import type { Values } from './need.ts';
import { currentName } from './old-names.ts';
import type { Answer, OddLine, Python } from './read.ts';
import { isOf } from './release.ts';
import { isPlaceholder } from './values.ts';

function oddProblem({ kind, span, text }: OddLine): Problem {
  switch (kind) {
    case 'bom':
      return {
        code: 'answers-syntax',
        severity: 'error',
        span,
        message: msg(
          'The file begins with a byte order mark, which Packstack takes for a part of [general]. Save it as UTF-8 without BOM.',
        ),
        fix: { title: msg('Remove the byte order mark'), edits: [{ span, text: '' }] },
      };
    case 'twice':
      return {
        code: 'answers-section',
        severity: 'error',
        span,
        message: msg('The section [general] stands twice. On Python 3, Packstack stops. Remove this line.'),
        fix: {
          title: msg('Remove {0}', '[general]'),
          edits: [{ span: { start: span.start, end: span.end + 1 }, text: '' }],
        },
      };
    case 'continued':
      return {
        code: 'answers-continued',
        severity: 'warning',
        span,
        message: msg('An indented line continues the value of the line above. Remove the indentation.'),
      };
    case 'indented':
      return {
        code: 'answers-syntax',
        severity: 'error',
        span,
        message: msg('Packstack of this release runs on Python 2, which cannot read an indented line here.'),
        fix: {
          title: msg('Remove the indentation'),
          edits: [{ span: { start: span.start, end: span.end - text.trimStart().length }, text: '' }],
        },
      };
    case 'section':
      return {
        code: 'answers-section',
        severity: 'error',
        span,
        message: msg('Packstack reads only the section [general], not [{0}].', text),
      };
    case 'malformed':
      return {
        code: 'answers-syntax',
        severity: 'error',
        span,
        message: msg('Not a line of an answer file. Each line is KEY=value, a # comment or empty.'),
      };
    default:
      return assertNever(kind);
  }
}

function duplicates(answers: readonly Answer[], python: Python): readonly Problem[] {
  const first = new Map<string, Answer>();
  return answers.flatMap((answer): readonly Problem[] => {
    if (!first.has(answer.key)) {
      first.set(answer.key, answer);
      return [];
    }
    const edits = [{ span: { start: answer.lineSpan.start, end: answer.lineSpan.end + 1 }, text: '' }];
    return [
      {
        code: 'answers-key-duplicate',
        severity: python === 2 ? 'warning' : 'error',
        span: answer.keySpan,
        message: msg(
          '{0} is answered twice. On Python 3 Packstack stops; on EL7 it uses the last answer.',
          answer.key,
        ),
        fix: { title: msg('Remove {0}', answer.key), edits },
      },
    ];
  });
}

function familyOf(host: string): string {
  const value = addressValue(host);
  return value ? `IPv${value.family}` : 'name';
}

/** Packstack requires all hosts to be IPv4 addresses, or all IPv6 addresses, or all names. */
function mixedHosts(inForce: ReadonlyMap<string, Answer>, values: Values): readonly Problem[] {
  const hosts = [...inForce].flatMap(([name, answer]) =>
    /^CONFIG_[A-Z]+_HOSTS?$/.test(name) &&
    isRead(name, values) &&
    answer.value !== '' &&
    !isPlaceholder(answer.value)
      ? [answer]
      : [],
  );
  const [kind] = hosts.flatMap(({ value }) => hostList(value).map(familyOf));
  const other = hosts.find(({ value }) => hostList(value).some((host) => familyOf(host) !== kind));
  if (!other || kind === undefined) return [];
  return [
    {
      code: 'answers-hosts',
      severity: 'error',
      span: other.valueSpan,
      message: msg(
        'Packstack requires all hosts to be IPv4 addresses, IPv6 addresses or names. This one differs from the others.',
      ),
    },
  ];
}

function secretNote(answers: readonly Answer[]): readonly Problem[] {
  const plain = answers.filter(
    ({ key, value }) => findAnswerKey(currentName(key))?.isSecret && value !== '' && !isPlaceholder(value),
  );
  const [first] = plain;
  if (!first) return [];
  return [
    {
      code: 'answers-secrets',
      severity: 'information',
      span: first.keySpan,
      message: msg(
        '{0} answers are passwords or keys in plain text. Make the file readable for root only (mode 0600), and do not commit it to a repository.',
        plain.length,
      ),
    },
  ];
}

function needProblems(byKey: ReadonlyMap<string, Answer>, answers: GivenAnswers): readonly Problem[] {
  return fileNeeds(answers).flatMap(({ key, severity, message, remedy }) => {
    const at = byKey.get(key);
    // Missing answers are Packstack's defaults and not a problem of the file.
    if (!at) return [];
    const there = remedy && byKey.get(remedy.key);
    const fix = remedy && there ? { fix: put(there.valueSpan, remedy.value) } : {};
    const span = at.value === '' ? at.keySpan : at.valueSpan;
    return [{ code: 'answers-requirement', severity, span, message, ...fix } satisfies Problem];
  });
}

/** All problems of an answer file, in the order of the text; does not contact any host. */
export function checkAnswers(text: string): readonly Problem[] {
  const { file, python, general, inForce, old, inferred, judged } = effectiveAnswers(text);
  const { answers, odd, hasGeneral } = file;
  const isBroken = odd.some(
    ({ kind, text: line }) => ['malformed', 'indented'].includes(kind) && line.trimStart().startsWith('['),
  );
  const headless: readonly Problem[] =
    hasGeneral || isBroken
      ? []
      : [
          {
            code: 'answers-section',
            severity: 'error',
            span: answers[0]?.lineSpan ?? { start: 0, end: Math.min(1, text.length) },
            message: msg(
              'The section [general] is missing. Packstack stops with “File contains no section headers”.',
            ),
            fix: {
              title: msg('Add {0}', '[general]'),
              edits: [{ span: { start: 0, end: 0 }, text: '[general]\n' }],
            },
          },
        ];
  const { version } = judged;
  const known: Known = {
    judged,
    present: new Set(general.map(({ key }) => key)),
    old: new Map(old.map((each) => [each.answer, each])),
    file: version === undefined ? file : { ...file, version },
    isOfItsTime: (key) => inferred !== undefined && isOf(inferred, key),
  };
  return [
    ...headless,
    ...odd.map(oddProblem),
    ...(inferred && general[0] ? [releaseNote(inferred, general[0])] : []),
    ...general.flatMap((answer) => keyProblems(answer, known)),
    ...duplicates(general, python),
    ...mixedHosts(inForce, judged.values),
    ...needProblems(inForce, judged),
    ...secretNote(general),
  ].toSorted((a, b) => a.span.start - b.span.start);
}
