/** The environment's variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where text goes: a terminal or a pipe. */
export interface Out {
  write(text: string): void;
  readonly isTTY: boolean;
  /** The terminal's size in cells at this moment; of a pipe a size that nothing has to wrap at. */
  size(): { readonly columns: number; readonly rows: number };
  /** Calls back after the terminal's size changed, until the returned function is called. */
  onResize(listener: () => void): () => void;
}

/** The person at a terminal. */
export interface Keyboard {
  /** Shows a text on the terminal, wherever the standard outputs go. */
  write(text: string): void;
  /** One line; undefined when the person ended the input or the signal aborted. */
  readLine(options: { readonly echo: boolean; readonly signal: AbortSignal }): Promise<string | undefined>;
}

/** Everything that a command may touch of its process. */
export interface Io {
  readonly stdout: Out;
  readonly stderr: Out;
  /** Whether the standard input is a terminal, so that a person can be asked before something is changed. */
  readonly stdinIsTTY: boolean;
  readonly env: Env;
  /** Absolute path of the folder in which the command was started. */
  readonly cwd: string;
  /** Absolute path of the person's home. */
  readonly home: string;
  /** The standard input, to its end. */
  readonly readInput: () => AsyncIterable<Uint8Array>;
  /** Opens the terminal of the person; undefined where there is none. */
  readonly openKeyboard: () => Keyboard | undefined;
  /** Calls back on Ctrl-C and on a request to end, until the returned function is called. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Leaves at once, without waiting for anything. */
  readonly leave: (code: number) => void;
}
