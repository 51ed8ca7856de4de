import { type Mask, masked } from './mask.ts';

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const end = /-----END [A-Z ]*PRIVATE KEY-----/;

/** A value, quoted or to the next blank; the closing quote may be missing. */
const value = String.raw`(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s"']+)`;

/** The expression of a value that follows a text; only the value is masked. */
function after(text: string): RegExp {
  return new RegExp(`(${text})(?!\\*{8})${value}`, 'gi');
}

/** Names that end in one of these have a secret as value: `CONFIG_NOVA_DB_PW=`, `pass =`, `aws_secret_access_key: `. */
const names = String.raw`(?:(?:password|passwd|passphrase|secret|token|cookie|api_?key|access_?key)\w{0,20}|(?<![a-z])(?:pass|pwd|pw)|(?<=user|db|root|admin)(?:pass|pwd|pw))`;

const shapes: readonly RegExp[] = [
  // scheme://user:password@host and user:password@host; a password may have an @.
  /((?<=[a-z0-9+.-]):\/\/[^\s/:@]*:)[^\s/]+(?=@)/gi,
  /((?<=^|[\s"'])(?!mailto:)[^\s"'/:@]+:)[^\s"'/]+(?=@[\w[])/gi,
  after(String.raw`${names}["']?\s{0,8}(?:=(?!>)|=>|:)\s{0,8}`),
  after(
    String.raw`(?<=--[\w-]{0,40})(?:password|passwd|passphrase|pass|secret|token|api-key)(?:=|\s{1,8})(?!-)`,
  ),
  after(String.raw`\bidentified\s{1,8}(?:with\s{1,8}\S{1,64}\s{1,8})?(?:by|as)\s{1,8}(?:password\s{1,8})?`),
  after(
    String.raw`\brabbitmqctl\s{1,8}(?:-\S{1,64}\s{1,8}){0,3}(?:add_user|change_password|authenticate_user)\s{1,8}\S{1,200}\s{1,8}`,
  ),
  /(\bauthorization["']?:\s{0,8}["']?\w{1,20}\s{1,8})[^\s"']+/gi,
  /()\b(?:A[KS]IA[0-9A-Z]{12,}|gh[pousr]_[A-Za-z0-9]{30,}|glpat-[\w-]{20,}|xox[abpr]-[\w-]{10,}|(?<![\w.-])eyJ[\w-]{10,}\.[\w.-]{10,})/g,
  // Hashes of passwords; crypt(5).
  /()\$(?:1|2[aby]|5|6|y)\$[^\s:"']+/g,
];

/** Programs that take a password after a short option, and the option. */
const options: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [/mysql|mariadb|sshpass/i, after(String.raw`(?<=\s)-p`)],
  [/sshpass/i, after(String.raw`(?<=\s)-p\s{1,8}`)],
  [/curl|wget/i, /((?<=\s)(?:-u|--user)[= ]?["']?[^\s:"']{0,200}:)[^\s"']+/g],
];

/** Masks everything in a text that looks like a secret. */
export const maskShapes: Mask = (text) => {
  const used = options.flatMap(([program, option]) => (program.test(text) ? [option] : []));
  return [...shapes, ...used].reduce((rest, shape) => rest.replace(shape, `$1${masked}`), text);
};

/** Like `maskShapes`, but every other character keeps its column. */
export const coverShapes: Mask = (text) => {
  const used = options.flatMap(([program, option]) => (program.test(text) ? [option] : []));
  const cover = (whole: string, lead: string): string => lead + '*'.repeat(whole.length - lead.length);
  return [...shapes, ...used].reduce((rest, shape) => rest.replace(shape, cover), text);
};

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
