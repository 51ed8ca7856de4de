/** A word of a command line: plain text, or a secret that no log may show. */
export type Word = string | { readonly secret: string };

/** A command for a node, as data: its words are quoted once, its input goes over stdin. */
export interface Command {
  readonly argv: readonly Word[];
  readonly stdin?: string;
  /** Who runs the command makes it run as root. */
  readonly become?: 'sudo';
}

/** Quotes one word for a POSIX shell; the only place in the project that does. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command line that the node's shell is to run. */
export function commandLine(command: Command): string {
  return command.argv.map((word) => quote(typeof word === 'string' ? word : word.secret)).join(' ');
}

/** The command line as a log may show it: secrets masked. */
export function printableCommand(command: Command): string {
  const words = command.argv.map((word) => (typeof word === 'string' ? quote(word) : '***'));
  return [...(command.become ? [command.become] : []), ...words].join(' ');
}

/** Shell text that is already safe to stand in a script. */
export interface ShellText {
  readonly shell: string;
}

/**
 * Composes shell text: every interpolated string or number is quoted, other shell text stands as it is. JavaScript swallows no
 * backslash of it: only one before a backslash, a backtick or `$` is the template's own.
 */
export function sh(
  { raw }: TemplateStringsArray,
  ...values: readonly (string | number | ShellText)[]
): ShellText {
  const parts = raw.map((part) => part.replace(/\\([\\`$])/g, '$1'));
  const shell = parts.reduce((text, part, index) => {
    const value = values[index - 1];
    const word = typeof value === 'object' ? value.shell : quote(String(value));
    return text + word + part;
  });
  return { shell };
}

/** Puts shell texts under one another. */
export function lines(...texts: readonly ShellText[]): ShellText {
  return { shell: texts.map((text) => text.shell).join('\n') };
}
