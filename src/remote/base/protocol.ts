import { type GroupKeys, makeGroupKeys } from './group-exchange.ts';
import { bitLength } from './rsa-bits.ts';
import { certificateSuffix, FieldReader, field } from './wire.ts';

/** What the library keeps to itself of a connection, as of ssh2 1.17. */
interface Protocol {
  _kex: KeyExchange | undefined;
  readonly _kexinit: unknown;
  _queue: Buffer[] | undefined;
  readonly _authsQueue: string[];
  readonly _cipher: { encrypt(packet: Buffer): void };
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(length: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  rekey(): void;
  /** Asks whether a key would be accepted or, with `sign`, logs in with it. */
  authPK?(user: string, key: PublicKey, algorithm?: string, sign?: Sign): void;
}

interface PublicKey {
  readonly type: string;
  getPublicSSH(): Buffer;
}

type Sign = (data: Buffer, signed: (signature: Buffer) => void) => void;

interface KeyExchange {
  readonly type: string;
  readonly sessionID?: Buffer;
  readonly _prime: Buffer | null;
  readonly _generator: Buffer | null;
  readonly _minBits: number;
  readonly _maxBits: number;
  _dh: (GroupKeys & { getPrime(): Buffer; getGenerator(): Buffer }) | null;
  _public: Buffer | null;
  generateKeys(): void;
}

/**
 * Teaches a connection of the library two things: to exchange keys in a group of the server without minutes of calculation, and
 * to log in with a certificate. Call it after `connect`.
 */
export function adaptProtocol(client: object): void {
  const protocol = (client as { _protocol?: Protocol })._protocol;
  if (!protocol) return;
  let exchange = protocol._kex;
  Object.defineProperty(protocol, '_kex', {
    get: () => exchange,
    set: (next: KeyExchange | undefined) => {
      exchange = next;
      if (next?.type === 'groupex') next.generateKeys = () => generateKeys(next);
    },
  });
  const authPK = protocol.authPK?.bind(protocol);
  protocol.authPK = (user, key, algorithm = key.type, sign) => {
    const blob = key.getPublicSSH();
    const isCertificate = new FieldReader(blob).next().toString('latin1').endsWith(certificateSuffix);
    if (!isCertificate) authPK?.(user, key, algorithm, sign);
    else if (!sign) authPK?.(user, key, `${algorithm}${certificateSuffix}`);
    else signCertificate(protocol, { user, blob, algorithm, sign });
  };
}

/** Exchanges the keys again (RFC 4253, 9), unless that is being done. */
export function exchangeKeys(client: object): void {
  (client as { _protocol?: Protocol })._protocol?.rekey();
}

function generateKeys(exchange: KeyExchange): void {
  const { _prime: prime, _generator: generator, _minBits: min, _maxBits: max } = exchange;
  if (exchange._dh || !prime || !generator) return;
  const length = bitLength(prime);
  if (length < min || length > max)
    throw new Error(`the server chose a group of ${length} bits, outside of ${min} to ${max}`);
  const keys = makeGroupKeys(prime, generator);
  exchange._public = keys.publicKey;
  exchange._dh = { ...keys, getPrime: () => prime, getGenerator: () => generator };
}

interface CertificateLogin {
  readonly user: string;
  readonly blob: Buffer;
  /** Of the signature: the one of the plain key. */
  readonly algorithm: string;
  readonly sign: Sign;
}

/** The request of RFC 4252, 7, in which the type of the key is not that of the signature. */
function signCertificate(protocol: Protocol, { user, blob, algorithm, sign }: CertificateLogin): void {
  const request = Buffer.concat([
    ...[Buffer.from([50]), field(user), field('ssh-connection'), field('publickey')],
    ...[Buffer.from([1]), field(`${algorithm}${certificateSuffix}`), field(blob)],
  ]);
  const session = field(protocol._kex?.sessionID ?? Buffer.alloc(0));
  sign(Buffer.concat([session, request]), (signature) => {
    const bytes = algorithm.startsWith('ecdsa-') ? pairOf(signature) : signature;
    const payload = Buffer.concat([request, field(Buffer.concat([field(algorithm), field(bytes)]))]);
    const { write } = protocol._packetRW;
    const packet = write.alloc(payload.length);
    packet.set(payload, write.allocStart);
    protocol._authsQueue.push('publickey');
    const whole = write.finalize(packet);
    if (protocol._kexinit === undefined) protocol._cipher.encrypt(whole);
    else protocol._queue = [...(protocol._queue ?? []), whole];
  });
}

/** The two numbers of a signature in DER, as the protocol has them (RFC 5656, 3.1.2); an agent signs so already. */
function pairOf(signature: Buffer): Buffer {
  if (signature[0] !== 0x30) return signature;
  let at = (signature[1] ?? 0) & 0x80 ? 3 : 2;
  const next = () => {
    const end = at + 2 + (signature[at + 1] ?? 0);
    const value = field(signature.subarray(at + 2, end));
    at = end;
    return value;
  };
  return Buffer.concat([next(), next()]);
}
