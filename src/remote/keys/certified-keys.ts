import { joined, type Message, msg } from '../../base/l10n.ts';
import { printable } from '../base/target.ts';
import type { AgentCertificate } from './agent.ts';
import type { Certificate } from './certificate.ts';
import type { CertificateFile, KeyFile } from './key-file.ts';
import { type LoginKey, same } from './login-key.ts';

export interface CertificatesFound {
  readonly user: string;
  readonly files: readonly KeyFile[];
  /** Certificates of the ssh config. */
  readonly certificates: readonly CertificateFile[];
  readonly inAgent: readonly AgentCertificate[];
  /** The keys that may be certified, the preferred one of two equal ones first. */
  readonly keys: readonly LoginKey[];
}

/** The keys with certificates, and the certificates that are of no use. */
export function certifiedKeys(found: CertificatesFound): { keys: LoginKey[]; notes: Message[] } {
  const [keys, notes]: [LoginKey[], Message[]] = [[], []];
  const isNew = ({ offered }: Certificate) =>
    !keys.some(({ publicKey }) => publicKey && same(publicKey, offered));
  for (const { path, certificate } of [
    ...found.files.flatMap((file) => file.certificate ?? []),
    ...found.certificates,
  ]) {
    const name = msg('certificate {0}', path);
    const key = found.keys.find(({ publicKey, path: own }) =>
      publicKey && certificate ? same(publicKey, certificate.key) : `${own}-cert.pub` === path,
    );
    if (!certificate) notes.push(joined([name, msg('malformed, or of a type that is not supported')], ': '));
    else if (!key)
      notes.push(joined([name, msg('its private key is neither in a file nor in the agent')], ': '));
    else if (isNew(certificate)) keys.push(certified(name, certificate, key, found.user));
  }
  for (const { comment, certificate, sign } of found.inAgent)
    if (isNew(certificate)) {
      const name = msg('certificate {0} of the agent', printable(comment));
      keys.push(certified(name, certificate, { from: { sign } }, found.user));
    }
  return { keys, notes };
}

function certified(
  name: Message,
  certificate: Certificate,
  { from, path }: Pick<LoginKey, 'from' | 'path'>,
  user: string,
): LoginKey {
  const why = doubt(certificate, user);
  return {
    name: why ? joined([name, why], ' ') : name,
    ...{ publicKey: certificate.offered, isCertificate: true, from },
    ...(path !== undefined && { path }),
  };
}

/** Why the server may not accept a certificate. */
function doubt({ principals, validFrom, validUntil }: Certificate, user: string): Message | undefined {
  const now = Date.now() / 1_000;
  const time = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 19);
  if (validUntil < now) return msg('(expired at {0} UTC)', time(validUntil));
  if (validFrom > now && validFrom < 8e12) return msg('(not valid before {0} UTC)', time(validFrom));
  if (principals.includes(user)) return undefined;
  return msg('(for the principals {0})', printable(principals.join(', ')) || '-');
}
