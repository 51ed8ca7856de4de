import { reachedAt } from '../../cluster/aliases.ts';
import { packstackVersionOf } from '../../packstack/answers.ts';
import { type AnswerKey, answerKeys, defaultOf, findAnswerKey, hasKey } from '../../packstack/keys.ts';
import { currentName } from '../../packstack/old-names.ts';
import { hasOptions, isPlaceholder, optionsOf } from '../../packstack/values.ts';
import type { Cursor } from '../document/cursor.ts';
import type { ClusterDocument } from '../document/document.ts';
import { explainAnswer, givenAnswers } from '../explain/answer.ts';
import { type Suggestion, value } from './suggestion.ts';
import { interfaceNames, type Known } from './words.ts';

/** The suggested name of a secret that the file does not name yet. */
function secretOf(key: string): string {
  return key
    .replace(/^CONFIG_/, '')
    .replace(/_(?:PW|PASSWORD|PASSWD|SECRET)$/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

/** Keys that the file does not have yet; those that its Packstack does not support come last. */
export function answerKeySuggestions(
  document: ClusterDocument,
  { others, hasValue }: Cursor,
): readonly Suggestion[] {
  const { cluster } = document;
  const used = new Set(others.map(currentName));
  const version = cluster && packstackVersionOf(cluster);
  return answerKeys
    .filter(({ name }) => !used.has(name))
    .map((key): Suggestion => {
      const { name, isSecret } = key;
      const tail = isSecret ? `{ secret: \${1:${secretOf(name)}} }` : '$0';
      return {
        label: name,
        kind: 'key',
        snippet: hasValue ? name : `${name}: ${tail}`,
        detail: isSecret ? '' : (defaultOf(key, version) ?? ''),
        page: explainAnswer(document, name),
        isPoor: version !== undefined && !hasKey(key, version),
        goesOn: !hasValue && !isSecret,
      };
    });
}

/** Values for a key: those that Packstack accepts, the derived value, the default. */
export function answerValueSuggestions(
  document: ClusterDocument,
  cursor: Cursor,
  known: Known,
): readonly Suggestion[] {
  const key = findAnswerKey(currentName(String(cursor.path.at(-1))));
  const { cluster } = document;
  if (!key) return [];
  if (key.isSecret) {
    const snippet = `{ secret: \${1:${secretOf(key.name)}} }`;
    return [{ label: '{ secret: … }', kind: 'snippet', snippet, page: explainAnswer(document, key.name) }];
  }
  const version = cluster && packstackVersionOf(cluster);
  if (hasOptions(key)) return optionsOf(key, version).map((option) => value(option));
  const usual = defaultOf(key, version) ?? '';
  const given = givenAnswers(document).get(key.name);
  const texts = [
    ...(typeof given?.value === 'string' ? [given.value] : []),
    ...devices(key, () => interfaceNames(document, cursor, known).map(({ name }) => name)),
    ...(key.checks.includes('ssh') ? (cluster?.nodes ?? []).map(reachedAt) : []),
    ...(isPlaceholder(usual) ? [] : [usual]),
  ];
  return [...new Set(texts)].filter((text) => text !== '').map((text) => value(text));
}

function devices({ name }: AnswerKey, names: () => readonly string[]): readonly string[] {
  if (/_TUNNEL_IF$/.test(name)) return names();
  return /_BRIDGE_IFACES$/.test(name) ? names().map((device) => `br-ex:${device}`) : [];
}
