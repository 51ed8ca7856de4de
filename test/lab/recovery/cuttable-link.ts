import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Lab } from '../lab.ts';

/** A proxy to a node's sshd that can cut all connections at once. */
export interface CuttableLink {
  readonly port: number;
  /** A known_hosts file with the node's real keys for the proxy. */
  readonly knownHosts: string;
  /** Bytes received from the node since the last cut. */
  readonly received: () => number;
  cut(): void;
  close(): Promise<void>;
}

export async function cuttableLink(lab: Lab, node: string, file: string): Promise<CuttableLink> {
  const { address } = lab.node(node);
  const sockets = new Set<Socket>();
  let received = 0;
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: address, port: 22, noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.on('data', (bytes: Buffer) => {
      received += bytes.length;
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const keys = readFileSync(lab.knownHosts, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${node},`))
    .map((line) => line.replace(/^\S+/, `[127.0.0.1]:${port}`));
  writeFileSync(file, `${keys.join('\n')}\n`);
  const cut = (): void => {
    received = 0;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    knownHosts: file,
    received: () => received,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
