import type { Failure } from '../../base/failure.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { rsaBits } from '../base/rsa-bits.ts';
import type { ParsedKey } from '../base/ssh2.ts';
import { nameOf, placeOf, printable, type Target } from '../base/target.ts';
import type { Waits } from '../base/waits.ts';
import { certificateSuffix } from '../base/wire.ts';
import { type AgentKey, type AgentLimits, listAgentKeys } from './agent.ts';
import { certifiedKeys } from './certified-keys.ts';
import { type CertificateFile, type KeyFile, readCertificateFile, readKeyFile } from './key-file.ts';
import { type LoginKey, same } from './login-key.ts';

export interface KeyFiles {
  readonly files: readonly KeyFile[];
  /** Certificates of the ssh config. */
  readonly certificates: readonly CertificateFile[];
  /** Unusable keys, for the message of a failed login. */
  readonly notes: readonly Message[];
}

export type KeyFilesFound =
  | ({ readonly ok: true } & KeyFiles)
  | { readonly ok: false; readonly failure: Failure };

/** Reads the key files of a target; only the one named in the settings must exist. */
export async function findKeyFiles(target: Target): Promise<KeyFilesFound> {
  const files: KeyFile[] = [];
  const notes: Message[] = [];
  if (target.identity !== undefined) {
    const read = await readKeyFile(target.identity);
    if (!read.ok) return { ok: false, failure: unreadable(target, target.identity, read.cause) };
    files.push(read.file);
  }
  for (const path of target.identities) {
    const read = await readKeyFile(path);
    if (read.ok) files.push(read.file);
    else if (!read.missing) notes.push(msg('key file {0}: {1}', path, read.cause));
  }
  const read = await Promise.all((target.certificates ?? []).map(readCertificateFile));
  return { ok: true, files, certificates: read.filter((each) => each !== undefined), notes };
}

function unreadable(target: Target, path: string, cause: string): Failure {
  return {
    code: 'identity-unreadable',
    message: msg("{0} ({1}): key file {2} can't be used.", nameOf(target), placeOf(target), path),
    action: msg(
      'Use an existing private key of type Ed25519, ECDSA or RSA; `ssh-keygen -p -f {0}` converts an old format.',
      path,
    ),
    detail: cause,
  };
}

interface Listing {
  readonly limits: AgentLimits;
  readonly signal: AbortSignal;
  readonly waits: Waits;
}

/** The keys in the order to try: certificates, the key from the settings, those in the agent, the remaining files. */
export async function collectKeys(
  target: Target,
  { files, certificates, notes }: KeyFiles,
  { limits, signal, waits }: Listing,
): Promise<{ keys: LoginKey[]; notes: Message[] }> {
  const { agent } = target;
  const list = (socket: string) => waits.during(() => listAgentKeys(socket, limits, signal), 'wait-agent');
  const listed = agent === undefined ? undefined : await list(agent);
  const inAgent = listed?.ok ? listed.keys : [];
  const useless = [...notes, ...(listed && !listed.ok ? [msg('agent: {0}', listed.cause)] : [])];
  const fromFiles: LoginKey[] = [];
  for (const file of files) {
    const key = fileKey(file, inAgent);
    if (key) fromFiles.push(key);
    else if (file.openMode !== undefined)
      useless.push(
        msg('key file {0}: its permissions {1} are too open, so it is not used', file.path, file.openMode),
      );
    else useless.push(msg('key file {0}: the private key is neither in a file nor in the agent', file.path));
  }
  const others = target.identitiesOnly
    ? []
    : inAgent.filter(({ key }) => !files.some(({ publicKey }) => publicKey && same(publicKey, key)));
  const rank = ({ path, from }: LoginKey) =>
    path !== undefined && path === target.identity ? 0 : 'sign' in from ? 1 : 2;
  const plain = [...fromFiles, ...others.map(agentKey)].sort((a, b) => rank(a) - rank(b));
  const certified = certifiedKeys({
    files,
    certificates,
    keys: [...plain, ...inAgent.map(agentKey)],
    inAgent: ((listed?.ok && listed.certificates) || []).filter(
      ({ certificate }) => !target.identitiesOnly || files.some((file) => isOf(file, certificate.key)),
    ),
    user: target.user,
  });
  const keys: LoginKey[] = [];
  for (const key of [...certified.keys, ...plain]) {
    const why = forbiddenKey(key, target);
    if (why) useless.push(joined([key.name, why], ': '));
    else keys.push(key);
  }
  return {
    keys: target.security?.methods.has('publickey') === false ? [] : keys,
    notes: [...useless, ...certified.notes],
  };
}

/** Why the ssh config forbids a key; undefined if it is allowed, or its type is not known before it is unlocked. */
function forbiddenKey({ publicKey, isCertificate }: LoginKey, { security }: Target): Message | undefined {
  if (!publicKey || !security) return undefined;
  const { type } = publicKey;
  const algorithms = type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type];
  const suffix = isCertificate ? certificateSuffix : '';
  if (!algorithms.some((algorithm) => security.mayUse(`${algorithm}${suffix}`)))
    return msg('forbidden by PubkeyAcceptedAlgorithms in your ssh config');
  const bits = isCertificate ? undefined : rsaBits(publicKey.getPublicSSH());
  return bits !== undefined && bits < security.rsaBits
    ? msg('{0} bits, less than RequiredRSASize {1}', bits, security.rsaBits)
    : undefined;
}

/** A key to try from a key file; the agent signs if it has the key, since it needs no passphrase. */
function fileKey(
  { path, publicKey, privateText }: KeyFile,
  inAgent: readonly AgentKey[],
): LoginKey | undefined {
  const name = msg('key file {0}', path);
  const held = publicKey && inAgent.find(({ key }) => same(key, publicKey));
  if (publicKey && held) return { name, path, publicKey, from: { sign: held.sign } };
  if (privateText === undefined) return undefined;
  return { name, path, ...(publicKey && { publicKey }), from: { privateText } };
}

function agentKey({ key, sign }: AgentKey): LoginKey {
  return { name: msg('agent key {0}', printable(key.comment || key.type)), publicKey: key, from: { sign } };
}

function isOf({ publicKey, certificate }: KeyFile, key: ParsedKey): boolean {
  const own = publicKey ?? certificate?.certificate?.key;
  return own !== undefined && same(own, key);
}
