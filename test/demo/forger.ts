import {
  BaseAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
  utils,
} from 'ssh2';
import type { KeyPair } from '../../src/demo/ssh2.ts';

function parsed(text: string): ParsedKey {
  const key = utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}

/** An agent that offers one key and signs with another. */
export class Forger extends BaseAgent {
  readonly #shown: KeyPair;
  readonly #signing: KeyPair;

  constructor(shown: KeyPair, signing: KeyPair) {
    super();
    this.#shown = shown;
    this.#signing = signing;
  }

  override getIdentities(done: IdentityCallback): void {
    done(undefined, [parsed(this.#shown.public)]);
  }

  override sign(
    _key: unknown,
    data: Buffer,
    options: SigningRequestOptions | SignCallback | undefined,
    done?: SignCallback,
  ): void {
    const answer = typeof options === 'function' ? options : done;
    answer?.(undefined, parsed(this.#signing.private).sign(data));
  }
}
