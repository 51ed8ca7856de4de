import type { Remedy } from '../../yum/explain/known-failure.ts';

/** The command that runs a step; FILE is a placeholder for the cluster file. */
export function commandOf({ step }: Extract<Remedy, { kind: 'run-step' }>): string {
  return `stackprep run FILE --step ${step}`;
}
