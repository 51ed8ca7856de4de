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
import constants from 'ssh2/lib/protocol/constants.js';

export type { AnyAuthMethod, AuthenticationType, ClientChannel, ParsedKey };
// The only module that imports ssh2; it also works around the library's defects.
export { BaseAgent, Client, OpenSSHAgent };

/** OpenSSH's agent protocol over a connection that the caller opens and closes. */
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

/** An error of the library: `level` is the part that failed, `code` an errno name or a disconnect reason. */
export interface Ssh2Error extends Error {
  readonly level?: string;
  readonly code?: string | number;
}

/**
 * Parses a private key or a public key blob; returns the library's error if that fails. Its types omit that the result may be
 * an array.
 */
export function parseKey(data: string | Buffer, passphrase?: string): ParsedKey | Error {
  const parsed: unknown = utils.parseKey(data, passphrase);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  return (first as ParsedKey | Error | undefined) ?? new Error('Malformed key: the file holds none');
}

/**
 * Creates an Ed25519 key pair in OpenSSH's format, without a passphrase. About one in a hundred keys of the library is
 * malformed (a leading zero is lost) and unreadable even for OpenSSH: those are created again.
 */
export function makeKeyPair(comment: string): { readonly private: string; readonly public: string } {
  while (true) {
    const pair = utils.generateKeyPairSync('ed25519', { comment });
    const [privateKey, publicKey] = [parseKey(pair.private), parseKey(pair.public)];
    if (privateKey instanceof Error || publicKey instanceof Error) continue;
    if (privateKey.getPublicSSH().equals(publicKey.getPublicSSH())) return pair;
  }
}

/** Host key algorithms to offer, without `ssh-rsa` (a SHA-1 signature): even OpenSSH 7.4 signs with SHA-2. */
export const HOST_KEY_ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

/** The key type of a host key algorithm. */
export function keyType(algorithm: string): string {
  return algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm;
}

/** Key exchanges that the library offers although this crypto build lacks them; it filters only ciphers and MACs. */
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

/** The algorithms that this library and this crypto build have; `defaults` are those to offer without a configuration. */
export const supported = {
  hostKey: constants.SUPPORTED_SERVER_HOST_KEY,
  kex: without(constants.SUPPORTED_KEX, unusableExchanges()),
  cipher: constants.SUPPORTED_CIPHER,
  mac: constants.SUPPORTED_MAC,
  defaults: {
    kex: without(constants.DEFAULT_KEX, unusableExchanges()),
    cipher: constants.DEFAULT_CIPHER,
    mac: constants.DEFAULT_MAC,
  },
};

function without(names: readonly string[], absent: readonly string[]): string[] {
  return names.filter((name) => !absent.includes(name));
}

function hasGroup(name: string): boolean {
  try {
    getDiffieHellman(name);
    return true;
  } catch {
    // BoringSSL lacks some of OpenSSL's groups.
    return false;
  }
}

/** What the library offers, all of it supported. */
export interface Offer {
  readonly serverHostKey: readonly string[];
  readonly kex: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
}

/** Connection options of the library. */
export function clientOptions(keepaliveMs: number, offer: Offer): ConnectConfig {
  return {
    // The library's own timeout would also run during prompts.
    readyTimeout: 0,
    keepaliveInterval: keepaliveMs,
    // Unanswered keepalives are counted elsewhere: sshd answers none while PAM opens the session, and the library can't wait for that.
    keepaliveCountMax: Number.POSITIVE_INFINITY,
    // The names are the library's own.
    algorithms: offer as unknown as ConnectConfig['algorithms'] & object,
  };
}

/** A raw terminal without echo; opcodes: RFC 4254, 8. */
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
