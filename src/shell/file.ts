import { type ShellText, sh } from './command.ts';

/** A shell file of the source, embedded by `npm run generate`. */
export interface ShellFile<Parameter extends string = string> {
  /** Its path below `src`. */
  readonly path: string;
  /** The variables that are assigned before it runs, as its lines `# param NAME: …` declare them. */
  readonly parameters: readonly Parameter[];
  readonly text: string;
}

/** Values of a shell file's parameters; docs/adding-a-step.md says how one holds a list or records. */
export type ParameterValues<Parameter extends string> = Readonly<Record<Parameter, string | number>>;

/** Assigns each parameter of a file once, quoted. */
export function assign<Parameter extends string>(
  file: ShellFile<Parameter>,
  values: ParameterValues<Parameter>,
): ShellText {
  const lines = file.parameters.map((name) => `${name}=${sh`${values[name]}`.shell}\n`);
  return { shell: lines.join('') };
}
