import { BaseAgent, OpenSSHAgent, type ParsedKey } from './ssh2.ts';

/** Signs login data with one key; the hash is given for RSA keys only. */
export type Signer = (data: Buffer, hash: Options['hash']) => Promise<Buffer>;

interface Options {
  readonly hash?: 'sha1' | 'sha256' | 'sha512';
}

type Signed = (error?: Error | null, signature?: Buffer) => void;

export interface AgentKey {
  readonly key: ParsedKey;
  readonly sign: Signer;
}

export type AgentKeys =
  | { readonly ok: true; readonly keys: readonly AgentKey[] }
  | { readonly ok: false; readonly cause: string };

/** Where the user's agent listens, if there is one; on Windows the pipe of OpenSSH's (and of Pageant's) agent. */
export function agentSocket(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const socket = env.SSH_AUTH_SOCK;
  if (socket !== undefined && socket !== '') return socket;
  return platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

/** The keys in the agent that this library can use; an agent that is silent for 5 s counts as absent. */
export function listAgentKeys(socket: string): Promise<AgentKeys> {
  const agent = new OpenSSHAgent(socket);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, cause: 'no answer within 5 seconds' }), 5_000);
    agent.getIdentities((error, keys) => {
      clearTimeout(timer);
      if (error || !keys) return resolve({ ok: false, cause: error?.message ?? 'no keys' });
      // OpenSSHAgent gives parsed keys only; the other shape is for agents of one's own.
      const parsed = keys.filter((key): key is ParsedKey => 'getPublicSSH' in key);
      resolve({ ok: true, keys: parsed.map((key) => ({ key, sign: signer(agent, key) })) });
    });
  });
}

function signer(agent: OpenSSHAgent, key: ParsedKey): Signer {
  return (data, hash) =>
    new Promise((resolve, reject) => {
      agent.sign(key, data, hash ? { hash } : {}, (error, signature) =>
        signature ? resolve(signature) : reject(error ?? new Error('the agent gave no signature')),
      );
    });
}

/**
 * One key dressed as an agent: the library probes whether the node would accept the key before it asks for a signature, so a
 * passphrase is asked for only when it is of use.
 */
export class OneKeyAgent extends BaseAgent<ParsedKey> {
  readonly #key: ParsedKey;
  readonly #sign: Signer;
  readonly #broken: (error: Error) => void;
  /** Whether the node asked for a signature. */
  wasWanted = false;
  /** Why there was no signature. */
  problem: Error | undefined;

  /** `broken` receives what the library throws when the connection died before the signature was there. */
  constructor(key: ParsedKey, sign: Signer, broken: (error: Error) => void) {
    super();
    this.#key = key;
    this.#sign = sign;
    this.#broken = broken;
  }

  override getIdentities(done: (error: Error | undefined, keys?: ParsedKey[]) => void): void {
    done(undefined, [this.#key]);
  }

  override sign(_key: ParsedKey, data: Buffer, options: Options | Signed, callback?: Signed): void {
    const done = typeof options === 'function' ? options : callback;
    const hash = typeof options === 'function' ? undefined : options.hash;
    this.wasWanted = true;
    this.#sign(data, hash)
      .then(
        (signature) => done?.(undefined, signature),
        (error: Error) => {
          this.problem = error;
          done?.(error);
        },
      )
      .catch(this.#broken);
  }
}
