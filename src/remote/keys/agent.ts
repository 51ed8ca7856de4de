import { connect } from 'node:net';
import { onAbort } from '../base/abort.ts';
import { BaseAgent, ConnectedAgent, type OpenSSHAgent, type ParsedKey } from '../base/ssh2.ts';
import { FieldReader } from '../base/wire.ts';
import { type Certificate, readCertificate } from './certificate.ts';

/** Signs with one key; the hash is given for RSA keys only. */
export type Signer = (data: Buffer, hash: Options['hash']) => Promise<Buffer>;

interface Options {
  readonly hash?: 'sha1' | 'sha256' | 'sha512';
}

type Signed = (error?: Error | null, signature?: Buffer) => void;

export interface AgentKey {
  readonly key: ParsedKey;
  readonly sign: Signer;
}

export interface AgentCertificate {
  readonly comment: string;
  readonly certificate: Certificate;
  readonly sign: Signer;
}

export type AgentKeys =
  | {
      readonly ok: true;
      readonly keys: readonly AgentKey[];
      /** Its certificates, which the library leaves out. */
      readonly certificates: readonly AgentCertificate[];
    }
  | { readonly ok: false; readonly cause: string };

/** The socket of the user's agent, if any; on Windows the pipe of OpenSSH's (and Pageant's) agent. */
export function agentSocket(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const socket = env.SSH_AUTH_SOCK;
  if (socket !== undefined && socket !== '') return socket;
  return platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

/** Milliseconds. */
export interface AgentLimits {
  readonly agentListMs: number;
  readonly agentSignMs: number;
}

interface AgentRequest {
  readonly socket: string;
  readonly ms: number;
  readonly signal: AbortSignal;
  /** Receives the agent's bytes as well. */
  readonly hear?: (bytes: Buffer) => void;
}

/** How much of a list of keys is searched for certificates, bytes. */
const maxListLength = 262_144;

/** The agent did not list or sign in time. */
class AgentTimeout extends Error {}

type Answer<T> = (error?: Error | null, answer?: T) => void;

/** One request to an agent over its own connection, with a time limit. */
function askAgent<T>(
  { socket, ms, signal, hear }: AgentRequest,
  question: (agent: OpenSSHAgent, answer: Answer<T>) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const connection = connect(socket);
    const end = (error: Error) => {
      finish();
      reject(error);
    };
    const timer = setTimeout(
      () => end(new AgentTimeout(`the agent did not answer within ${ms / 1_000} seconds`)),
      ms,
    );
    const release = onAbort(signal, () => end(new Error('cancelled')));
    const finish = () => {
      clearTimeout(timer);
      release();
      connection.destroy();
    };
    connection.once('error', end);
    connection.once('connect', () => {
      const agent = new ConnectedAgent(connection);
      if (hear) connection.on('data', hear);
      question(agent, (error, answer) => {
        if (answer === undefined) return end(error ?? new Error('the agent gave no answer'));
        finish();
        resolve(answer);
      });
    });
  });
}

/** The agent's keys that the library can use. After a timeout the agent is not asked again: every key would take as long. */
export async function listAgentKeys(
  socket: string,
  { agentListMs, agentSignMs }: AgentLimits,
  signal: AbortSignal,
): Promise<AgentKeys> {
  let silence: AgentTimeout | undefined;
  const signer =
    (key: ParsedKey): Signer =>
    async (data, hash) => {
      if (silence) throw silence;
      try {
        return await askAgent({ socket, ms: agentSignMs, signal }, (agent, answer: Answer<Buffer>) => {
          agent.sign(key, data, hash ? { hash } : {}, answer);
        });
      } catch (error) {
        if (error instanceof AgentTimeout) silence = error;
        throw error;
      }
    };
  let answered = Buffer.alloc(0);
  const hear = (bytes: Buffer) => {
    if (answered.length < maxListLength) answered = Buffer.concat([answered, bytes]);
  };
  const request = { socket, ms: agentListMs, signal, hear };
  try {
    const keys = await askAgent(request, (agent, answer: Answer<ParsedKey[]>) =>
      // OpenSSHAgent returns parsed keys only; the other type is for custom agents.
      agent.getIdentities((error, found) =>
        answer(
          error,
          found?.filter((key): key is ParsedKey => 'getPublicSSH' in key),
        ),
      ),
    );
    return {
      ok: true,
      keys: keys.map((key) => ({ key, sign: signer(key) })),
      certificates: certificatesIn(answered).map((each) => ({
        ...each,
        sign: signer(each.certificate.offered),
      })),
    };
  } catch (error) {
    return { ok: false, cause: (error as Error).message };
  }
}

/** The certificates in an agent's answer: length, type, number of keys, then each key and its comment. */
function certificatesIn(answer: Buffer): Omit<AgentCertificate, 'sign'>[] {
  const found: Omit<AgentCertificate, 'sign'>[] = [];
  const fields = new FieldReader(answer, 9);
  for (let blob = fields.next(); blob.length > 0; blob = fields.next()) {
    const comment = fields.next().toString();
    const certificate = readCertificate(blob);
    if (certificate) found.push({ comment, certificate });
  }
  return found;
}

/**
 * A single key as an agent: the library asks whether the node would accept the key before it signs, so that a passphrase is
 * needed only for accepted keys.
 */
export class OneKeyAgent extends BaseAgent<ParsedKey> {
  readonly #key: ParsedKey;
  readonly #sign: Signer;
  readonly #broken: (error: Error) => void;
  /** Whether the node asked for a signature. */
  wasWanted = false;
  /** Why there was no signature. */
  problem: Error | undefined;

  /** `broken` receives errors that the library throws if the connection ended before the signature. */
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
