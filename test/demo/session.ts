import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/app/entry.ts';
import type { RunKind, StepOutcome } from '../../src/base/states.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import { startDemo } from '../../src/demo/entry.ts';
import type { Selection } from '../../src/plan/selection.ts';
import type { DemoCluster, DemoOptions } from '../../src/protocol/demo.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { clearAway } from '../support/clear-away.ts';
import { readCluster } from './client.ts';

/** A demo in its own folder, and the engine of the product connected to it. */
export interface DemoSession {
  readonly folder: string;
  readonly demo: DemoCluster;
  readonly cluster: Cluster;
  /** Starts an operation; a listener can react to each event, for example by cancelling. */
  operate(
    kind: RunKind,
    selection?: Selection,
    onEvent?: (event: TimedEvent, cancel: () => void) => void,
  ): Promise<RunResult>;
  close(): Promise<void>;
}

/** The result of a run. */
export interface RunResult {
  readonly events: readonly TimedEvent[];
  /** The outcome of each step of a node. */
  outcomes(node: string): Readonly<Record<string, StepOutcome>>;
  /** The log of a step on a node. */
  log(node: string, step: string): string;
  /** The code of the node's failure. */
  failure(node: string): string | undefined;
}

function resultOf(events: readonly TimedEvent[]): RunResult {
  return {
    events,
    outcomes: (node) =>
      Object.fromEntries(
        events.flatMap((event) =>
          event.type === 'step-finished' && event.node === node ? [[event.step, event.outcome]] : [],
        ),
      ),
    log: (node, step) =>
      events
        .flatMap((event) =>
          event.type === 'log' && event.node === node && event.step === step ? [`${event.line}\n`] : [],
        )
        .join(''),
    failure: (node) => {
      const found = events.find((event) => event.type === 'node-failed' && event.node === node);
      return found?.type === 'node-failed' ? found.failure.code : undefined;
    },
  };
}

const noAnswer = (): Promise<never> => Promise.reject(new Error('the demo needs no answer from a person'));

export async function openSession(options: Partial<DemoOptions> = {}): Promise<DemoSession> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'));
  const demo = await startDemo({
    folder: join(folder, 'demo'),
    pace: 'fast',
    system: 'el7',
    scenarios: [],
    ...options,
  });
  const engine = createEngine({
    stateFolder: join(folder, 'state'),
    home: folder,
    env: {},
    prompts: { secret: noAnswer, hostKey: noAnswer },
    knownHosts: () => [demo.knownHosts],
  });
  const cluster = await readCluster(demo);
  return {
    folder: join(folder, 'demo'),
    demo,
    cluster,
    async operate(kind, selection = {}, onEvent = () => undefined) {
      const cancelling = new AbortController();
      const events: TimedEvent[] = [];
      for await (const event of engine.operate({ kind, cluster, selection }, cancelling.signal)) {
        events.push(event);
        onEvent(event, () => cancelling.abort());
      }
      return resultOf(events);
    },
    async close() {
      await engine.dispose();
      await demo.stop();
      await clearAway(folder);
    },
  };
}
