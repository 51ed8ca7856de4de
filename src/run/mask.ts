/** What stands for a masked value. */
export const masked = '********';

/** A shorter value would blacken half of every log and is no secret. */
export const shortestSecret = 3;

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const end = /-----END [A-Z ]*PRIVATE KEY-----/;

/** `https://user:password@host`, `password=…`, `token: …`: the value goes, what is around it stays. */
const shapes: readonly RegExp[] = [
  /((?<=[a-z0-9+.-]):\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi,
  /((?:password|passwd|passphrase|secret|token|api_?key)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;]+)/gi,
  /(\bauthorization:\s*\w+\s+)\S+/gi,
];

/** Masks in one text. */
export type Mask = (text: string) => string;

/** Masks what looks like a secret in one text. */
export const maskShapes: Mask = (text) =>
  shapes.reduce((rest, shape) => rest.replace(shape, `$1${masked}`), text);

/** Masks what looks like a secret, line by line; a private key goes from its first line to its last. */
export function createMask(): Mask {
  let inKey = false;
  return (line) => {
    if (!inKey && !begin.test(line)) return maskShapes(line);
    inKey = !end.test(line);
    return masked;
  };
}

/** The value as a node may echo it: as it is, one of its lines, quoted for a shell, in JSON, in an address. */
function* echoes(value: string): Generator<string> {
  yield value;
  yield value.replaceAll("'", `'\\''`);
  yield JSON.stringify(value).slice(1, -1);
  if (!/\p{Surrogate}/u.test(value)) yield encodeURIComponent(value);
  yield* value.split(/\r?\n/);
}

/** Masks the values of secrets that are known, wherever and however often they stand; overlapping ones as a whole. */
export function maskSecrets(values: Iterable<string>): Mask {
  const forms = new Set<string>();
  for (const value of values)
    for (const form of echoes(value)) if (form.length >= shortestSecret) forms.add(form);
  return (text) => {
    const ranges: [from: number, to: number][] = [];
    for (const form of forms)
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
        ranges.push([at, at + form.length]);
    if (ranges.length === 0) return text;
    let [result, done] = ['', 0];
    for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
      if (from >= done) result += text.slice(done, from) + masked;
      done = Math.max(done, to);
    }
    return result + text.slice(done);
  };
}

/** Keys whose values are words of our own: masking one that happens to be a secret would break what reads them. */
const ownWords: ReadonlySet<string> = new Set(
  'type code node step run kind state outcome phase stream severity cluster nodes steps'.split(' '),
);

/** Masks the texts of an event that come from elsewhere: log lines, values and plain texts of messages, arguments of reasons, what yum said. */
export function maskEvent<Event>(event: Event, mask: Mask): Event;
export function maskEvent(event: unknown, mask: Mask): unknown {
  if (typeof event === 'string') return mask(event);
  if (Array.isArray(event)) return event.map((item) => maskEvent(item, mask));
  if (typeof event !== 'object' || event === null) return event;
  // Of a message the text is the English pattern that translations are found by.
  const isMessage = 'text' in event && 'args' in event;
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      ownWords.has(key) || (isMessage && key === 'text') ? value : maskEvent(value, mask),
    ]),
  );
}

/** Masks every text inside a value of JSON; those called `line` are lines of one log. */
export function maskTexts(value: unknown, mask: Mask, maskLine: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, mask, maskLine));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'line' && typeof item === 'string' ? maskLine(item) : maskTexts(item, mask, maskLine),
    ]),
  );
}
