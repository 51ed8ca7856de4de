import type { Cluster } from '../../cluster/model.ts';
import { inNamespace } from '../../plan/command.ts';
import { type Yaml, type YamlMap, yamlMap } from '../yaml.ts';
import type { StepRole } from './step-role.ts';

/** Seconds for which a step that changes packages may run, and how often Ansible looks whether it has ended. */
const limits = { async: 10_800, poll: 2 };

/** What the scripts of a task print before each marker. Ansible keeps backslashes in literals of Jinja, so the tab is a variable. */
const lead = "'@@stackprep:' ~ stackprep_nonce ~ stackprep_tab";

/** A condition: the output of a task has the marker. */
function says(result: string, ...fields: readonly string[]): string {
  return `(${lead} ~ '${fields.join("' ~ stackprep_tab ~ '")}') in (${result}.stdout | default(''))`;
}

/** The file with the functions that show differences, next to the playbook. */
export const previewFile = 'files/stackprep-preview.sh';

/** The markers of these kinds in a task's output, for people: without their lead, tabs as blanks. */
function reasons(result: string, kinds = '(because|notice|state|result)'): string {
  return (
    `${result}.stdout_lines | default([]) | select('search', '@@stackprep:[0-9]+.${kinds}.')` +
    " | map('regex_replace', '^.*@@stackprep:[0-9]+.', '') | map('replace', stackprep_tab, ' ') | list"
  );
}

/** What a task has shown of differences, without the name of the marker. */
function shown(result: string): string {
  return `${reasons(result, '(diff|effect|unpreviewed)')} | map('regex_replace', '^diff ', '') | list`;
}

/** The functions that show differences, and a line break, which `lookup` takes away. */
const preview = `{{ lookup('file', playbook_dir ~ '/${previewFile}') }}\n`;

/** A task that runs the script of the role; its output would fill the node's system log, and may be about secrets. */
function scriptTask(
  name: string,
  kind: 'check' | 'run' | 'diff',
  { role }: StepRole,
  more: Readonly<Record<string, Yaml>>,
): YamlMap {
  return yamlMap({
    name,
    'ansible.builtin.command': yamlMap({
      argv: kind === 'diff' ? ['/bin/sh', '-c', inNamespace] : ['/bin/sh', '-s'],
      stdin: `sp_kind=${kind}\n{{ ${role}_assignments }}${kind === 'diff' ? preview : ''}{{ lookup('file', 'step.sh') }}`,
    }),
    ...more,
    no_log: true,
  });
}

function secretTask({ id, secrets }: StepRole, variables: ReadonlyMap<string, string>): readonly YamlMap[] {
  if (secrets.length === 0) return [];
  const names = secrets.map((name) => variables.get(name) ?? '');
  return [
    yamlMap({
      name: `Require the secrets of ${id}`,
      'ansible.builtin.assert': yamlMap({
        that: names.map((name) => `${name} | length > 0`),
        fail_msg: `A secret of ${id} is empty. Set it in a vault or in the environment, see README.md - ${names.join(', ')}`,
        quiet: true,
      }),
    }),
  ];
}

/** Whether a run may reboot nodes. */
export function mayReboot({ system }: Cluster): boolean {
  return system.reboot === 'when-needed';
}

/** Reboots the node if the step says so and the cluster file allows it; Stackprep waits for ten minutes, too. */
function rebootTask(applied: string): YamlMap {
  return yamlMap({
    name: 'Reboot for the new kernel',
    'ansible.builtin.reboot': yamlMap({ reboot_timeout: 600 }),
    when: `(${lead} ~ 'notice' ~ stackprep_tab ~ 'reboot-needed') in (${applied}.stdout | default(''))`,
  });
}

/** The tasks that show what the step would change, for `--diff`. */
function differenceTasks(step: StepRole, isDone: string): readonly YamlMap[] {
  const { id, role } = step;
  const when = ['ansible_diff_mode', `not (${isDone})`];
  return [
    scriptTask(`Find what ${id} would change`, 'diff', step, {
      when,
      register: `${role}_shown`,
      check_mode: false,
      changed_when: false,
      failed_when: false,
    }),
    yamlMap({
      name: `Show what ${id} would change`,
      'ansible.builtin.debug': yamlMap({ msg: `{{ ${shown(`${role}_shown`)} }}` }),
      when,
    }),
  ];
}

/** The tasks of a role: check; apply what is not done, unless in check mode; report. */
export function roleTasks(step: StepRole, variables: ReadonlyMap<string, string>, reboots: boolean): Yaml {
  const { id, role } = step;
  const [checked, applied] = [`${role}_checked`, `${role}_applied`];
  const isDone = says(checked, 'state', id, 'done');
  const isOver = `(${says(applied, 'result', id, 'changed')} or ${says(applied, 'result', id, 'unchanged')})`;
  const wasSent = `not (${applied}.skipped | default(false))`;
  // A result with a secret in it would be in a file on the node while a task is asynchronous.
  const long = step.isLong && step.secrets.length === 0 ? limits : {};
  return [
    ...secretTask(step, variables),
    scriptTask(`Check ${id}`, 'check', step, {
      register: checked,
      check_mode: false,
      changed_when: `ansible_check_mode and (${says(checked, 'state', id, 'needed')} or ${says(checked, 'state', id, 'drifted')})`,
      failed_when: false,
    }),
    yamlMap({
      name: `Explain why ${id} is not done`,
      'ansible.builtin.debug': yamlMap({ msg: `{{ ${reasons(checked)} }}` }),
      when: [`not (${isDone})`, 'ansible_check_mode or ansible_verbosity > 0'],
    }),
    ...differenceTasks(step, isDone),
    scriptTask(`Apply ${id}`, 'run', step, {
      when: ['not ansible_check_mode', `not (${isDone})`],
      register: applied,
      ...long,
      changed_when: says(applied, 'result', id, 'changed'),
      failed_when: false,
    }),
    yamlMap({
      name: `Show the log of ${id}`,
      'ansible.builtin.debug': yamlMap({ var: `${applied}.stdout_lines`, verbosity: 1 }),
      when: wasSent,
    }),
    yamlMap({
      name: `Stop unless ${id} is done`,
      'ansible.builtin.fail': yamlMap({
        msg: `{{ [${applied}.msg | default('')] + (${reasons(applied)}) + (${applied}.stdout_lines | default([]))[-20:] }}`,
      }),
      when: [wasSent, `not ${isOver}`],
    }),
    ...(reboots && step.isUpgrade ? [rebootTask(applied)] : []),
  ];
}

/** The variables of a role: shell text that assigns the values, every one quoted for the shell. */
export function roleVariables(
  { role, parameters, secrets }: StepRole,
  variables: ReadonlyMap<string, string>,
  exchanged?: YamlMap,
): YamlMap {
  const names = secrets.map((name) => variables.get(name) ?? '');
  const values = `${role}_values`;
  const sources = [
    `${role} | default({})`,
    `combine(${role}_here | default({}))`,
    ...(exchanged ? [`combine(${role}_exchanged)`] : []),
  ];
  const forms = names.flatMap((name) => [
    `${name}.splitlines()`,
    `[${name} | b64encode, ${name} | urlencode, (${name} | to_json)[1:-1]]`,
  ]);
  const lines = [
    'sp_nonce={{ stackprep_nonce }}',
    ...parameters.map((name) => `${name}={{ ${values}.${name} | string | quote }}`),
    ...names.map((name, index) => `sp_secret_${index}={{ ${name} | string | quote }}`),
    ...(names.length > 0 ? [`sp_given_masks={{ (${forms.join(' + ')}) | join('\n') | quote }}`] : []),
  ];
  return yamlMap({
    [`${role}_assignments`]: `${lines.join('\n')}\n`,
    [values]: parameters.length > 0 ? `{{ ${sources.join(' | ')} }}` : undefined,
    [`${role}_exchanged`]: exchanged,
  });
}
