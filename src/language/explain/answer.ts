import { msg, plain } from '../../base/l10n.ts';
import { aboutKey } from '../../packstack/about.ts';
import { derivedAnswers, type GivenAnswer, packstackVersionOf } from '../../packstack/answers.ts';
import { findAnswerKey } from '../../packstack/keys.ts';
import { currentName } from '../../packstack/old-names.ts';
import type { ClusterDocument } from '../document/document.ts';
import { perDocument } from '../document/document.ts';
import type { Page } from './page.ts';

/** The answers derived from the rest of a cluster file, by key. */
export const givenAnswers = perDocument(({ cluster }): ReadonlyMap<string, GivenAnswer> => {
  const answers = cluster ? derivedAnswers(cluster) : [];
  return new Map(answers.map((answer) => [answer.key, answer]));
});

/** The explanation of an answer file key, with the value derived from the cluster file. */
export function explainAnswer(document: ClusterDocument, name: string): Page {
  const key = findAnswerKey(currentName(name));
  if (!key) return [];
  const given = givenAnswers(document).get(key.name);
  const [first, ...rest] = aboutKey(key, document.cluster && packstackVersionOf(document.cluster));
  return [
    plain(`**${key.name}**`),
    ...(first ? [first] : []),
    rest,
    ...(typeof given?.value === 'string' && given.value !== ''
      ? [msg('Without this answer, the file gives `{0}`: {1}', given.value, given.why)]
      : []),
  ];
}
