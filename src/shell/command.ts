/** A word of a command line: plain text, or a secret that must not be logged. */
export type Word = string | { readonly secret: string };

/** A command for a node, as data: words are quoted once, input goes to stdin. */
export interface Command {
  readonly argv: readonly Word[];
  readonly stdin?: string;
  /** The transport runs it as root. */
  readonly become?: 'sudo';
}

/** Quotes a word for a POSIX shell; the only function that does. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command line for the node's shell. */
export function commandLine(command: Command): string {
  return command.argv.map((word) => quote(typeof word === 'string' ? word : word.secret)).join(' ');
}

/** The command line for a log, with secrets masked. */
export function printableCommand(command: Command): string {
  const words = command.argv.map((word) => (typeof word === 'string' ? quote(word) : '***'));
  return [...(command.become ? [command.become] : []), ...words].join(' ');
}

/** Shell text that is safe to use in a script. */
export interface ShellText {
  readonly shell: string;
}

/**
 * Composes shell text: interpolated strings and numbers are quoted, shell text is inserted as is. Backslashes are kept, except
 * before a backslash, a backtick or `$`, where JavaScript requires them.
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

/** Joins shell texts with newlines. */
export function lines(...texts: readonly ShellText[]): ShellText {
  return { shell: texts.map((text) => text.shell).join('\n') };
}
