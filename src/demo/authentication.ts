import { timingSafeEqual } from 'node:crypto';
import { type AuthContext, type KeyPair, type PublicKeyAuthContext, publicBlob, verifier } from './ssh2.ts';

/** The user and the key that a simulated node accepts. */
export interface Login {
  readonly user: string;
  readonly key: KeyPair;
}

function same(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Handles an authentication request: accepts only the login's key with a valid signature. */
export function authenticate(login: Login): (context: AuthContext) => void {
  const blob = publicBlob(login.key);
  const key = verifier(login.key);
  const holds = ({ blob: signed, signature, hashAlgo }: PublicKeyAuthContext): boolean =>
    signed !== undefined && signature !== undefined && key.verify(signed, signature, hashAlgo) === true;
  return (context) => {
    if (context.method !== 'publickey') return context.reject(['publickey']);
    const ours = context.username === login.user && same(context.key.data, blob);
    // Without a signature, the client only asks whether the key is acceptable.
    if (ours && (context.signature === undefined || holds(context))) return context.accept();
    return context.reject(['publickey']);
  };
}
