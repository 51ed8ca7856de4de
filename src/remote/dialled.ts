import type { Duplex } from 'node:stream';
import type { Failure } from '../base/failure.ts';

/** A byte stream to a machine, or why there is none. */
export type Dialled =
  | { readonly ok: true; readonly stream: Duplex }
  | { readonly ok: false; readonly failure: Failure };
