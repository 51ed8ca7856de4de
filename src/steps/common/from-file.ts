import type { ShellText } from '../../shell/command.ts';
import { assign, type ParameterValues, type ShellFile } from '../../shell/file.ts';
import type { StepContext, StepScript, StepScripter } from './definition.ts';

/**
 * The script of a step with a shell file: functions `ID_check` and `ID_apply` (with underscores for dashes), and `ID_rollback`
 * and `ID_revert` if the file defines them.
 */
export function scriptFrom<Parameter extends string>(
  file: ShellFile<Parameter>,
  valuesOf: (context: StepContext) => ParameterValues<Parameter>,
  uses: readonly ShellFile<never>[] = [],
): StepScripter {
  const prefix = file.path.replace(/^.*\//, '').replace(/\.sh$/, '').replaceAll('-', '_');
  const call = (phase: string): ShellText => ({ shell: `${prefix}_${phase}` });
  const has = (phase: string): boolean => file.text.includes(`\n${prefix}_${phase}() {`);
  const optional = (phase: 'rollback' | 'revert') => (has(phase) ? { [phase]: call(phase) } : {});
  return (context): StepScript => {
    const values = valuesOf(context);
    return {
      uses: uses.map(({ text }) => ({ shell: text })),
      parameters: assign(file, values),
      values: Object.fromEntries(file.parameters.map((name) => [name, String(values[name])])),
      functions: { shell: file.text },
      check: call('check'),
      apply: call('apply'),
      ...optional('rollback'),
      ...optional('revert'),
    };
  };
}
