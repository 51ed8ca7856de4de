/** What a person stops of a run: all of it, some of its nodes, or one step, on all its nodes or on some. */
export interface CancelRequest {
  /** By name; absent for all. */
  readonly nodes?: readonly string[];
  /** Its id; absent for all that the nodes have left to do. */
  readonly step?: string;
  /** `now` asks what runs to end; `after-step` lets a step that has begun finish. Neither interrupts a package transaction. */
  readonly when: 'now' | 'after-step';
}

/** Whether a request stops a step on a node; without a step, whether it stops the node. */
export function covers({ nodes, step }: CancelRequest, node: string, id?: string): boolean {
  return (nodes?.includes(node) ?? true) && (step === undefined || step === id);
}
