import { minSecretLength, secretForms } from '../base/secret-forms.ts';

/** The replacement for a masked value. */
export const masked = '********';

/** Masks in one text. */
export type Mask = (text: string) => string;

type Range = readonly [from: number, to: number];

function replaced(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  let [result, done] = ['', 0];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    if (from >= done) result += text.slice(done, from) + masked;
    done = Math.max(done, to);
  }
  return result + text.slice(done);
}

/** Where the forms occur in a text. */
function occurrences(text: string, forms: Iterable<string>): Range[] {
  const ranges: Range[] = [];
  for (const form of forms)
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
      ranges.push([at, at + form.length]);
  return ranges;
}

/** Where the forms occur in a text whose line breaks may be anywhere in them. */
function brokenOccurrences(text: string, forms: Iterable<string>): Range[] {
  if (!/[\r\n]/.test(text)) return [];
  const places: number[] = [];
  let bare = '';
  for (const { 0: piece, index } of text.matchAll(/[^\r\n]+/g)) {
    for (let at = 0; at < piece.length; at += 1) places.push(index + at);
    bare += piece;
  }
  return occurrences(bare, forms).map(([from, to]) => [places[from] ?? 0, (places[to - 1] ?? 0) + 1]);
}

/** A form that a line break splits keeps at least this much on one of the two lines. */
function halfOf(form: string): number {
  return Math.max(minSecretLength, Math.ceil(form.length / 2));
}

/** The larger half of a form that continues on the next line or began on the last one, or a line out of its middle. */
function edgeOf(line: string, form: string): Range | undefined {
  const half = halfOf(form);
  if (line.length < form.length && line.length >= minMiddleLength && form.includes(line))
    return [0, line.length];
  const head = form.slice(0, half);
  let from = line.indexOf(head, Math.max(0, line.length - form.length + 1));
  for (; from >= 0; from = line.indexOf(head, from + 1))
    if (form.startsWith(line.slice(from))) return [from, line.length];
  const tail = form.slice(-half);
  const at = line.indexOf(tail);
  const to = at + half;
  return at >= 0 && form.endsWith(line.slice(0, to)) ? [0, to] : undefined;
}

/** A shorter line may equal a piece of a form by chance. */
const minMiddleLength = 8;

/** Masks of known secrets, in every form that a program may print them. */
export interface SecretMask {
  /** For a whole text. */
  readonly text: Mask;
  /** For one line of a log: a secret may continue on the next one. */
  readonly line: Mask;
}

/** Masks all occurrences of known secrets; overlapping ones are masked as a whole. */
export function maskSecrets(values: Iterable<string>): SecretMask {
  const all = [...values];
  // A whole value may have line breaks, its forms have none.
  const forms = new Set([
    ...all.filter(({ length }) => length >= minSecretLength),
    ...all.flatMap(secretForms),
  ]);
  const ranges = (text: string): Range[] => [...occurrences(text, forms), ...brokenOccurrences(text, forms)];
  return {
    text: (text) => replaced(text, ranges(text)),
    line: (text) => {
      const line = text.trimEnd();
      const edges = [...forms].flatMap((form) => {
        const edge = edgeOf(line, form);
        return edge ? [edge] : [];
      });
      return replaced(text, [...ranges(text), ...edges]);
    },
  };
}

/** Keys with fixed words as values; masking one that equals a secret would break the readers. */
const protocolKeys: ReadonlySet<string> = new Set(
  'type code node step run kind state outcome phase stream severity cluster nodes steps'.split(' '),
);

/** Masks the foreign texts of an event: log lines, values of messages, arguments of reasons, output of yum. */
export function maskEvent<Event>(event: Event, mask: SecretMask): Event;
export function maskEvent(event: unknown, mask: SecretMask): unknown {
  if (typeof event === 'string') return mask.text(event);
  if (Array.isArray(event)) return event.map((item) => maskEvent(item, mask));
  if (typeof event !== 'object' || event === null) return event;
  // The `text` of a message is the key of its translation.
  const isMessage = 'text' in event && 'args' in event;
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      protocolKeys.has(key) || (isMessage && key === 'text')
        ? value
        : key === 'line' && typeof value === 'string'
          ? mask.line(value)
          : maskEvent(value, mask),
    ]),
  );
}
