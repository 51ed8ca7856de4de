/** How a node's turn went: the step is done there, it failed, or a person cancelled it before it was done. */
export type TurnOutcome = 'done' | 'failed' | 'cancelled';

/** The first node whose turn keeps the ones after it from theirs. */
export interface Hindrance {
  readonly node: string;
  readonly outcome: Exclude<TurnOutcome, 'done'>;
}

/** Lets the nodes of a step work one after the other, in the file's order. */
export interface Turns {
  /** Resolves when it is the node's turn: undefined, or the node before it on which the step is not done. */
  wait(step: string, node: string): Promise<Hindrance | undefined>;
  /** Whether the node has to wait. */
  mustWait(step: string, node: string): boolean;
  /** To be called once for every node and step, however it went. */
  done(step: string, node: string, outcome: TurnOutcome): void;
}

interface Place {
  readonly node: string;
  readonly before?: Place;
  /** Resolves when the turn is over, with what keeps the next node from its own. */
  readonly over: Promise<Hindrance | undefined>;
  readonly end: (hindrance: Hindrance | undefined) => void;
  isOver: boolean;
}

/** The turns of the steps that run on one node at a time: `nodes` of each step, in order. */
export function createTurns(steps: ReadonlyMap<string, readonly string[]>): Turns {
  const places = new Map<string, Place>();
  const key = (step: string, node: string): string => JSON.stringify([step, node]);
  for (const [step, nodes] of steps) {
    let before: Place | undefined;
    for (const node of nodes) {
      let end: Place['end'] = () => undefined;
      const over = new Promise<Hindrance | undefined>((resolve) => {
        end = resolve;
      });
      const place: Place = { node, over, end, isOver: false, ...(before ? { before } : {}) };
      places.set(key(step, node), place);
      before = place;
    }
  }
  return {
    wait: (step, node) => places.get(key(step, node))?.before?.over ?? Promise.resolve(undefined),
    mustWait: (step, node) => places.get(key(step, node))?.before?.isOver === false,
    done: (step, node, outcome) => {
      const place = places.get(key(step, node));
      if (!place || place.isOver) return;
      place.isOver = true;
      // What stopped the node before this one stops the nodes after it, too.
      const own = outcome === 'done' ? undefined : { node, outcome };
      const end = (earlier: Hindrance | undefined): void => place.end(earlier ?? own);
      if (place.before) void place.before.over.then(end);
      else end(undefined);
    },
  };
}
