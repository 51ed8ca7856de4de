import { Buffer } from 'node:buffer';
import { assertNever } from '../base/assert-never.ts';
import type { Reason } from '../base/states.ts';
import type {
  Effect,
  FileChange,
  FileSide,
  NodeDifference,
  PreviewEnd,
  StepDifference,
  Transaction,
} from '../plan/differences.ts';
import type { DifferenceMarker, Unpreviewed } from '../plan/markers.ts';
import { transactionOf } from '../plan/solver-output.ts';
import { type Mask, maskSecrets } from '../run/mask.ts';
import { maskShapes } from '../run/mask-shapes.ts';

/** The most that is read of a node's differences; more is left out, and the step says so. */
const limits = {
  /** Of one kind in a step. */
  items: 2_000,
  fieldLength: 4_096,
  /** Of one part of a file or transaction, base64. */
  textLength: 1_500_000,
  nodeLength: 24_000_000,
} as const;

/** A file or a transaction, whose parts arrive in pieces of base64. */
interface OpenItem {
  readonly parts: Map<string, string>;
}

interface OpenFile extends OpenItem {
  /** The path in base64, then the traits of both sides. */
  readonly fields: readonly string[];
}

interface OpenTransaction extends OpenItem {
  readonly code: number;
}

interface OpenStep {
  readonly step: string;
  readonly files: OpenFile[];
  readonly transactions: OpenTransaction[];
  readonly effects: Effect[];
  readonly notices: Reason[];
  readonly log: string[];
  end?: PreviewEnd;
  isCut: boolean;
}

/** The code with which a preview ends where the step waits. */
const waitsCode = 77;

function endOf(code: number): PreviewEnd {
  if (code === 0) return 'whole';
  return code === waitsCode ? 'waits' : 'failed';
}

/** Base64 to text; undefined for bytes that are not UTF-8, or have NUL. */
function textOf(encoded: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

/** Kind, mode, owner, context and size, as the node prints them. */
function sideOf(
  [kind = '', mode = '', owner = '', context = '', size = '']: readonly string[],
  encoded: string,
): FileSide {
  if (!/^[0-7]{1,4}$/.test(mode) || !/^\d{1,15}$/.test(size)) return { kind: 'absent' };
  const traits = {
    mode,
    owner: owner.slice(0, 200),
    ...(context !== '-' && context !== '?' && context !== '' ? { context: context.slice(0, 400) } : {}),
    size: Number(size),
  };
  if (kind === 'private' || kind === 'large') return { kind, ...traits };
  if (kind !== 'text' && kind !== 'link') return { kind: 'absent' };
  const text = textOf(encoded);
  if (text === undefined) return { kind: 'binary', ...traits };
  return { kind, ...traits, text: kind === 'link' ? text.replace(/\n$/, '') : text };
}

/** Collects what a preview prints. */
export class DifferenceFindings {
  readonly #node: string;
  readonly #mask: Mask;
  readonly #steps: OpenStep[] = [];
  #unavailable: Unpreviewed | undefined;
  #step: OpenStep | undefined;
  #item: OpenItem | undefined;
  #length = 0;

  /** `secrets` are the values that must not be in what the programs of the node print. */
  constructor(node: string, secrets: Iterable<string>) {
    this.#node = node;
    const known = maskSecrets(secrets);
    this.#mask = (text) => maskShapes(known.text(text));
  }

  /** A step begins: what follows belongs to it. */
  begin(step: string): void {
    this.#step = { step, files: [], transactions: [], effects: [], notices: [], log: [], isCut: false };
    this.#item = undefined;
  }

  notice(reason: Reason): void {
    if (this.#step && this.#step.notices.length < 100) this.#step.notices.push(reason);
  }

  log(line: string): void {
    if (this.#step && this.#step.log.length < 40)
      this.#step.log.push(this.#mask(line.slice(0, limits.fieldLength)));
  }

  add(marker: DifferenceMarker): void {
    if (marker.type === 'unpreviewed') this.#unavailable = marker.why;
    else if (this.#step) this.#addTo(this.#step, marker);
  }

  get difference(): NodeDifference {
    const steps = this.#steps.map((step) => this.#closed(step));
    return { node: this.#node, steps, ...(this.#unavailable ? { unavailable: this.#unavailable } : {}) };
  }

  #addTo(step: OpenStep, marker: Exclude<DifferenceMarker, { type: 'unpreviewed' }>): void {
    switch (marker.type) {
      case 'file':
        this.#open(step, step.files, { fields: marker.fields, parts: new Map() });
        return;
      case 'transaction':
        this.#open(step, step.transactions, { code: marker.code, parts: new Map() });
        return;
      case 'text':
        this.#text(step, marker.part, marker.data);
        return;
      case 'effect': {
        if (step.effects.length >= limits.items) step.isCut = true;
        const [program = '', ...args] = marker.words.map((word) =>
          this.#mask(word.slice(0, limits.fieldLength)),
        );
        if (!step.isCut) step.effects.push({ program, args });
        return;
      }
      case 'previewed':
        step.end = endOf(marker.code);
        this.#steps.push(step);
        this.#step = undefined;
        this.#item = undefined;
        return;
      default:
        assertNever(marker);
    }
  }

  #open<Item extends OpenItem>(step: OpenStep, items: Item[], item: Item): void {
    this.#item = items.length < limits.items ? item : undefined;
    if (this.#item) items.push(item);
    else step.isCut = true;
  }

  #text(step: OpenStep, part: string, data: string): void {
    const parts = this.#item?.parts;
    if (!parts || part.length > 20) return;
    const text = (parts.get(part) ?? '') + data;
    this.#length += data.length;
    if (this.#length <= limits.nodeLength && text.length <= limits.textLength) {
      parts.set(part, text);
      return;
    }
    // A part of a text would show as a difference.
    step.isCut = true;
    this.#item = undefined;
    parts.clear();
  }

  #closed({ files, transactions, end = 'failed', ...rest }: OpenStep): StepDifference {
    return {
      ...rest,
      end,
      files: files.flatMap((file) => fileOf(file)),
      transactions: transactions.map((each) => this.#transaction(each)),
    };
  }

  #transaction({ code, parts }: OpenTransaction): Transaction {
    const text = (part: string): string => Buffer.from(parts.get(part) ?? '', 'base64').toString('utf8');
    const found = transactionOf({
      output: text('output'),
      installed: text('installed'),
      security: text('security'),
    });
    if (code === 0) return { packages: found.packages };
    return { packages: found.packages, failure: found.last.map(this.#mask) };
  }
}

function fileOf({ fields: [path64 = '', ...sides], parts }: OpenFile): readonly FileChange[] {
  const path = textOf(path64);
  if (path === undefined || !path.startsWith('/') || path.length > limits.fieldLength) return [];
  const before = sideOf(sides.slice(0, 5), parts.get('old') ?? '');
  const after = sideOf(sides.slice(5, 10), parts.get('new') ?? '');
  return [{ path, before, after }];
}
