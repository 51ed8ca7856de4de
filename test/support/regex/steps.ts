import { type Loop, type Node, parseExpression } from './parse.ts';

/** An instruction of a backtracking matcher; jumps are relative to the instruction. */
type Op =
  | { readonly op: 'atom'; readonly accepts: (code: number) => boolean; readonly back: boolean }
  | { readonly op: 'edge'; readonly source: string }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly by: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'mark'; readonly slot: number }
  | { readonly op: 'moved'; readonly slot: number }
  | { readonly op: 'again'; readonly index: number; readonly back: boolean }
  | { readonly op: 'look'; readonly program: readonly Op[]; readonly negative: boolean };

/** A loop that may repeat more often counts as unbounded. */
const longestBound = 1000;

/** Counts the steps of a backtracking engine, which are the same on every computer under any load. */
export interface Stepper {
  /** The steps of one search from the beginning of the text, at most `limit`. */
  count(text: string, limit: number): number;
}

class Compiler {
  readonly #flags: string;
  readonly #saves: boolean;
  readonly #atoms = new Map<string, (code: number) => boolean>();
  #slots = 0;

  constructor({ flags, source }: RegExp) {
    this.#flags = flags.replace(/[gydm]/g, '');
    this.#saves = /\\[1-9]/.test(source);
  }

  #accepting(source: string): (code: number) => boolean {
    const known = this.#atoms.get(source);
    if (known) return known;
    const expression = new RegExp(`^(?:${source})$`, this.#flags);
    const answers = new Int8Array(0x10000);
    const accepts = (code: number): boolean => {
      if (Number.isNaN(code)) return false;
      answers[code] ||= expression.test(String.fromCharCode(code)) ? 1 : -1;
      return answers[code] === 1;
    };
    this.#atoms.set(source, accepts);
    return accepts;
  }

  program(node: Node, back: boolean): readonly Op[] {
    switch (node.kind) {
      case 'atom':
        return [{ op: 'atom', accepts: this.#accepting(node.source), back }];
      case 'edge':
        return [{ op: 'edge', source: node.source }];
      case 'again':
        return [{ op: 'again', index: node.index, back }];
      case 'look':
        return [{ op: 'look', program: this.program(node.item, node.behind), negative: node.negative }];
      case 'group': {
        const inner = this.program(node.item, back);
        if (node.index === undefined || !this.#saves) return inner;
        const [open, close] = [node.index * 2, node.index * 2 + 1];
        return [
          { op: 'save', slot: back ? close : open },
          ...inner,
          { op: 'save', slot: back ? open : close },
        ];
      }
      case 'sequence':
        return (back ? [...node.items].reverse() : node.items).flatMap((item) => this.program(item, back));
      case 'choice':
        return this.#choice(node.items.map((item) => this.program(item, back)));
      case 'loop':
        return this.#loop(node, this.program(node.item, back));
    }
  }

  #choice([first = [], ...others]: readonly (readonly Op[])[]): readonly Op[] {
    if (others.length === 0) return first;
    const rest = this.#choice(others);
    return [
      { op: 'split', first: 1, second: first.length + 2 },
      ...first,
      { op: 'jump', by: rest.length + 1 },
      ...rest,
    ];
  }

  #loop({ min, max, lazy }: Loop, once: readonly Op[]): readonly Op[] {
    const must = Array.from({ length: min }, () => once).flat();
    const split = (inside: number, outside: number): Op =>
      lazy
        ? { op: 'split', first: outside, second: inside }
        : { op: 'split', first: inside, second: outside };
    if (max <= longestBound) {
      // A bound is a constant factor; a smaller one shows the same growth with shorter texts.
      const room = Math.min(max - min, 16);
      const each = once.length + 1;
      const may = Array.from({ length: room }, (_, index) => [split(1, (room - index) * each), ...once]);
      return [...must, ...may.flat()];
    }
    const slot = this.#slots++;
    const body: readonly Op[] =
      once.length === 1 && once[0]?.op === 'atom'
        ? once
        : [{ op: 'mark', slot }, ...once, { op: 'moved', slot }];
    return [...must, split(1, body.length + 2), ...body, { op: 'jump', by: -(body.length + 1) }];
  }
}

const nothing: readonly undefined[] = [];

const isWord = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);

/** One search; a thread that fails undoes its writes and continues at the last choice. */
class Search {
  steps = 0;
  readonly #text: string;
  readonly #limit: number;
  readonly #multiline: boolean;
  readonly #saved: (number | undefined)[] = [];
  readonly #marks: number[] = [];

  constructor(text: string, limit: number, multiline: boolean) {
    this.#text = text;
    this.#limit = limit;
    this.#multiline = multiline;
  }

  get isOver(): boolean {
    return this.steps >= this.#limit;
  }

  #edge(source: string, at: number): boolean {
    const [before, after] = [this.#text[at - 1], this.#text[at]];
    if (source === '^') return before === undefined || (this.#multiline && before === '\n');
    if (source === '$') return after === undefined || (this.#multiline && after === '\n');
    return (isWord(before) !== isWord(after)) === (source === '\\b');
  }

  /** The position after the instruction; undefined if it fails. */
  #after(op: Exclude<Op, { op: 'split' | 'jump' }>, at: number): number | undefined {
    switch (op.op) {
      case 'atom': {
        const code = this.#text.charCodeAt(op.back ? at - 1 : at);
        return op.accepts(code) ? at + (op.back ? -1 : 1) : undefined;
      }
      case 'edge':
        return this.#edge(op.source, at) ? at : undefined;
      case 'save':
        this.#saved[op.slot] = at;
        return at;
      case 'mark':
        this.#marks[op.slot] = at;
        return at;
      case 'moved':
        return this.#marks[op.slot] === at ? undefined : at;
      case 'again': {
        const [from, to] = [this.#saved[op.index * 2], this.#saved[op.index * 2 + 1]];
        const captured = from === undefined || to === undefined ? '' : this.#text.slice(from, to);
        this.steps += captured.length;
        const start = op.back ? at - captured.length : at;
        if (!this.#text.startsWith(captured, start)) return undefined;
        return op.back ? start : at + captured.length;
      }
      case 'look':
        return this.run(op.program, at) === op.negative ? undefined : at;
    }
  }

  run(program: readonly Op[], from: number): boolean {
    const choices: (readonly [pc: number, at: number, saved: readonly (number | undefined)[]])[] = [];
    let [pc, at] = [0, from];
    for (;;) {
      this.steps += 1;
      if (this.isOver) return false;
      const op = program[pc];
      if (!op) return true;
      if (op.op === 'jump') pc += op.by;
      else if (op.op === 'split') {
        choices.push([pc + op.second, at, this.#saved.length > 0 ? [...this.#saved] : nothing]);
        pc += op.first;
      } else {
        const next = this.#after(op, at);
        if (next !== undefined) [pc, at] = [pc + 1, next];
        else {
          const choice = choices.pop();
          if (!choice) return false;
          [pc, at] = choice;
          if (choice[2].length > 0) this.#saved.splice(0, this.#saved.length, ...choice[2]);
        }
      }
    }
  }
}

export function stepper(expression: RegExp): Stepper {
  const compiler = new Compiler(expression);
  const program = compiler.program(parseExpression(expression), false);
  return {
    count(text, limit) {
      const search = new Search(text, limit, expression.multiline);
      const last = expression.sticky ? 0 : text.length;
      for (let at = 0; at <= last && !search.isOver; at++) if (search.run(program, at)) break;
      return search.steps;
    },
  };
}
