import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEngine, type Engine } from '../../../src/app/entry.ts';
import type { Policy } from '../../../src/app/node-work.ts';
import type { StepOutcome } from '../../../src/base/states.ts';
import type { Cluster } from '../../../src/cluster/model.ts';
import { decodeCluster } from '../../../src/rules/decode.ts';
import type { TimedEvent } from '../../../src/run/events.ts';
import { emptyRunState, type RunState, reduceRun } from '../../../src/run/state.ts';
import { clearAwaySync } from '../../support/clear-away.ts';
import type { Lab } from '../lab.ts';

/** No user is present: every question fails the test. */
const noPrompts = {
  secret: () => Promise.reject(new Error('a secret was asked for')),
  hostKey: () => Promise.reject(new Error('a host key was asked about')),
};

/** A custom step: its check and its command. */
export interface CustomStep {
  readonly name: string;
  readonly check: string;
  readonly run: string;
}

/** A cluster of one lab node with these steps: texts of custom steps, or names. */
export function clusterFor(
  lab: Lab,
  steps: readonly (CustomStep | string)[],
  place: { readonly node: string; readonly port?: number },
): { readonly cluster: Cluster; readonly text: string } {
  const { address } = lab.node(place.node);
  const where =
    place.port === undefined ? `{ address: ${address} }` : `{ address: 127.0.0.1, port: ${place.port} }`;
  const items = steps.map((step) => `  - ${typeof step === 'string' ? step : JSON.stringify(step)}\n`);
  const text = `cluster: recovery
ssh: { user: root, identity: ${lab.identity} }
nodes:
  ${place.node}: ${where}
steps:
${items.join('')}`;
  const { cluster, problems } = decodeCluster(text);
  assert.ok(cluster, JSON.stringify(problems));
  return { cluster, text };
}

/** The result of a run. */
export interface RunResult {
  readonly state: RunState;
  readonly run: string;
  readonly notices: readonly string[];
  readonly lines: readonly string[];
  outcome(step: string): StepOutcome | undefined;
  /** The reason codes of the result of a step. */
  reasons(step: string): readonly string[];
}

/** An engine with its own state folder. */
export interface TestEngine {
  readonly stateFolder: string;
  readonly engine: Engine;
  /** Runs the steps; a listener may react to each event, such as by a disruption or by cancelling. */
  run(
    cluster: Cluster,
    onEvent?: (event: TimedEvent, cancel: () => void) => void,
    more?: { readonly keepLines?: boolean; readonly stepLimitMs?: number; readonly policy?: Policy },
  ): Promise<RunResult>;
  /** SHA-256 of the local log of a job. */
  localSum(node: string, run: string, step: string): Promise<string>;
  close(): Promise<void>;
}

export function openTestEngine(
  lab: Lab,
  knownHosts: () => readonly string[] = () => [lab.knownHosts],
): TestEngine {
  const stateFolder = mkdtempSync(join(tmpdir(), 'stackprep-recovery-'));
  const engine = createEngine({ stateFolder, home: stateFolder, env: {}, prompts: noPrompts, knownHosts });
  return {
    stateFolder,
    engine,
    run: async (cluster, onEvent = () => undefined, { keepLines = true, ...more } = {}) => {
      const controller = new AbortController();
      let state = emptyRunState;
      let run = '';
      const notices: string[] = [];
      const lines: string[] = [];
      const operation = { kind: 'run', cluster, selection: {}, ...more } as const;
      for await (const event of engine.operate(operation, controller.signal)) {
        state = reduceRun(state, event);
        if (event.type === 'run-started') run = event.run;
        if (event.type === 'notice') notices.push(event.reason.code);
        if (event.type === 'log' && keepLines) lines.push(event.line);
        onEvent(event, () => controller.abort());
      }
      const [node] = cluster.nodes;
      const steps = state.nodes[node?.name ?? '']?.steps ?? {};
      return {
        ...{ state, run, notices, lines },
        outcome: (step) => steps[step]?.outcome,
        reasons: (step) => (steps[step]?.reasons ?? []).map(({ code }) => code),
      };
    },
    localSum: async (node, run, step) => {
      const hash = createHash('sha256');
      for await (const bytes of createReadStream(join(stateFolder, 'runs', run, node, `${step}.1.raw`)))
        hash.update(bytes as Buffer);
      return hash.digest('hex');
    },
    close: async () => {
      await engine.dispose();
      clearAwaySync(stateFolder);
    },
  };
}

/** SHA-256 of the log of a job on the node. */
export async function sumOnNode(lab: Lab, node: string, job: string): Promise<string> {
  const { stdout } = await lab.inside(node, ['sha256sum', `/var/lib/stackprep/jobs/${job}/log`]);
  return stdout.slice(0, 64);
}

/** Runs a shell line in the node, without SSH. */
export async function inNode(lab: Lab, node: string, line: string): Promise<string> {
  const { code, stdout, stderr } = await lab.inside(node, ['sh', '-c', line]);
  assert.equal(code, 0, `${line}: ${stderr}`);
  return stdout;
}

/** LoginMemory in use by this process after a garbage collection, in megabytes. */
export function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}
