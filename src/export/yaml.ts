// Not by the library that reads cluster files: PyYAML reads `<<` in a list that it writes as something else, refuses U+FEFF and U+FFFE as it writes
// them, and its lines of blanks are longer than ansible-lint allows (test/export/yaml.real.test.ts has each).
/** Text that Ansible must not evaluate as a template. */
export interface Unsafe {
  readonly unsafe: string;
}

/** What a document is made of; a map keeps its order, and any text can be a key. */
export type Yaml = string | number | boolean | Unsafe | readonly Yaml[] | YamlMap;
export type YamlMap = ReadonlyMap<string, Yaml>;

/** A map in the order of its entries; those without a value are left out. */
export function yamlMap(entries: Readonly<Record<string, Yaml | undefined>>): YamlMap {
  return new Map(
    Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** Longest piece of a text in a line; ansible-lint allows lines of 160 characters. */
const pieceLength = 100;
/** Text that YAML 1.1 reads as nothing else than itself. */
const plain = /^[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$/;
/** What YAML 1.1 reads as a boolean or as null. Source: yaml.org/type/bool.html, yaml.org/type/null.html. */
const words = /^(y|n|yes|no|on|off|true|false|null)$/i;

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);

/** One character inside double quotes: what PyYAML takes for a line break or refuses is an escape. */
function escaped(char: string): string {
  const known = escapes.get(char);
  if (known !== undefined) return known;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x7f && code >= 0x20) return char;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  return /[\p{L}\p{M}\p{N}]/u.test(char) ? char : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Pieces of an escaped text: each ends after a line break or a blank where possible; a blank at its beginning is an escape. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = '';
  let last = '';
  for (const char of text) {
    const next = escaped(char);
    const isAtBreak = last === '\n' || (last === ' ' && char !== ' ' && piece.length > pieceLength / 2);
    if (piece !== '' && (isAtBreak || piece.length + next.length > pieceLength)) {
      found.push(piece);
      piece = '';
    }
    piece += piece === '' && next === ' ' ? '\\ ' : next;
    last = char;
  }
  return [...found, piece];
}

/** A text in double quotes, over several lines if it is long; `indent` is that of the lines after the first. */
function quoted(text: string, indent: string): string {
  const all = pieces(text);
  if (all.length === 1) return `"${all.join('')}"`;
  return `"\\\n${all.map((piece) => `${indent}${piece}`).join('\\\n')}"`;
}

function scalar(value: string | number | boolean | Unsafe, indent: string): string {
  if (typeof value === 'object') return `!unsafe ${quoted(value.unsafe, indent)}`;
  if (typeof value !== 'string') return String(value);
  return plain.test(value) && !words.test(value) && value.length <= pieceLength
    ? value
    : quoted(value, indent);
}

/** A key, always on one line. */
function key(text: string): string {
  return plain.test(text) && !words.test(text) ? text : `"${[...text].map(escaped).join('')}"`;
}

function isScalar(value: Yaml): value is string | number | boolean | Unsafe {
  return typeof value !== 'object' || 'unsafe' in value;
}

/** The lines of a value; the first is written after a key or a dash. */
function node(value: Yaml, indent: string): string {
  if (isScalar(value)) return ` ${scalar(value, `${indent}  `)}\n`;
  if (value instanceof Map) {
    const entries: readonly (readonly [string, Yaml])[] = [...(value as YamlMap)];
    if (entries.length === 0) return ' {}\n';
    return `\n${entries.map(([name, each]) => `${indent}${key(name)}:${node(each, `${indent}  `)}`).join('')}`;
  }
  const items = value as readonly Yaml[];
  if (items.length === 0) return ' []\n';
  return `\n${items.map((each) => `${indent}- ${node(each, `${indent}  `).trimStart()}`).join('')}`;
}

/** A document for YAML 1.1 parsers such as PyYAML, with a line for people before it. */
export function yamlDocument(value: Yaml, comment: string): string {
  return `---\n# ${comment.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}\n${node(value, '').trimStart()}`;
}
