import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { authenticate, type Login } from './authentication.ts';
import { type Processes, serveChannels } from './channels.ts';
import { type KeyPair, Server } from './ssh2.ts';

export interface NodeServerOptions {
  readonly hostKey: KeyPair;
  readonly login: Login;
  readonly processes: Processes;
}

/** The SSH server of a node on loopback. */
export interface NodeServer {
  readonly port: number;
  /** Drops all connections and closes the port. */
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
const banner = 'This node is simulated by the Stackprep demo.\n';

function sshServer({ hostKey, login, processes }: NodeServerOptions, sockets: ReadonlySet<Socket>): Server {
  const config = { hostKeys: [hostKey.private], ident: 'StackprepDemo', banner };
  return new Server(config, (connection, { port }) => {
    const socket = [...sockets].find((each) => each.remotePort === port);
    const drop = (): void => void socket?.destroy();
    connection.on('authentication', authenticate(login));
    // An error of a client ends its connection, as on a real node.
    connection.on('error', drop);
    serveChannels(connection, processes, drop);
  });
}

async function close(server: NetServer): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** Opens a port for the node with a real SSH server. */
export async function serveNode(options: NodeServerOptions): Promise<NodeServer> {
  const sockets = new Set<Socket>();
  const ssh = sshServer(options, sockets);
  // Separate sockets, since the library leaves Nagle's algorithm enabled and does not expose its own.
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });
  server.listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await close(server);
    },
  };
}

/** A loopback port without a listener. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await close(server);
  return port;
}
