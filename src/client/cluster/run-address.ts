import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import type { RunAddress } from '../../view/runs.ts';

/** The id of a row of the Runs view. */
export function runAddressId({ run, node, step }: RunAddress): string {
  return JSON.stringify({ run, node, step });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Decodes a command's argument as a row of the Runs view; undefined if it is something else. */
export function decodeRunAddress(argument: unknown): RunAddress | undefined {
  const value = typeof argument === 'string' ? parsed(argument) : argument;
  if (!isRecord(value)) return undefined;
  const [run, node, step] = ['run', 'node', 'step'].map((key) => own(value, key));
  if (typeof run !== 'string') return undefined;
  return {
    run,
    ...(typeof node === 'string' ? { node } : {}),
    ...(typeof step === 'string' ? { step } : {}),
  };
}
