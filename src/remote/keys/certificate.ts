import { type ParsedKey, parseKey } from '../base/ssh2.ts';
import { certificateSuffix, FieldReader, field } from '../base/wire.ts';

/** A user certificate; OpenSSH, PROTOCOL.certkeys. */
export interface Certificate {
  /** The key that it certifies. */
  readonly key: ParsedKey;
  /** The same key with the certificate as its public part, to log in with. */
  readonly offered: ParsedKey;
  /** The users that it is for; empty if it is for none. */
  readonly principals: readonly string[];
  /** Seconds since 1970. */
  readonly validFrom: number;
  readonly validUntil: number;
}

/** The number of fields of a key, after its type. */
const keyFields: ReadonlyMap<string, number> = new Map([
  ['ssh-ed25519', 1],
  ['ssh-rsa', 2],
  ...[256, 384, 521].map((bits) => [`ecdsa-sha2-nistp${bits}`, 2] as const),
]);

/** Reads a certificate; undefined if it is none, or of a type that can't be used here. */
export function readCertificate(blob: Buffer): Certificate | undefined {
  const fields = new FieldReader(blob);
  const type = fields.next().toString('latin1');
  const plain = type.endsWith(certificateSuffix) ? type.slice(0, -certificateSuffix.length) : '';
  const count = keyFields.get(plain);
  if (count === undefined) return undefined;
  // The nonce of the authority.
  fields.next();
  const parts = Array.from({ length: count }, () => field(fields.next()));
  const key = parseKey(Buffer.concat([field(plain), ...parts]));
  if (key instanceof Error) return undefined;
  const long = () => fields.number() * 2 ** 32 + fields.number();
  // Serial number, kind, name.
  long();
  fields.number();
  fields.next();
  const names = new FieldReader(fields.next());
  const principals: string[] = [];
  for (let name = names.next(); name.length > 0; name = names.next()) principals.push(name.toString());
  const [validFrom, validUntil] = [long(), long()];
  const offered = Object.create(key, { getPublicSSH: { value: () => blob } }) as ParsedKey;
  return { key, offered, principals, validFrom, validUntil };
}

/** Reads the text of a file as ssh-keygen writes it: type, base64, comment. */
export function parseCertificate(text: string): Certificate | undefined {
  return readCertificate(Buffer.from(text.trim().split(/\s+/, 2)[1] ?? '', 'base64'));
}
