/** How programs print a secret, each written by another implementation than the masks. */
export type Encode = (secret: string) => string;

const bytes = (secret: string): Buffer => Buffer.from(secret, 'utf8');
const each = (secret: string, write: (byte: number) => string): string =>
  [...bytes(secret)].map(write).join('');
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** In base64 among other bytes; the secret must not be readable in what is left of it. */
const inBase64 =
  (before: string): Encode =>
  (secret) =>
    Buffer.from(`${before}${secret}`, 'utf8').toString('base64');

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const encodings: Readonly<Record<string, Encode>> = {
  'as it is': (secret) => secret,
  'in a URL': encodeURIComponent,
  'in a form': (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  'as percent signs': (secret) => each(secret, (byte) => `%${hex(byte).toUpperCase()}`),
  'in JSON': (secret) => JSON.stringify(secret),
  'in JSON of ASCII': (secret) =>
    JSON.stringify(secret).replace(
      /[^\0-\x7f]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify({ secret })),
  'for a shell': (secret) => `'${secret.replaceAll("'", `'\\''`)}'`,
  'for a shell by Python': (secret) => `'${secret.replaceAll("'", `'"'"'`)}'`,
  'in base64': inBase64(''),
  'in base64 after one byte': inBase64('x'),
  'in base64 after two bytes': inBase64(':x'),
  'in base64 for URLs': (secret) => bytes(secret).toString('base64url'),
  'in hexadecimal': (secret) => bytes(secret).toString('hex'),
  'in capital hexadecimal': (secret) => bytes(secret).toString('hex').toUpperCase(),
  'as bytes of C': (secret) => each(secret, (byte) => `\\x${hex(byte)}`),
  'in HTML': (secret) => secret.replace(/[&<>"']/g, (char) => htmlNames[char] ?? char),
  'as references of HTML': (secret) => Array.from(secret, (char) => `&#${char.codePointAt(0)};`).join(''),
  'in SQL': (secret) => `'${secret.replaceAll("'", "''")}'`,
  'broken by a carriage return': (secret) =>
    `${secret.slice(0, secret.length / 2)}\r${secret.slice(secret.length / 2)}`,
  'broken by a line break': (secret) =>
    `${secret.slice(0, secret.length / 3)}\n${secret.slice(secret.length / 3)}`,
  'broken by both': (secret) => `${secret.slice(0, -3)}\r\n${secret.slice(-3)}`,
  'in folded base64': (secret) =>
    (
      bytes(secret)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
};

/** Whether the secret can be read in a text in any of these encodings, broken lines included. */
export function reads(text: string, secret: string): string | undefined {
  const bare = text.replace(/[\r\n]/g, '');
  // The letters at the ends of base64 also depend on the bytes around it.
  const cut = (name: string, whole: string): string => (name.includes('base64') ? whole.slice(4, -4) : whole);
  for (const [name, encode] of Object.entries(encodings)) {
    const written = cut(name, encode(secret).replace(/[\r\n]/g, ''));
    if (written.length > 3 && bare.includes(written)) return name;
  }
  return undefined;
}
