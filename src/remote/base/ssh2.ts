import { getDiffieHellman } from 'node:crypto';
import type { Duplex } from 'node:stream';
import {
  type AnyAuthMethod,
  type AuthenticationType,
  BaseAgent,
  Client,
  type ClientChannel,
  type ConnectConfig,
  type KexAlgorithm,
  OpenSSHAgent,
  type ParsedKey,
  type PseudoTtyOptions,
  utils,
} from 'ssh2';

export type { AnyAuthMethod, AuthenticationType, ClientChannel, ParsedKey };
// The only door to the library: nobody else imports it, so what it gets wrong is put right here.
export { BaseAgent, Client, OpenSSHAgent };

/** OpenSSH's agent over a connection that its owner opens and closes. */
export class ConnectedAgent extends OpenSSHAgent {
  readonly #stream: Duplex;

  constructor(stream: Duplex) {
    super('');
    this.#stream = stream;
  }

  override getStream(done: (error: undefined, stream: Duplex) => void): void {
    done(undefined, this.#stream);
  }
}

/** An error as the library emits it: `level` says which part failed, `code` is an errno name or a disconnect reason. */
export interface Ssh2Error extends Error {
  readonly level?: string;
  readonly code?: string | number;
}

/** A key from text or from a public key blob, or the library's complaint; its types forget that it may answer with a list. */
export function parseKey(data: string | Buffer, passphrase?: string): ParsedKey | Error {
  const parsed: unknown = utils.parseKey(data, passphrase);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  return (first as ParsedKey | Error | undefined) ?? new Error('Malformed key: the file holds none');
}

/**
 * A new Ed25519 key pair in OpenSSH's own format, without a passphrase. About one in a hundred comes out of the library
 * cut short (a leading zero is lost), which neither it nor OpenSSH can read: such a one is made again.
 */
export function makeKeyPair(comment: string): { readonly private: string; readonly public: string } {
  while (true) {
    const pair = utils.generateKeyPairSync('ed25519', { comment });
    const [read, told] = [parseKey(pair.private), parseKey(pair.public)];
    if (read instanceof Error || told instanceof Error) continue;
    if (read.getPublicSSH().equals(told.getPublicSSH())) return pair;
  }
}

/** Host key algorithms worth asking for; `ssh-rsa` (a SHA-1 signature) is not: even OpenSSH 7.4 signs with SHA-2. */
export const HOST_KEY_ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

type HostKeyAlgorithm = (typeof HOST_KEY_ALGORITHMS)[number];

/** The key types that those algorithms can present. */
export const HOST_KEY_TYPES: ReadonlySet<string> = new Set(HOST_KEY_ALGORITHMS.map(keyType));

function keyType(algorithm: HostKeyAlgorithm): string {
  return algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm;
}

/** The algorithms in the order in which to offer them: keys that are known first. */
export function hostKeyOrder(knownTypes: readonly string[]): HostKeyAlgorithm[] {
  const known = HOST_KEY_ALGORITHMS.filter((algorithm) => knownTypes.includes(keyType(algorithm)));
  return [...known, ...HOST_KEY_ALGORITHMS.filter((algorithm) => !known.includes(algorithm))];
}

/** Key exchanges that the library offers by itself whatever the crypto build can do; its ciphers and MACs it filters. */
function unusableExchanges(): KexAlgorithm[] {
  const groups = {
    'diffie-hellman-group14-sha256': 'modp14',
    'diffie-hellman-group15-sha512': 'modp15',
    'diffie-hellman-group16-sha512': 'modp16',
    'diffie-hellman-group17-sha512': 'modp17',
    'diffie-hellman-group18-sha512': 'modp18',
  } as const;
  const names = Object.keys(groups) as (keyof typeof groups)[];
  const lacking = names.filter((name) => !hasGroup(groups[name]));
  // Group exchange has crashed VS Code's crypto build (vscode-sshfs issue 239).
  return [
    ...('electron' in process.versions ? ['diffie-hellman-group-exchange-sha256' as const] : []),
    ...lacking,
  ];
}

function hasGroup(name: string): boolean {
  try {
    getDiffieHellman(name);
    return true;
  } catch {
    // BoringSSL has not all of OpenSSL's groups.
    return false;
  }
}

/** Connection options that do not depend on the machine. */
export function clientOptions(keepaliveMs: number, types: readonly string[]): ConnectConfig {
  return {
    // The library's own clock would run while a person reads a fingerprint.
    readyTimeout: 0,
    keepaliveInterval: keepaliveMs,
    // Unanswered ones are counted elsewhere: sshd answers none while PAM opens the session, and the library cannot wait for that.
    keepaliveCountMax: Number.POSITIVE_INFINITY,
    algorithms: {
      serverHostKey: hostKeyOrder(types),
      kex: { remove: unusableExchanges(), append: [], prepend: [] },
    },
  };
}

/** A terminal that changes no byte and echoes none; opcodes: RFC 4254, 8. */
export const rawTerminal: PseudoTtyOptions = {
  term: 'dumb',
  rows: 24,
  cols: 80,
  modes: {
    ...{ ISTRIP: 0, INLCR: 0, IGNCR: 0, ICRNL: 0, IXON: 0, IXANY: 0, IXOFF: 0 },
    ...{ ISIG: 0, ICANON: 0, ECHO: 0, ECHOE: 0, ECHOK: 0, ECHONL: 0, IEXTEN: 0 },
    ...{ OPOST: 0, ONLCR: 0, CS8: 1, PARENB: 0 },
  },
};
