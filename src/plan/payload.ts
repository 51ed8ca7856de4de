import { assertNever } from '../base/assert-never.ts';
import { secretForms } from '../base/secret-forms.ts';
import { clusterFor } from '../cluster/for-node.ts';
import type { Cluster, ClusterNode, StepItem } from '../cluster/model.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import { guard } from '../shell/guard.ts';
import { library } from '../shell/library.ts';
import { maskingSh } from '../shell/masking.sh.ts';
import { preview } from '../shell/preview.ts';
import type { StepScript } from '../steps/common/definition.ts';
import { customScript } from '../steps/custom/script.ts';
import { stepScripts } from '../steps/scripts.ts';
import type { HeaderStep, PayloadHeader, PayloadKind } from './header.ts';
import { type PlannedStep, plannedStep } from './step.ts';

/** A script for one node; its markers carry the nonce. */
export interface Payload {
  readonly header: PayloadHeader;
  /** Names of the secrets that it reads from standard input, one line each, in this order; a probe contains them in its text. */
  readonly secrets: readonly string[];
  /** The whole script for one nonce (letters and digits). */
  readonly text: (nonce: string) => string;
}

/** A step with its script for one node. */
export interface RunnableStep extends PlannedStep {
  readonly script: StepScript;
}

/** The step with its script; undefined if this version has no script for it. */
export function runnableStep(cluster: Cluster, node: ClusterNode, item: StepItem): RunnableStep | undefined {
  const { id, custom } = item;
  const step = plannedStep(cluster, node, item);
  if (!step) return undefined;
  const script = custom
    ? customScript(id, custom)
    : stepScripts.get(id)?.({ cluster: clusterFor(cluster, node), node });
  if (!script) throw new Error(`The step ${id} has no script`);
  return { ...step, script };
}

function body(name: string, text: ShellText): ShellText {
  return { shell: `${name}() {\n${text.shell}\n}` };
}

/** The functions of a step, its parameters before them. */
export function functionsOf({ script }: RunnableStep, index: number): readonly ShellText[] {
  return [
    ...(script.parameters ? [script.parameters] : []),
    ...(script.functions ? [script.functions] : []),
    body(`sp_check_${index}`, script.check),
    body(`sp_apply_${index}`, script.apply),
    ...(script.rollback ? [body(`sp_rollback_${index}`, script.rollback)] : []),
    ...(script.revert ? [body(`sp_revert_${index}`, script.revert)] : []),
  ];
}

/** Values by name; a secret that is not in the map is missing. */
export type SecretValues = ReadonlyMap<string, string>;

function headerOf({ id, isCustom, intent, drifts, hasCheck, script }: RunnableStep): HeaderStep {
  const wanted = `${script.parameters?.shell ?? ''}${script.check.shell}`;
  return { id, isCustom, intent, drifts, hasCheck, wanted, ...(script.rollback && { isGuarded: true }) };
}

/** The extra shell files that the steps use, each once. */
export function usedFiles(steps: readonly RunnableStep[]): readonly ShellText[] {
  const texts = new Set(steps.flatMap(({ script }) => script.uses ?? []).map(({ shell }) => shell));
  return [...texts].map((shell) => ({ shell }));
}

/** What says of a step that it cannot be checked without these secrets. */
function uncheckable({ id }: RunnableStep, missing: readonly string[]): ShellText {
  return lines(
    sh`sp_emit step ${id}`,
    ...missing.map((name) => sh`sp_because secret-missing ${name}`),
    sh`sp_emit state ${id} unknown`,
  );
}

function callOf(
  kind: PayloadKind,
  step: RunnableStep,
  at: { index: number; known: SecretValues },
): ShellText {
  const { index, known } = at;
  const drifts = step.drifts ? 'drifts' : 'holds';
  const guarding = step.script.rollback ? 'guarded' : 'plain';
  switch (kind) {
    case 'probe':
    case 'preview': {
      const missing = step.secrets.filter((name) => !known.has(name));
      if (missing.length > 0) return uncheckable(step, missing);
      const probe = sh`sp_probe ${index} ${step.id} ${drifts}`;
      // The commands of a custom step are shown as they are.
      if (!traits[kind].isPreview || step.isCustom) return probe;
      return lines(probe, sh`sp_preview_note ${index} ${step.id}`);
    }
    case 'run':
      return sh`sp_run ${index} ${step.id} ${drifts} ${guarding}`;
    case 'undo':
      return sh`sp_undo ${index} ${step.id} ${drifts} ${guarding}`;
    default:
      return assertNever(kind);
  }
}

/** Defines `sp_secret NAME` after reading the secrets into shell variables. */
export function secretFunctions(names: readonly string[], takes: ShellText): ShellText {
  const cases = names.map((name, index) => sh`${name}) printf %s "$sp_secret_${index}";;`);
  const all = names.map((_, index) => sh`printf '%s\\n' "$sp_secret_${index}"`);
  return lines(
    takes,
    { shell: 'sp_secret() {\ncase $1 in' },
    ...cases,
    { shell: '*) return 1;;\nesac\n}\nsp_all_secrets() {' },
    ...(all.length > 0 ? all : [sh`:`]),
    { shell: '}' },
  );
}

interface PayloadTraits {
  /** The values of its secrets are in its text, which only passes through a pipe; others take them over standard input. */
  readonly holdsSecrets: boolean;
  readonly givesFacts: boolean;
  /** Its guarded steps are rolled back unless a second login succeeds. */
  readonly isGuarded: boolean;
  /** It also shows what would change. */
  readonly isPreview: boolean;
}

const traits: Readonly<Record<PayloadKind, PayloadTraits>> = {
  probe: { holdsSecrets: true, givesFacts: true, isGuarded: false, isPreview: false },
  preview: { holdsSecrets: true, givesFacts: true, isGuarded: false, isPreview: true },
  run: { holdsSecrets: false, givesFacts: false, isGuarded: true, isPreview: false },
  undo: { holdsSecrets: false, givesFacts: false, isGuarded: true, isPreview: false },
};

/** One payload over the given steps. */
export function payload(
  kind: PayloadKind,
  steps: readonly RunnableStep[],
  known: SecretValues = new Map(),
): Payload {
  const header: PayloadHeader = {
    version: 1,
    kind,
    steps: steps.map(headerOf),
  };
  const { holdsSecrets, givesFacts, ...its } = traits[kind];
  const wanted = [...new Set(steps.flatMap(({ secrets }) => secrets))];
  const names = holdsSecrets ? wanted.filter((name) => known.has(name)) : wanted;
  const takes = lines(
    ...(holdsSecrets
      ? [sh`sp_masks=${[...new Set(names.flatMap((name) => secretForms(known.get(name) ?? '')))].join('\n')}`]
      : []),
    ...names.map((name, index) =>
      holdsSecrets
        ? sh`sp_secret_${index}=${known.get(name) ?? ''}`
        : sh`sp_read_secret; sp_secret_${index}=$sp_secret_value; sp_secret_value=`,
    ),
  );
  const isGuarded = its.isGuarded && steps.some(({ script }) => script.rollback);
  // The steps come first, for people; their files only assign variables and define functions before the library is there.
  const before = lines(...usedFiles(steps), ...steps.flatMap(functionsOf));
  const text = lines(
    { shell: library },
    ...(names.length > 0 ? [{ shell: maskingSh.text }, secretFunctions(names, takes)] : []),
    ...(isGuarded ? [guard] : []),
    ...(its.isPreview ? [preview(names)] : []),
    { shell: 'sp_main() {\nexec 6>&1\nsp_emit begin $$' },
    ...(givesFacts ? [sh`sp_facts`] : []),
    ...steps.map((step, index) => callOf(kind, step, { index, known })),
    ...(its.isPreview ? [sh`sp_preview_all`] : []),
    { shell: 'sp_emit end\n}' },
    ...(isGuarded ? [{ shell: 'if [ $# = 3 ]; then sp_guard_start "$2" "$3"; fi' }] : []),
    { shell: names.length > 0 ? 'sp_masked' : 'sp_main </dev/null' },
  );
  // The JSON of the header has no newline, so it stays inside its comment.
  const line = `# stackprep ${JSON.stringify(header)}`;
  const secrets = holdsSecrets ? [] : names;
  return { header, secrets, text: (nonce) => `${before.shell}\n${line}\nsp_nonce=${nonce}\n${text.shell}\n` };
}
