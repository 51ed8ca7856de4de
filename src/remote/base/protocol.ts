import { type GroupKeys, makeGroupKeys } from './group-exchange.ts';
import { bitLength } from './rsa-bits.ts';

/** What the library keeps to itself of a connection, as of ssh2 1.17. */
interface Protocol {
  _kex: KeyExchange | undefined;
}

interface KeyExchange {
  readonly type: string;
  readonly _prime: Buffer | null;
  readonly _generator: Buffer | null;
  readonly _minBits: number;
  readonly _maxBits: number;
  _dh: (GroupKeys & { getPrime(): Buffer; getGenerator(): Buffer }) | null;
  _public: Buffer | null;
  generateKeys(): void;
}

/** Lets a connection exchange keys in a group of the server without minutes of calculation. Call it after `connect`. */
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
