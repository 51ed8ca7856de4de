/** Lets the nodes of a step work one after the other, in the file's order. */
export interface Turns {
  /** Resolves when it is the node's turn: undefined, or the node before it whose step did not end well. */
  wait(step: string, node: string): Promise<string | undefined>;
  /** Whether the node has to wait. */
  mustWait(step: string, node: string): boolean;
  /** To be called once for every node and step, however it went. */
  done(step: string, node: string, isGood: boolean): void;
}

interface Place {
  readonly node: string;
  readonly before?: Place;
  /** The name of the first node that did not end well, when the turn is over. */
  readonly over: Promise<string | undefined>;
  readonly end: (bad: string | undefined) => void;
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
      const over = new Promise<string | undefined>((resolve) => {
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
    done: (step, node, isGood) => {
      const place = places.get(key(step, node));
      if (!place || place.isOver) return;
      place.isOver = true;
      // What stopped the node before this one stops the nodes after it, too.
      const end = (bad: string | undefined): void => place.end(bad ?? (isGood ? undefined : node));
      if (place.before) void place.before.over.then(end);
      else end(undefined);
    },
  };
}
