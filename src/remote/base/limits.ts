/** Milliseconds; time spent in prompts does not count. */
export interface Limits {
  /** For ssh to read the user's config. */
  readonly configMs: number;
  /** For a TCP connection, long enough for five SYN packets. */
  readonly dialMs: number;
  /**
   * For each step of a login: the connection of a jump host, the SSH identification, the key exchange, the answer to a login
   * method.
   */
  readonly loginStepMs: number;
  /** For the SSH identification and the key exchange, if different. */
  readonly exchangeMs?: number;
  /** For the whole login; sshd itself gives up after LoginGraceTime, 120 seconds by default. */
  readonly loginMs: number;
  /** For listing the agent's keys. */
  readonly agentListMs: number;
  /** For a signature of the agent, which may open its own prompt. */
  readonly agentSignMs: number;
  /** For opening a session: PAM may wait 25 seconds for D-Bus, and as long again for a home directory. */
  readonly sessionMs: number;
  /** How long start files and login shell may be silent before the command starts, and how long they may take in total. */
  readonly startMs: number;
  readonly startTotalMs: number;
  /** How long a start file that reached the end of its input may take to exit. */
  readonly startGraceMs: number;
  /** How long sudo may be silent before the command starts (name lookups, faillock delays), and how long it may take in total. */
  readonly sudoMs: number;
  readonly sudoTotalMs: number;
  /** After this time without an answer, the next node may try a password that is being tried on one node first. */
  readonly sudoHesitateMs: number;
  /** A dead connection is detected after at most `keepaliveMs` x (`keepaliveCount` + 1). */
  readonly keepaliveMs: number;
  readonly keepaliveCount: number;
  /** After this time, what is waited for is named. */
  readonly waitNoticeMs: number;
}

export const defaultLimits: Limits = {
  configMs: 10_000,
  dialMs: 60_000,
  loginStepMs: 60_000,
  loginMs: 180_000,
  agentListMs: 10_000,
  agentSignMs: 60_000,
  sessionMs: 60_000,
  startMs: 60_000,
  startTotalMs: 180_000,
  startGraceMs: 2_000,
  sudoMs: 60_000,
  sudoTotalMs: 180_000,
  sudoHesitateMs: 10_000,
  keepaliveMs: 5_000,
  keepaliveCount: 3,
  waitNoticeMs: 3_000,
};

/** The phases before a session is open. */
export type LoginPhase = 'dial' | 'greeting' | 'key-exchange' | 'login';
