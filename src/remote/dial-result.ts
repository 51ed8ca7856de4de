import type { Duplex } from 'node:stream';
import type { Failure } from '../base/failure.ts';

/** A byte stream to a host, or why there is none. */
export type DialResult =
  | {
      readonly ok: true;
      readonly stream: Duplex;
      /** What the ProxyCommand has printed so far. */
      readonly said?: () => string;
    }
  | { readonly ok: false; readonly failure: Failure };
