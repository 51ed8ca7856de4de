/** What stands for a masked value. */
const masked = '********';

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const end = /-----END [A-Z ]*PRIVATE KEY-----/;

/** `https://user:password@host`, `password=…`, `token: …`: the value goes, what is around it stays. */
const shapes: readonly RegExp[] = [
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi,
  /(\b[\w-]*(?:password|passwd|passphrase|secret|token|api_?key)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;]+)/gi,
  /(\bauthorization:\s*\w+\s+)\S+/gi,
];

function maskValues(text: string): string {
  return shapes.reduce((rest, shape) => rest.replace(shape, `$1${masked}`), text);
}

/** Masks what looks like a secret, line by line; a private key goes from its first line to its last. */
export function createMask(): (line: string) => string {
  let inKey = false;
  return (line) => {
    if (!inKey && !begin.test(line)) return maskValues(line);
    inKey = !end.test(line);
    return masked;
  };
}

/** Masks every text inside a value of JSON; those called `line` are lines of one log. */
export function maskTexts(value: unknown, maskLine: (line: string) => string): unknown {
  if (typeof value === 'string') return maskValues(value);
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, maskLine));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'line' && typeof item === 'string' ? maskLine(item) : maskTexts(item, maskLine),
    ]),
  );
}
