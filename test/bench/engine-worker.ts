import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunKind } from '../../src/base/states.ts';
import type { NodeDifference } from '../../src/plan/differences.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

/** The task of one worker: the built engine in a separate process. */
export interface WorkerTask {
  readonly engine: string;
  readonly stateFolder: string;
  readonly knownHosts: string;
  readonly clusterText: string;
  readonly kind: RunKind;
  readonly limit: number;
  readonly rounds: number;
  /** Whether a check also shows what a run would change. */
  readonly differences?: boolean;
}

export interface WorkerResult {
  /** For each round, from the call to the last event, connections included. */
  readonly milliseconds: readonly number[];
  readonly outcomes: readonly (string | undefined)[];
  /** The states or outcomes of all steps on all nodes in the last round. */
  readonly cells: readonly string[];
  /** Peak resident memory in megabytes. */
  readonly peak: number;
  readonly run: string;
  /** The time of the last call, in milliseconds since 1970. */
  readonly begunAt: number;
  readonly logLines: number;
  /** How many files the differences of all rounds have. */
  readonly files: number;
}

function peak(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
}

async function work(task: WorkerTask): Promise<WorkerResult> {
  const { createEngine } = createRequire(import.meta.url)(
    task.engine,
  ) as typeof import('../../src/app/entry.ts');
  const { cluster } = decodeCluster(task.clusterText);
  if (!cluster) throw new Error('the cluster of the benchmark cannot be read');
  const refuse = () => Promise.reject(new Error('a question was asked'));
  const milliseconds: number[] = [];
  const outcomes: (string | undefined)[] = [];
  let cells: string[] = [];
  let run = '';
  let begunAt = 0;
  let logLines = 0;
  let files = 0;
  const onDifference = ({ steps }: NodeDifference): void => {
    for (const step of steps) files += step.files.length;
  };
  for (let round = 0; round < task.rounds; round += 1) {
    const engine = createEngine({
      stateFolder: task.stateFolder,
      home: task.stateFolder,
      env: {},
      prompts: { secret: refuse, hostKey: refuse },
      knownHosts: () => [task.knownHosts],
      limit: task.limit,
    });
    cells = [];
    begunAt = Date.now();
    const begun = performance.now();
    const sink = task.differences ? { onDifference } : {};
    const operation = { kind: task.kind, cluster, selection: {}, ...sink };
    for await (const event of engine.operate(operation, new AbortController().signal)) {
      if (event.type === 'run-started') run = event.run;
      if (event.type === 'run-finished') outcomes.push(event.outcome);
      if (event.type === 'log') logLines += 1;
      if (event.type === 'step-state' && task.kind === 'check') cells.push(event.state);
      if (event.type === 'step-finished') cells.push(event.outcome);
    }
    milliseconds.push(performance.now() - begun);
    await engine.dispose();
  }
  return { milliseconds, outcomes, cells, peak: peak(), run, begunAt, logLines, files };
}

let input = '';
process.stdin.on('data', (bytes: Buffer) => {
  input += bytes.toString();
});
process.stdin.on('end', () => {
  void work(JSON.parse(input) as WorkerTask).then((result) => process.stdout.write(JSON.stringify(result)));
});
