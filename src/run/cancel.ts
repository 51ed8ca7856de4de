/** What the user cancels: the whole run, some nodes, or one step on all or some nodes. */
export interface CancelRequest {
  /** Names; absent for all. */
  readonly nodes?: readonly string[];
  /** Step id; absent for all remaining steps of the nodes. */
  readonly step?: string;
  /** `now` asks the running job to end; `after-step` lets the current step finish. Neither interrupts a package transaction. */
  readonly when: 'now' | 'after-step';
}

/** Whether a request cancels a step on a node; without a step, whether it cancels the whole node. */
export function covers({ nodes, step }: CancelRequest, node: string, id?: string): boolean {
  return (nodes?.includes(node) ?? true) && (step === undefined || step === id);
}
