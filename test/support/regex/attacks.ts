import { type Loop, type Node, parseExpression } from './parse.ts';

/** A text of any length that may keep an expression busy: a head, a repeated unit, and a tail. */
export interface Attack {
  readonly head: string;
  readonly unit: string;
  readonly tail: string;
}

export function attackText({ head, unit, tail }: Attack, length: number): string {
  return (
    head + unit.repeat(Math.max(1, Math.ceil((length - head.length - tail.length) / unit.length))) + tail
  );
}

const common = [
  ' ',
  '\t',
  '\n',
  '\r',
  '0',
  '9',
  'a',
  'x',
  'A',
  'Z',
  ...'-./:;,"\'([{<=_@%#|\\$&*!~',
  '가',
  '：',
];
/** Characters at which a partial match may fail. */
const tails = ['\u0001', '\n!'];

/** A loop, the text before it, and the text after it. */
interface Place {
  readonly loop: Loop;
  readonly before: string;
  readonly after: string;
  /** The text between it and the next loop. */
  readonly between: string;
}

/** Whether a node can repeat often enough to matter. */
function isLong(node: Node): node is Loop {
  return node.kind === 'loop' && node.max >= 8;
}

function* atomsOf(node: Node): Generator<string> {
  if (node.kind === 'atom') yield node.source;
  else if ('items' in node) for (const item of node.items) yield* atomsOf(item);
  else if ('item' in node) yield* atomsOf(node.item);
}

class Sampler {
  readonly #accepted = new Map<string, readonly string[]>();

  constructor(expression: RegExp, tree: Node) {
    const flags = expression.flags.replace(/[gydm]/g, '');
    const atoms = [...new Set(atomsOf(tree))].map(
      (source) => [source, new RegExp(`^(?:${source})$`, flags)] as const,
    );
    // One of the characters that no part of the expression distinguishes is enough.
    const kinds = new Map<string, string>();
    for (const char of [...expression.source.replace(/\\./gs, ''), ...common]) {
      const kind = [/\w/.test(char), ...atoms.map(([, atom]) => atom.test(char))].join();
      if (!kinds.has(kind)) kinds.set(kind, char);
    }
    for (const [source, atom] of atoms) {
      const fits = [...kinds.values()].filter((char) => atom.test(char));
      const own = /^\\?(.)$/su.exec(source)?.[1];
      const found = fits.length > 0 ? fits : [own ?? '\u0001'];
      // A letter is more typical of a text than a blank.
      found.sort((a, b) => Number(/\w/.test(b)) - Number(/\w/.test(a)));
      this.#accepted.set(source, found);
    }
  }

  /** The characters that an atom accepts, one of each kind. */
  accepted(source: string): readonly string[] {
    return this.#accepted.get(source) ?? [];
  }

  /** A short text that the node matches; with `full`, every optional part occurs once. */
  sample(node: Node, full: boolean): string {
    switch (node.kind) {
      case 'atom':
        return /^\\?[^\\[.dDwWsSpPbB]$/su.test(node.source)
          ? node.source.slice(-1)
          : (this.accepted(node.source)[0] ?? '');
      case 'sequence':
        return node.items.map((item) => this.sample(item, full)).join('');
      case 'choice':
        return node.items[0] ? this.sample(node.items[0], full) : '';
      case 'group':
        return this.sample(node.item, full);
      case 'loop':
        return this.sample(node.item, full).repeat(Math.max(node.min, full ? 1 : 0));
      default:
        return '';
    }
  }

  *places(node: Node, before = '', after = ''): Generator<Place> {
    switch (node.kind) {
      case 'sequence':
        for (const full of [false, true])
          for (const [index, item] of node.items.entries()) {
            const left = node.items.slice(0, index).map((other) => this.sample(other, full));
            const right = node.items.slice(index + 1).map((other) => this.sample(other, full));
            const next = node.items.findIndex((other, place) => place > index && isLong(other));
            const between = next < 0 ? '' : right.slice(0, next - index - 1).join('');
            for (const place of this.places(item, before + left.join(''), right.join('') + after))
              yield place.loop === item ? { ...place, between } : place;
          }
        break;
      case 'choice':
        for (const item of node.items) yield* this.places(item, before, after);
        break;
      case 'group':
      case 'look':
        yield* this.places(node.item, before, after);
        break;
      case 'loop':
        if (isLong(node)) yield { loop: node, before, after, between: '' };
        yield* this.places(node.item, before, after);
    }
  }

  /** Units that a loop can repeat. */
  units({ item }: Loop): readonly string[] {
    const bare = item.kind === 'group' ? item.item : item;
    if (bare.kind === 'atom') {
      const chars = this.accepted(bare.source);
      const word = chars.find((char) => /\w/.test(char));
      const pairs =
        word === undefined ? [] : chars.filter((char) => !/\w/.test(char)).map((char) => word + char);
      return [...chars, ...pairs];
    }
    if (bare.kind === 'choice') return bare.items.map((each) => this.sample(each, true));
    return [this.sample(bare, false), this.sample(bare, true)];
  }
}

/** The worst texts for an expression, made from its parts. */
export function attacks(expression: RegExp): readonly Attack[] {
  const tree = parseExpression(expression);
  const sampler = new Sampler(expression, tree);
  const found = new Map<string, Attack>();
  const add = (head: string, unit: string): void => {
    if (unit === '') return;
    for (const tail of tails) found.set(JSON.stringify([head, unit, tail]), { head, unit, tail });
  };
  for (const char of [' ', '\t', '0', 'a;']) add('', char);
  for (const full of [false, true]) {
    const whole = sampler.sample(tree, full);
    add('', whole);
    add('', whole.slice(0, -1));
  }
  for (const place of sampler.places(tree)) {
    add(place.before, place.between);
    for (const unit of sampler.units(place.loop)) {
      add(place.before, unit);
      add(place.before, unit + place.between);
      add('', unit);
      add('', place.before + unit);
      add('', place.before + unit + place.after.slice(0, -1));
      add(`x${place.before}`, unit);
    }
  }
  return [...found.values()];
}
