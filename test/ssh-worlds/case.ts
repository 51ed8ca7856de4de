/** What a run of the command line must show. */
export interface Expected {
  readonly code: number;
  /** Texts that are in the output, blanks and line breaks alike. */
  readonly says: readonly (string | RegExp)[];
  readonly never?: readonly (string | RegExp)[];
  /** Logins that the node may have accepted, at most (and at least one if `code` is 0). */
  readonly logins?: number;
  /** Connections that its sshd may have had, at most. */
  readonly connections?: number;
  /** A deadline of the whole run, seconds: not a speed. */
  readonly withinS?: number;
}

/** A node next to the one of the case, such as a jump host. */
export interface WorldNode {
  readonly address: string;
  /** Shell, run inside as root before sshd starts. */
  readonly setup?: string;
  /** Lines at the beginning of sshd_config. */
  readonly sshd?: readonly string[];
}

/** A situation: how the node and this side are prepared, and the expected output. */
export interface WorldCase {
  /** A full sentence. */
  readonly name: string;
  /** Shell, run inside the node as root before sshd starts. */
  readonly setup?: string;
  readonly sshd?: readonly string[];
  readonly more?: Readonly<Record<string, WorldNode>>;
  /** Shell, run on this side; `$HOME` is its fresh home, which OpenSSH sees as well. It ends before the first run. */
  readonly client?: string;
  /** Shell that stays until the case ends, such as an agent or a silent peer; it is ready when it prints `ready`. */
  readonly beside?: string;
  /** How the node is logged in to: keys of the node in the cluster file. */
  readonly login?: string;
  /** Lines of the cluster file instead of the usual step. */
  readonly steps?: string;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The user at a terminal: the text of each question and the answer. Without it, there is no terminal. */
  readonly answers?: readonly (readonly [question: string | RegExp, answer: string])[];
  /** A condition of the shell: Ctrl-C is pressed once it is true. */
  readonly interrupt?: string;
  readonly expect: Expected;
  /** Shell, run on this side after both runs: fails if something is wrong there. */
  readonly after?: string;
  /** The second run; by default the same as the first, with nothing to do if that one had success. */
  readonly second?: Partial<Expected>;
  /** Why there is no second run. */
  readonly once?: string;
  /** Takes long because a deadline is waited for: started first. */
  readonly isLong?: true;
}
