/** The replacement for a masked value. */
export const masked = '********';

/** Shorter values are not masked: they would blank out half of every log. */
export const minSecretLength = 3;

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const end = /-----END [A-Z ]*PRIVATE KEY-----/;

/** `https://user:password@host`, `password=…`, `token: …`: only the value is masked. */
const shapes: readonly RegExp[] = [
  /((?<=[a-z0-9+.-]):\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi,
  /((?:password|passwd|passphrase|secret|token|api_?key)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;]+)/gi,
  /(\bauthorization:\s*\w+\s+)\S+/gi,
];

/** Masks in one text. */
export type Mask = (text: string) => string;

/** Masks everything in a text that looks like a secret. */
export const maskShapes: Mask = (text) =>
  shapes.reduce((rest, shape) => rest.replace(shape, `$1${masked}`), text);

/** Masks everything that looks like a secret, line by line; a private key is masked as a whole. */
export function createMask(): Mask {
  let inKey = false;
  return (line) => {
    if (!inKey && !begin.test(line)) return maskShapes(line);
    inKey = !end.test(line);
    return masked;
  };
}

/** Masks everything in a whole text that looks like a secret. */
export function maskText(text: string): string {
  return text.split('\n').map(createMask()).join('\n');
}

/** The forms in which a node may print the value: as is, one of its lines, quoted for a shell, in JSON, in a URL. */
function* echoes(value: string): Generator<string> {
  yield value;
  yield value.replaceAll("'", `'\\''`);
  yield JSON.stringify(value).slice(1, -1);
  if (!/\p{Surrogate}/u.test(value)) yield encodeURIComponent(value);
  yield* value.split(/\r?\n/);
}

/** Masks all occurrences of known secrets; overlapping ones are masked as a whole. */
export function maskSecrets(values: Iterable<string>): Mask {
  const forms = new Set<string>();
  for (const value of values)
    for (const form of echoes(value)) if (form.length >= minSecretLength) forms.add(form);
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

/** Keys with fixed words as values; masking one that equals a secret would break the readers. */
const protocolKeys: ReadonlySet<string> = new Set(
  'type code node step run kind state outcome phase stream severity cluster nodes steps'.split(' '),
);

/** Masks the foreign texts of an event: log lines, values of messages, arguments of reasons, output of yum. */
export function maskEvent<Event>(event: Event, mask: Mask): Event;
export function maskEvent(event: unknown, mask: Mask): unknown {
  if (typeof event === 'string') return mask(event);
  if (Array.isArray(event)) return event.map((item) => maskEvent(item, mask));
  if (typeof event !== 'object' || event === null) return event;
  // The `text` of a message is the key of its translation.
  const isMessage = 'text' in event && 'args' in event;
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      protocolKeys.has(key) || (isMessage && key === 'text') ? value : maskEvent(value, mask),
    ]),
  );
}

/** Masks every text inside a JSON value; values of `line` are lines of one log. */
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
