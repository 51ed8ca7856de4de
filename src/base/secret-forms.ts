/** Shorter values are not masked: they would blank out half of every log. */
export const minSecretLength = 3;
/** Shorter pieces of an encoding occur by chance. */
const minPieceLength = 4;
/** A longer secret, such as a private key, is only looked for as itself, line by line, in JSON and in base64. */
const maxEncodedLength = 1_024;

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a text in UTF-8; a lone surrogate is U+FFFD, as for every encoder. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const found = char.codePointAt(0) ?? 0;
    const code = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
    const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(6), tail(0));
    else bytes.push(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
  }
  return bytes;
}

/** The letters of base64 that the bytes alone decide if `before` other bytes precede them. */
function base64Piece(bytes: readonly number[], before: number): string {
  const all = [...Array.from({ length: before }, () => 0), ...bytes];
  const last = Math.floor((all.length * 8) / 6);
  let text = '';
  for (let at = Math.ceil((before * 8) / 6); at < last; at += 1) {
    const bit = at * 6;
    const pair = ((all[bit >> 3] ?? 0) << 8) | (all[(bit >> 3) + 1] ?? 0);
    text += base64Letters[(pair >> (10 - (bit & 7))) & 63] ?? '';
  }
  return text;
}

/** Each character that matches as an escape; the others stay. */
function escaped(text: string, which: RegExp, write: (char: string) => string): string {
  return text.replace(which, write);
}

const hex = (code: number, width = 2): string => code.toString(16).padStart(width, '0');
const codeOf = (char: string): number => char.codePointAt(0) ?? 0;
/** Each byte of a character, with a lead. */
const bytesOf = (char: string, lead: string, digits: (byte: number) => string): string =>
  utf8(char)
    .map((byte) => lead + digits(byte))
    .join('');
const octal = (byte: number): string => byte.toString(8).padStart(3, '0');

/** Names of control characters after a backslash. */
const named: ReadonlyMap<string, string> = new Map([
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
  ['\b', 'b'],
  ['\f', 'f'],
]);

const keptInUrls = [
  /[^\w.~-]/gu,
  /[^\w.!~*'()-]/gu,
  /[^\w.~/-]/gu,
  /[^\w.*-]/gu,
  /[^\w.-]/gu,
  /[^\w./-]/gu,
  /[^\w.!~*'();/?:@&=+$,#-]/gu,
  /[\s\S]/gu,
];

/** RFC 3986, and what its encoders leave: encodeURI, Python's quote and quote_plus (2 and 3), forms, PHP, everything. */
function* urls(value: string): Generator<string> {
  const percent = (char: string): string => bytesOf(char, '%', hex);
  for (const kept of keptInUrls) {
    const text = escaped(value, kept, percent);
    yield text;
    yield text.replace(/%[0-9a-f]{2}/g, (triple) => triple.toUpperCase());
    yield text.replaceAll('%20', '+');
    yield text.replace(/%[0-9a-f]{2}/g, (triple) => triple.toUpperCase()).replaceAll('%20', '+');
    // A value in a URL that is itself a value.
    yield text.replace(/%[0-9a-f]{2}/g, (triple) => triple.toUpperCase()).replaceAll('%', '%25');
  }
}

/** JSON as its writers differ: slashes, letters beyond ASCII, and `<`, `>`, `&` as Go writes them. */
function* jsons(value: string): Generator<string> {
  const plain = JSON.stringify(value).slice(1, -1);
  const unicode = (char: string): string =>
    Array.from({ length: char.length }, (_, at) => `\\u${hex(char.charCodeAt(at), 4)}`).join('');
  for (const text of [plain, escaped(plain, /[<>&\u2028\u2029]/g, unicode)])
    for (const written of [text, text.replaceAll('/', '\\/')]) {
      yield written;
      yield escaped(written, /[^\0-\x7f]/gu, unicode);
      yield escaped(
        escaped(written, /[^\0-\x7f]/gu, unicode),
        /\\u[0-9a-f]{4}/g,
        (each) => `\\u${each.slice(2).toUpperCase()}`,
      );
      // JSON in JSON.
      yield JSON.stringify(written).slice(1, -1);
    }
}

/** POSIX and bash (printf %q, ${x@Q}), Python's shlex, and what stays inside double quotes. */
function* shells(value: string): Generator<string> {
  yield value.replaceAll("'", `'\\''`);
  yield value.replaceAll("'", `'"'"'`);
  yield escaped(value, /[\\"$`]/g, (char) => `\\${char}`);
  yield escaped(value, /[\\"$`!]/g, (char) => `\\${char}`);
  const backslashed = escaped(value, /[\s!"$&'()*,;<>?[\\\]^`{|}]/g, (char) => `\\${char}`);
  yield backslashed;
  yield escaped(backslashed, /(?<![^=:])~|^#/g, (char) => `\\${char}`);
  yield escaped(value, /\W/gu, (char) => `\\${char}`);
  yield escaped(value, /[^\w/@%+=:,.-]/gu, (char) => `\\${char}`);
  const control = (char: string): string =>
    named.has(char) ? `\\${named.get(char)}` : char === '\x1b' ? '\\E' : bytesOf(char, '\\', octal);
  const ansi = escaped(value, /[\\']/g, (char) => `\\${char}`);
  yield escaped(ansi, /[\0-\x1f\x7f]/g, control);
  yield escaped(ansi, /[\0-\x1f\x7f]|[^\0-\x7f]/gu, control);
}

function* htmls(value: string): Generator<string> {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  yield text;
  for (const double of ['&quot;', '&#34;', '&#x22;'])
    for (const single of ["'", '&#39;', '&#x27;', '&apos;', '&#039;'])
      yield text.replaceAll('"', double).replaceAll("'", single);
  yield escaped(value, /[\s\S]/gu, (char) => `&#${codeOf(char)};`);
  yield escaped(value, /[\s\S]/gu, (char) => `&#x${hex(codeOf(char), 1)};`);
  yield escaped(value, /[\s\S]/gu, (char) => `&#x${hex(codeOf(char), 1).toUpperCase()};`);
  yield escaped(
    text.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    /[^\0-\x7f]/gu,
    (char) => `&#${codeOf(char)};`,
  );
}

/** String literals of Python (repr, ascii, bytes), C, Ruby, SQL, YAML, CSV and others. */
function* literals(value: string): Generator<string> {
  const slashed = value.replaceAll('\\', '\\\\');
  const control = (char: string): string =>
    named.has(char) && char !== '\b' && char !== '\f' ? `\\${named.get(char)}` : `\\x${hex(codeOf(char))}`;
  for (const quoted of [slashed, slashed.replaceAll("'", "\\'"), slashed.replaceAll('"', '\\"')]) {
    const text = escaped(quoted, /[\0-\x1f\x7f-\xa0\xad]/g, control);
    yield text;
    yield escaped(text, /[^\0-\x7f]/gu, (char) => {
      const code = codeOf(char);
      return code < 0x100 ? `\\x${hex(code)}` : code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
    });
    yield escaped(escaped(quoted, /[\0-\x1f\x7f]/g, control), /[^\0-\x7f]/gu, (char) =>
      bytesOf(char, '\\x', hex),
    );
    yield escaped(escaped(quoted, /[\0-\x1f\x7f]/g, control), /[^\0-\x7f]/gu, (char) =>
      bytesOf(char, '\\', octal),
    );
  }
  yield value.replaceAll("'", "''");
  yield value.replaceAll('"', '""');
  yield slashed.replaceAll("'", "''");
}

function* binaries(value: string): Generator<string> {
  const bytes = utf8(value);
  for (const before of [0, 1, 2]) {
    const piece = base64Piece(bytes, before);
    yield piece;
    yield piece.replaceAll('+', '-').replaceAll('/', '_');
  }
  const digits = bytes.map((byte) => hex(byte));
  const pairs = (from: number): string => {
    const rest = digits.slice(from);
    const words = rest.flatMap((_, at) => (at % 2 === 0 ? [rest.slice(at, at + 2).join('')] : []));
    return [...digits.slice(0, from), ...words].join(' ');
  };
  const all = ['', ' ', ':', '-', ', '].map((gap) => digits.join(gap));
  const spelled = ['\\x', '0x', '%', '\\u00'].flatMap((lead) =>
    ['', ' ', ', ', ','].map((gap) => digits.map((each) => lead + each).join(gap)),
  );
  for (const text of [...all, pairs(0), pairs(1), ...spelled]) {
    yield text;
    yield text.replace(/[0-9a-f]{2}(?![x])/g, (each) => each.toUpperCase());
  }
  yield bytes.map((byte) => `\\${octal(byte)}`).join('');
}

function* encodings(value: string): Generator<string> {
  yield* jsons(value);
  yield* binaries(value);
  if (value.length > maxEncodedLength) return;
  yield* urls(value);
  yield* shells(value);
  yield* htmls(value);
  yield* literals(value);
}

/**
 * The forms in which a program may print a secret, none with a line break: itself, its lines, and what encoders make of it and of its
 * lines. Both ends of a form that spans lines are lines of it.
 */
export function secretForms(value: string): readonly string[] {
  const forms = new Set<string>();
  const add = (form: string, least: number): void => {
    for (const line of form.split(/[\r\n]+/)) if (line.length >= least) forms.add(line);
  };
  add(value, minSecretLength);
  add(value.replace(/[\r\n]+/g, ''), minSecretLength);
  if (value.length >= minSecretLength) for (const form of encodings(value)) add(form, minPieceLength);
  return [...forms];
}
