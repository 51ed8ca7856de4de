import { msg } from '../base/l10n.ts';
import type { Fix, Problem, Span } from '../base/problem.ts';
import { type GivenAnswers, judgedValue } from './judge.ts';
import { type AnswerKey, findAnswerKey, hasKey, newestPackstack } from './keys.ts';
import {
  canRename,
  currentName,
  formerKeyOf,
  misspelledKey,
  type OldAnswer,
  oldNameText,
} from './old-names.ts';
import type { Answer, AnswerFile } from './read.ts';
import type { InferredRelease } from './release.ts';

/** The fix that replaces a span. */
export function put(span: Span, text: string): Fix {
  return { title: msg('Change to {0}', text), edits: [{ span, text }] };
}

function unknown({ key, keySpan }: Answer, present: ReadonlySet<string>): Problem {
  const near = misspelledKey(key);
  return {
    code: 'answers-key-unknown',
    severity: 'warning',
    span: keySpan,
    message: near
      ? msg('Packstack has no key {0} and ignores it. Did you mean {1}?', key, near)
      : msg('Packstack has no key {0} and ignores it.', key),
    ...(near && !present.has(near) ? { fix: put(keySpan, near) } : {}),
  };
}

/** An answer under an old name: its value is used, so at most the name needs to change. */
function oldProblem(old: OldAnswer<Answer>): Problem {
  const { keySpan, valueSpan } = old.answer;
  const isError = old.fate === 'contradicts';
  return {
    code: isError ? 'answers-key-contradicts' : 'answers-key-deprecated',
    severity: isError ? 'error' : 'information',
    span: isError ? valueSpan : keySpan,
    message: oldNameText(old),
    ...(canRename(old) ? { fix: put(keySpan, old.now) } : {}),
  };
}

/** A key that was removed before Ocata. */
function formerProblem({ key, keySpan }: Answer): Problem | undefined {
  const [, last] = formerKeyOf(key) ?? [];
  if (last === undefined) return undefined;
  return {
    code: 'answers-retired',
    severity: 'information',
    span: keySpan,
    message: msg('The last Packstack with {0} is that of {1}. Later versions ignore it.', key, last),
  };
}

function retired(answer: Answer, key: AnswerKey, { version }: AnswerFile): Problem | undefined {
  const { keySpan, lineSpan } = answer;
  if (version !== undefined && !hasKey(key, version)) {
    const edits = [{ span: { start: lineSpan.start, end: lineSpan.end + 1 }, text: '' }];
    return {
      code: 'answers-retired',
      severity: 'warning',
      span: keySpan,
      message: msg(
        'Packstack {0} does not have {1}. It exists from {2} to {3}.',
        version,
        key.name,
        key.first,
        key.last,
      ),
      fix: { title: msg('Remove {0}', key.name), edits },
    };
  }
  // A file for an old version has its keys; only a key with an intended effect is reported.
  if (version !== undefined || key.last === newestPackstack || answer.value !== 'y') return undefined;
  return {
    code: 'answers-retired',
    severity: 'information',
    span: keySpan,
    message: msg(
      'The last Packstack with {0} is {1}. Later versions ignore it without a warning.',
      key.name,
      key.last,
    ),
  };
}

/** The release of a file's keys, if the newest Packstack no longer has all of them. */
export function releaseNote({ first, last, gone }: InferredRelease, { keySpan }: Answer): Problem {
  const names = gone.length > 3 ? `${gone.slice(0, 3).join(', ')}, …` : gone.join(', ');
  return {
    code: 'answers-release',
    severity: 'information',
    span: keySpan,
    message:
      first === last
        ? msg(
            'This file was written by Packstack of {0}. The latest Packstack ignores {1} of its keys: {2}.',
            last,
            gone.length,
            names,
          )
        : msg(
            'This file was written by Packstack of {0} to {1}. The latest Packstack ignores {2} of its keys: {3}.',
            first,
            last,
            gone.length,
            names,
          ),
  };
}

function valueProblem(answer: Answer, key: AnswerKey, judged: GivenAnswers): readonly Problem[] {
  const wrong = judgedValue(key, answer.value, judged);
  if (!wrong) return [];
  return [
    {
      code: 'answers-value',
      severity: 'error',
      span: answer.value === '' ? answer.keySpan : answer.valueSpan,
      message: wrong.message,
      ...(wrong.meant === undefined ? {} : { fix: put(answer.valueSpan, wrong.meant) }),
    },
  ];
}

/** What is known about the file when a key is checked. */
export interface Known {
  readonly present: ReadonlySet<string>;
  readonly old: ReadonlyMap<Answer, OldAnswer<Answer>>;
  /** The answers in force, for what one asks of another. */
  readonly judged: GivenAnswers;
  /** With the version given in the file or derived from its keys. */
  readonly file: AnswerFile;
  /** Whether the release that the file was written for has a key of this name. */
  readonly isOfItsTime: (key: string) => boolean;
}

/** All problems of an answer: of its key, and of its value if it is used. */
export function keyProblems(answer: Answer, known: Known): readonly Problem[] {
  const { present, old, file, isOfItsTime, judged } = known;
  const isCurrent = isOfItsTime(answer.key);
  const key = findAnswerKey(currentName(answer.key));
  if (!key) return isCurrent ? [] : [formerProblem(answer) ?? unknown(answer, present)];
  const use = old.get(answer);
  const values = valueProblem(answer, key, judged);
  if (use)
    return [
      // A file from before the names were joined places each part on its own host.
      ...(isCurrent ? [] : [oldProblem(use)]),
      ...(use.fate === 'counts' ? values : []),
    ];
  const former = isCurrent ? undefined : retired(answer, key, file);
  return [...(former ? [former] : []), ...values];
}
