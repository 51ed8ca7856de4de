import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../src/app/entry.ts';
import type { JobTimes } from '../../../src/app/jobs/times.ts';
import type { Policy } from '../../../src/app/node-work.ts';
import type { RunKind } from '../../../src/base/states.ts';
import type { Cluster } from '../../../src/cluster/model.ts';
import type { NodeDifference } from '../../../src/plan/differences.ts';
import type { Selection } from '../../../src/plan/selection.ts';
import type { TimedEvent } from '../../../src/run/events.ts';
import { emptyRunState, type RunState, reduceRun, type StepStatus } from '../../../src/run/state.ts';
import { clearAwaySync } from '../../support/clear-away.ts';
import type { Lab } from '../lab.ts';

/** No user is present: every question fails the test. */
const noPrompts = {
  secret: () => Promise.reject(new Error('a secret was asked for')),
  hostKey: () => Promise.reject(new Error('a host key was asked about')),
};

/** What a run has besides its steps: another cluster file, a policy, a listener for its events. */
export interface OtherRun {
  readonly cluster?: Cluster;
  readonly policy?: Policy;
  readonly onEvent?: (event: TimedEvent) => void;
  readonly onDifference?: (difference: NodeDifference) => void;
}

/** Secrets by name, and other times than the usual ones. */
export interface EngineSetup {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly jobs?: Partial<JobTimes>;
}

/** An engine for a lab, with its own state folder. */
export interface LabEngine {
  /** The folder of journals and logs. */
  readonly folder: string;
  readonly operate: (kind: RunKind, selection?: Selection, more?: OtherRun) => Promise<RunState>;
  /** Runs until an event gives a value, then leaves the run unfinished, as a process that dies; returns the value. */
  readonly abandonAt: (run: OtherRun, at: (event: TimedEvent) => string | undefined) => Promise<string>;
  /** Resumes the unfinished run. */
  readonly resume: (run: OtherRun) => Promise<RunState>;
  /** Manifests that Packstack started in the latest run: name, number already applied, total. */
  readonly manifests: () => readonly (readonly [string, number, number])[];
  readonly close: () => Promise<void>;
}

/** Starts an engine for one cluster of a lab. */
export function startEngine(
  lab: Lab,
  cluster: Cluster,
  { secrets = {}, jobs = {} }: EngineSetup = {},
): LabEngine {
  const state = mkdtempSync(join(tmpdir(), 'stackprep-lab-'));
  const engine = createEngine({
    stateFolder: state,
    home: state,
    env: {},
    prompts: noPrompts,
    secrets: { get: (name) => Promise.resolve(secrets[name]) },
    knownHosts: () => [lab.knownHosts],
    deadlines: { jobs },
  });
  const never = new AbortController().signal;
  let manifests: [string, number, number][] = [];
  return {
    folder: state,
    manifests: () => manifests,
    operate: async (kind, selection = {}, { onEvent = () => undefined, ...more } = {}) => {
      let now = emptyRunState;
      manifests = [];
      const operation = { kind, cluster, selection, ...more };
      for await (const event of engine.operate(operation, never)) {
        now = reduceRun(now, event);
        onEvent(event);
        if (event.type !== 'yum' || event.event.type !== 'step' || event.event.action !== 'Applying')
          continue;
        manifests.push([event.event.name, event.event.done, event.event.total]);
      }
      return now;
    },
    abandonAt: async (more, at) => {
      const operation = { kind: 'run', cluster, selection: {}, ...more } as const;
      for await (const event of engine.operate(operation, never)) {
        const value = at(event);
        if (value !== undefined) return value;
      }
      throw new Error('The run ended before the event.');
    },
    resume: async (more) => {
      const [open] = await engine.openRuns();
      if (!open) throw new Error('No run is unfinished.');
      let now = emptyRunState;
      for await (const event of engine.resume({ cluster, ...more, open }, never)) now = reduceRun(now, event);
      return now;
    },
    close: async () => {
      await engine.dispose();
      clearAwaySync(state);
    },
  };
}

/** One property of all steps of a node, by step id. */
export function stepValues<Key extends keyof StepStatus>(
  now: RunState,
  node: string,
  key: Key,
): Readonly<Record<string, StepStatus[Key]>> {
  const steps = now.nodes[node]?.steps ?? {};
  return Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, step[key]]));
}
