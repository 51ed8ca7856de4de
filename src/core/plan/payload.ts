import type { Cluster, ClusterNode, StepItem } from '../cluster/model.ts';
import { findStep } from '../steps/catalogue.ts';
import type { StepIntent, StepScript } from '../steps/definition.ts';
import { library } from '../steps/library.ts';
import { ownScript } from '../steps/own.ts';
import { type Command, lines, type ShellText, sh } from './command.ts';

/** What a payload's first line says, as JSON behind `# stackprep `: its steps, for people and simulated nodes. */
export interface PayloadHeader {
  readonly version: 1;
  readonly kind: 'probe' | 'run';
  readonly steps: readonly { readonly id: string; readonly own: boolean; readonly intent: StepIntent }[];
}

/** A script for one node: sent over stdin to `sh -s`; its markers carry the nonce. */
export interface Payload {
  readonly header: PayloadHeader;
  /** The whole script for one nonce (letters and digits). */
  readonly text: (nonce: string) => string;
}

/** A step as it can be run on one node. */
export interface RunnableStep {
  readonly id: string;
  readonly own: boolean;
  readonly drifts: boolean;
  readonly script: StepScript;
}

/** The step's script for a node; none for a step that this version has no script for. */
export function runnableStep(cluster: Cluster, node: ClusterNode, item: StepItem): RunnableStep | undefined {
  if (item.own) return { id: item.id, own: true, drifts: true, script: ownScript(item.id, item.own) };
  const step = findStep(item.id);
  if (!step?.script) return undefined;
  return { id: item.id, own: false, drifts: step.drifts, script: step.script({ cluster, node }) };
}

function functionsOf(step: RunnableStep, index: number): ShellText {
  return lines(
    { shell: `sp_check_${index}() {\n${step.script.check.shell}\n}` },
    { shell: `sp_apply_${index}() {\n${step.script.apply.shell}\n}` },
  );
}

/** One payload over the given steps: `probe` gathers facts and checks all, `run` checks, applies and verifies each. */
export function payload(kind: 'probe' | 'run', steps: readonly RunnableStep[]): Payload {
  const header: PayloadHeader = {
    version: 1,
    kind,
    steps: steps.map(({ id, own, script }) => ({ id, own, intent: script.intent })),
  };
  const calls = steps.map((step, index) => {
    const drifts = step.drifts ? 'drifts' : 'holds';
    return kind === 'probe'
      ? sh`sp_probe ${index} ${step.id} ${drifts}`
      : sh`sp_run ${index} ${step.id} ${drifts}`;
  });
  const body = lines(
    { shell: library },
    ...steps.map(functionsOf),
    { shell: 'sp_main() {\nsp_emit begin $$' },
    ...(kind === 'probe' ? [sh`sp_facts`] : []),
    ...calls,
    { shell: 'sp_emit end\n}\nsp_main </dev/null' },
  );
  // The JSON of the header has no newline, so it stays inside its comment.
  const first = `# stackprep ${JSON.stringify(header)}`;
  return { header, text: (nonce) => `${first}\nsp_nonce=${nonce}\n${body.shell}\n` };
}

/** The header of a payload's text; undefined where it is not one of ours. */
export function readHeader(text: string): PayloadHeader | undefined {
  const match = /^# stackprep (\{.*\})$/m.exec(text);
  return match?.[1] === undefined ? undefined : (JSON.parse(match[1]) as PayloadHeader);
}

/** The command as root of the node, in the way that its settings say. */
export function asRoot(node: ClusterNode, command: Command): Command {
  return node.ssh.become === 'sudo' ? { ...command, become: 'sudo' } : command;
}

/** The command that runs a payload on a node. */
export function payloadCommand(node: ClusterNode, text: string): Command {
  return asRoot(node, { argv: ['sh', '-s'], stdin: text });
}
