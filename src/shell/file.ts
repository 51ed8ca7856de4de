import { type ShellText, sh } from './command.ts';

/** A shell file in the source, embedded by `npm run generate`. */
export interface ShellFile<Parameter extends string = string> {
  /** Its path below `src`. */
  readonly path: string;
  /** The variables to assign before it runs, declared by its lines `# param NAME: …`. */
  readonly parameters: readonly Parameter[];
  readonly text: string;
}

/** Values of a shell file's parameters; docs/adding-a-step.md describes lists and records. */
export type ParameterValues<Parameter extends string> = Readonly<Record<Parameter, string | number>>;

/** Assigns the parameters of a file, quoted. */
export function assign<Parameter extends string>(
  file: ShellFile<Parameter>,
  values: ParameterValues<Parameter>,
): ShellText {
  const lines = file.parameters.map((name) => `${name}=${sh`${values[name]}`.shell}\n`);
  return { shell: lines.join('') };
}
