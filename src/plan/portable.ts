import { lines, type ShellText, sh } from '../shell/command.ts';
import { library } from '../shell/library.ts';
import { maskingSh } from '../shell/masking.sh.ts';
import { functionsOf, type RunnableStep, secretFunctions, usedFiles } from './payload.ts';

/** The script of a step without any value, for programs that assign the values themselves. */
export interface PortableScript {
  /**
   * Shell text to follow the assignments, which are for the reader of `sh -s`: `sp_kind` (`check`, `run` or `diff`), `sp_nonce`, every
   * key of `values`, and if there are secrets, `sp_secret_0` and so on, and `sp_given_masks` (the texts to mask, a line each). For `diff`,
   * `previewAsText` comes before it.
   */
  readonly text: string;
  /** The parameters of the step for the node. */
  readonly values: Readonly<Record<string, string>>;
  /** The names of the secrets, in the order of their variables. */
  readonly secrets: readonly string[];
  /** Whether Stackprep rolls it back unless a second login succeeds. */
  readonly isGuarded: boolean;
}

/** The differences of the step; of a custom step, its commands, if it is not done. */
function differences(commands: string | undefined, secrets: readonly string[], id: string): ShellText {
  return commands === undefined
    ? sh`sp_preview_secrets=${secrets.join('\n')}; sp_preview_note 0 ${id}; sp_preview_all; sp_preview_ended`
    : sh`case $sp_state in needed | drifted) printf '%s\\n' ${commands} | sp_preview_lines ;; esac`;
}

/**
 * The script of one step, with the functions of its run: the same for all nodes, except for `values` and `isGuarded`. `commands` are those
 * of a custom step.
 */
export function portableScript(step: RunnableStep, commands: string | undefined): PortableScript {
  const { uses = [], functions, check, apply, rollback, values = {} } = step.script;
  const script = { uses, ...(functions && { functions }), check, apply };
  const drifts = step.drifts ? 'drifts' : 'holds';
  const secrets = [...new Set(step.secrets)];
  const main: ShellText = lines(
    { shell: 'sp_main() {\nexec 6>&1\nsp_emit begin $$' },
    sh`if [ "$sp_kind" = run ]; then sp_run 0 ${step.id} ${drifts} plain; else sp_probe 0 ${step.id} ${drifts}; fi`,
    { shell: 'if [ "$sp_kind" = diff ]; then' },
    differences(commands, secrets, step.id),
    { shell: 'fi\nsp_emit end\n}' },
  );
  const text = lines(
    ...usedFiles([step]),
    ...functionsOf({ ...step, script }, 0),
    { shell: library },
    ...(secrets.length > 0
      ? [{ shell: maskingSh.text }, secretFunctions(secrets, sh`sp_masks=$sp_given_masks`)]
      : []),
    main,
    { shell: secrets.length > 0 ? 'sp_masked' : 'sp_main </dev/null' },
  );
  return { text: `${text.shell}\n`, values, secrets, isGuarded: rollback !== undefined };
}
