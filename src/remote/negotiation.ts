import type { Failure } from '../base/failure.ts';
import { type Message, msg } from '../base/l10n.ts';
import { type Algorithms, algorithmKeyword, usable } from './base/algorithms.ts';
import { nameOf, placeOf, printable, type Target } from './base/target.ts';

type Kind = keyof Algorithms;

/** The library's words for each kind of algorithm, in its messages and its errors. */
const kinds: readonly (readonly [words: RegExp, kind: Kind])[] = [
  [/kex method|key exchange/i, 'kex'],
  [/host key format/i, 'hostKey'],
  [/cipher/i, 'cipher'],
  [/\bmac\b/i, 'mac'],
];

function kindOf(text: string): Kind | undefined {
  return kinds.find(([words]) => words.test(text))?.[1];
}

/** How many names are quoted. */
const maxNames = 12;

function namesOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => printable(name.trim()))
    .filter((name) => name !== '');
}

function quoted(names: readonly string[]): string {
  return names.length > maxNames ? `${names.slice(0, maxNames).join(', ')}, …` : names.join(', ');
}

/** The lists of algorithms that both sides have sent, for a failure that names them. */
export class Negotiation {
  readonly #lists = new Map<string, readonly string[]>();

  /** A line of the library's log. */
  hear(line: string): void {
    const [, side, what = '', list = ''] =
      /^Handshake: \((local|remote)\) ([^:]{1,40}): (.*)$/s.exec(line) ?? [];
    const kind = kindOf(what);
    // Both directions have the same lists in OpenSSH; the first one counts.
    if (side === undefined || !kind || this.#lists.has(`${side} ${kind}`)) return;
    this.#lists.set(`${side} ${kind}`, namesOf(list.slice(0, 8_192)));
  }

  /** The failure for the library's error, with both lists; undefined if the lists are not its cause. */
  failure(target: Target, error: string): Failure | undefined {
    const kind = /no matching/i.test(error) ? kindOf(error) : undefined;
    if (!kind) return undefined;
    const theirs = this.#lists.get(`remote ${kind}`) ?? [];
    const ours = this.#lists.get(`local ${kind}`) ?? [];
    const keyword = algorithmKeyword[kind];
    return {
      code: 'handshake',
      message: msg(
        '{0} ({1}) and Stackprep have no SSH algorithm in common ({2}).',
        nameOf(target),
        placeOf(target),
        keyword,
      ),
      action: this.#action(kind, theirs),
      detail: `${keyword}: ${quoted(theirs)}; Stackprep: ${quoted(ours)}`,
    };
  }

  #action(kind: Kind, theirs: readonly string[]): Message {
    const possible = usable(kind, theirs)[0];
    return possible === undefined
      ? msg('Update OpenSSH on the host, or allow current algorithms in its sshd settings.')
      : msg(
          'Update OpenSSH on the host, or allow its old algorithm in your ssh config: `{0} +{1}`.',
          algorithmKeyword[kind],
          possible,
        );
  }
}

/** The ssh config allows nothing of a kind that can be used here. */
export function nothingToOffer(target: Target, missing: readonly Kind[]): Failure {
  const keyword = algorithmKeyword[missing[0] ?? 'kex'];
  return {
    code: 'handshake',
    message: msg(
      '{0} ({1}): {2} in your ssh config allows no algorithm that Stackprep has.',
      nameOf(target),
      placeOf(target),
      keyword,
    ),
    action: msg('Add current algorithms to {0} for this host.', keyword),
  };
}
