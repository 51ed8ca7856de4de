import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import ssh2, {
  type AuthContext,
  type Connection,
  type ParsedKey,
  type ServerChannel,
  type Session,
} from 'ssh2';

import { goAhead, readAnnounced } from '../../src/shell/announce.ts';

export interface KeyPair {
  /** OpenSSH private key text. */
  readonly privateText: string;
  /** The line for authorized_keys or, after a host name, for known_hosts. */
  readonly publicLine: string;
}

export function makeKey(passphrase?: string): KeyPair {
  for (;;) {
    const pair =
      passphrase === undefined
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 1 });
    // ssh2 1.17.0 drops a leading zero byte: one key in 256 is malformed.
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error))
      return { privateText: pair.private, publicLine: pair.public };
  }
}

/** A key of another type, for a host with several. */
export function makeKeyOf(type: 'ecdsa' | 'rsa'): KeyPair {
  for (;;) {
    const pair =
      type === 'ecdsa'
        ? ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })
        : ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 });
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error))
      return { privateText: pair.private, publicLine: pair.public };
  }
}

export interface ServerOptions {
  readonly hostKey?: KeyPair;
  /** Further host keys of other types. */
  readonly moreHostKeys?: readonly KeyPair[];
  /** Accepted keys and passwords; no other method is offered. */
  readonly password?: string;
  readonly authorized?: readonly KeyPair[];
  readonly keyboard?: { readonly prompts: readonly string[]; readonly answers: readonly string[] };
  /** Requires a new password first. */
  readonly expired?: boolean;
  /** Accepts every login without authentication. */
  readonly open?: boolean;
  /** Requires a password in addition to a key. */
  readonly both?: boolean;
  readonly exec?: (channel: ServerChannel, command: string) => void;
  /** Sent to every client before the login. */
  readonly banner?: string;
  /** Resets the connection of a client that tries this method. */
  readonly resets?: string;
  /** `exec` receives the raw command line, and prints the start marker itself. */
  readonly isMute?: boolean;
  /** Ignores the client for this many milliseconds after the login, like sshd while PAM opens the session. */
  readonly slowSessionMs?: number;
  /** Neither opens nor refuses a connection to forward. */
  readonly isSilentForward?: boolean;
  /** The maximum number of channels. */
  readonly maxSessions?: number;
}

/** An SSH server on loopback that records what its clients do. */
export interface TestServer {
  readonly port: number;
  readonly hostKey: KeyPair;
  /** The authentication methods that clients tried. */
  readonly attempts: string[];
  /** The number of completed TCP connections. */
  readonly connections: () => number;
  /** The targets of forwarded connections. */
  readonly forwards: string[];
  /** Starts a key exchange with every client, with the given host key if there is one. */
  rekey(shown?: KeyPair): void;
  /** Closes every connection without notice. */
  drop(): void;
  close(): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const hostKey = options.hostKey ?? makeKey();
  const attempts: string[] = [];
  const forwards: string[] = [];
  const sockets = new Set<Socket>();
  const clients = new Set<Connection>();
  let connections = 0;
  const { banner, moreHostKeys = [] } = options;
  const hostKeys = [hostKey, ...moreHostKeys].map(({ privateText }) => privateText);
  const config = { hostKeys, ...(banner === undefined ? {} : { banner }) };
  const server = new ssh2.Server(config, (client) => {
    // A client may disconnect at any time.
    client.on('error', () => undefined);
    clients.add(client);
    const allow = authenticator(options);
    client.on('authentication', (context) => {
      attempts.push(context.method);
      if (context.method === options.resets) for (const socket of sockets) socket.resetAndDestroy();
      allow(context);
    });
    client.on('ready', () => {
      serve(client, options, forwards);
      if (options.slowSessionMs === undefined) return;
      const deaf = [...sockets];
      for (const socket of deaf) socket.pause();
      setTimeout(() => {
        for (const socket of deaf) socket.resume();
      }, options.slowSessionMs);
    });
  });
  const tcp = (server as unknown as { _srv: NetServer })._srv;
  tcp.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    hostKey,
    attempts,
    forwards,
    connections: () => connections,
    rekey: (shown) => {
      for (const client of clients) {
        // The library cannot change its host key, which only an attacker would do.
        const { _protocol } = client as unknown as { _protocol: { _hostKeys: Record<string, unknown> } };
        if (shown) _protocol._hostKeys['ssh-ed25519'] = ssh2.utils.parseKey(shown.privateText);
        client.rekey();
      }
    },
    drop,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

function authenticator(options: ServerOptions): (context: AuthContext) => void {
  const { password, authorized = [], keyboard, open = false, both = false } = options;
  const offered = [
    ...(authorized.length > 0 ? ['publickey' as const] : []),
    ...(password !== undefined && !both ? ['password' as const] : []),
    ...(keyboard ? ['keyboard-interactive' as const] : []),
  ];
  const keys = authorized.map((key) => ssh2.utils.parseKey(key.publicLine) as ParsedKey);
  let hasKey = false;
  return (context) => {
    if (open) return context.accept();
    switch (context.method) {
      case 'password':
        if (options.expired) return context.requestChange('Expired', () => undefined);
        return context.password === password && (!both || hasKey)
          ? context.accept()
          : context.reject(offered);
      case 'publickey': {
        const key = keys.find((one) => one.getPublicSSH().equals(context.key.data));
        if (!key) return context.reject(offered);
        if (!context.signature) return context.accept();
        const isRight = key.verify(context.blob ?? Buffer.alloc(0), context.signature, context.hashAlgo);
        if (!isRight) return context.reject(offered);
        hasKey = true;
        return both ? context.reject(['password'], true) : context.accept();
      }
      case 'keyboard-interactive':
        if (!keyboard) return context.reject(offered);
        return context.prompt(
          keyboard.prompts.map((prompt) => ({ prompt, echo: false })),
          (answers) =>
            JSON.stringify(answers) === JSON.stringify(keyboard.answers)
              ? context.accept()
              : context.reject(offered),
        );
      default:
        return context.reject(both && hasKey ? ['password'] : offered);
    }
  };
}

/** Removes the line of input that starts a command. */
function takeLine(channel: ServerChannel, then: () => void): void {
  channel.once('readable', () => {
    const bytes: Buffer | null = channel.read();
    if (bytes === null) return;
    const rest = bytes.subarray(bytes.indexOf(goAhead) + goAhead.length);
    if (rest.length > 0) channel.unshift(rest);
    then();
  });
}

function serve(client: Connection, options: ServerOptions, forwards: string[]): void {
  let sessions = 0;
  client.on('session', (accept, reject) => {
    if (options.maxSessions !== undefined && sessions >= options.maxSessions) return reject();
    sessions++;
    const session: Session = accept();
    session.on('close', () => {
      sessions--;
    });
    session.on('exec', (acceptExec, rejectExec, { command }) => {
      if (!options.exec) return rejectExec();
      const channel = acceptExec();
      const announced = options.isMute ? undefined : readAnnounced(command);
      if (!announced) return options.exec(channel, command);
      for (const stream of [channel.stderr, channel.stdout]) stream.write(`${announced.word}\n`);
      const { exec } = options;
      takeLine(channel, () => exec(channel, announced.line));
    });
  });
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    forwards.push(`${destIP}:${destPort}`);
    if (options.isSilentForward) return;
    const socket = connect(destPort, destIP, () => {
      const channel = accept();
      channel.pipe(socket).pipe(channel);
      channel.on('close', () => socket.destroy());
      channel.on('error', () => socket.destroy());
    });
    socket.on('error', () => reject());
  });
}
