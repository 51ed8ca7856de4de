/** Times in milliseconds; a person's thinking never counts. */
export interface Limits {
  /** For ssh to read the user's config. */
  readonly configMs: number;
  /** For a TCP connection: five attempts of the system to get an answer. */
  readonly dialMs: number;
  /** For each step of a login: a jump host's connection, the SSH identification, the key exchange, the answer to a login method. */
  readonly loginStepMs: number;
  /** For the whole login; sshd itself gives up after LoginGraceTime, 120 seconds unless it is set. */
  readonly loginMs: number;
  /** For the list of an agent's keys. */
  readonly agentListMs: number;
  /** For an agent's signature: it may ask the person in a window of its own. */
  readonly agentSignMs: number;
  /** For the first word of a session: PAM may wait 25 seconds for D-Bus, and as long again for a home folder. */
  readonly sessionMs: number;
  /** How long start files and login shell may be silent before the command begins, and how long they may take in all. */
  readonly startMs: number;
  readonly startTotalMs: number;
  /** How long a start file that has read the end of its input may take to end. */
  readonly startGraceMs: number;
  /** How long sudo may be silent before the command begins (name look-ups, faillock's pauses), and how long it may take in all. */
  readonly sudoMs: number;
  readonly sudoTotalMs: number;
  /** After so long without an answer to a password that is tried on one node first, the next node may try it. */
  readonly sudoHesitateMs: number;
  /** A dead link is found after `keepaliveMs` x (`keepaliveCount` + 1) at the latest. */
  readonly keepaliveMs: number;
  readonly keepaliveCount: number;
}

export const defaultLimits: Limits = {
  configMs: 10_000,
  dialMs: 20_000,
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
};

/** What is waited for before a session is open. */
export type LoginPhase = 'dial' | 'greeting' | 'key-exchange' | 'login';
