/** Environment variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/** An output: a terminal or a pipe. */
export interface Out {
  write(text: string): void;
  readonly isTTY: boolean;
  /** The current size of the terminal in cells; for a pipe, a size that never requires wrapping. */
  size(): { readonly columns: number; readonly rows: number };
  /** Calls the listener when the terminal is resized, until the returned function is called. */
  onResize(listener: () => void): () => void;
}

/** The user's terminal, for questions. */
export interface Keyboard {
  /** Writes to the terminal, even if the standard streams are redirected. */
  write(text: string): void;
  /** Writes the prompt and reads a line; undefined at the end of the input or if the signal aborts. */
  readLine(options: ReadLine): Promise<string | undefined>;
}

export interface ReadLine {
  readonly prompt: string;
  readonly echo: boolean;
  readonly signal: AbortSignal;
}

/** The parts of the process that a command may use. */
export interface Io {
  readonly stdout: Out;
  readonly stderr: Out;
  /** Whether standard input is a terminal, so that the user can confirm a change. */
  readonly stdinIsTTY: boolean;
  readonly env: Env;
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Absolute path of the user's home directory. */
  readonly home: string;
  /** Reads standard input to its end. */
  readonly readInput: () => AsyncIterable<Uint8Array>;
  /** Opens the user's terminal; undefined if there is none. */
  readonly openKeyboard: () => Keyboard | undefined;
  /** Calls the listener on Ctrl-C and on a termination request, until the returned function is called. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Exits immediately, without waiting for pending work. */
  readonly leave: (code: number) => void;
}
