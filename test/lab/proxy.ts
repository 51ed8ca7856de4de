import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { bridges, hostAddress } from './network.ts';
import { LabError, mustSync, until } from './run.ts';
import { labFolder } from './state.ts';

/** Tinyproxy on the bridge, as the only way of the nodes to a mirror. */
export interface LabProxy {
  readonly url: string;
  /** What it was asked for so far, as `METHOD TARGET`. */
  asked(): readonly string[];
  close(): void;
}

const port = 3128;
const table = 'stackprep-closed';

function listens(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, hostAddress)
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Ends the direct way of the nodes to a web server on the bridge; the proxy is on the other side of it. */
function closeDirectWay(): void {
  const [bridge = ''] = bridges;
  mustSync(['nft', 'add', 'table', 'inet', table]);
  mustSync(['nft', 'add', 'chain', 'inet', table, 'in', '{ type filter hook input priority 0; }']);
  const rule = ['iifname', bridge, 'tcp', 'dport', '{ 80, 443 }', 'reject', 'with', 'tcp', 'reset'];
  mustSync(['nft', 'add', 'rule', 'inet', table, 'in', ...rule]);
}

/** Starts it and ends the direct way. `names` are host names of the mirror that only the proxy resolves. */
export async function startProxy(names: readonly string[]): Promise<LabProxy> {
  const [config, hosts, log] = ['proxy.conf', 'proxy.hosts', 'proxy.log'].map((name) =>
    join(labFolder, name),
  );
  if (!config || !hosts || !log) throw new LabError('the proxy has no files');
  const lines = [
    `Port ${port}`,
    `Listen ${hostAddress}`,
    'Timeout 60',
    'MaxClients 50',
    'ConnectPort 443',
    `LogFile "${log}"`,
    'LogLevel Connect',
  ];
  writeFileSync(config, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(hosts, `127.0.0.1 localhost\n${hostAddress} ${names.join(' ')}\n`);
  const inside = 'mount --bind "$1" /etc/hosts && exec tinyproxy -d -c "$2"';
  const server: ChildProcess = spawn(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', inside, 'sh', hosts, config],
    { stdio: 'ignore' },
  );
  const close = (): void => {
    server.kill('SIGTERM');
    mustSync(['nft', 'delete', 'table', 'inet', table]);
  };
  closeDirectWay();
  if (!(await until(10_000, listens))) {
    close();
    throw new LabError('the proxy did not start');
  }
  return {
    url: `http://${hostAddress}:${port}`,
    asked: () =>
      (existsSync(log) ? readFileSync(log, 'utf8') : '')
        .split('\n')
        .flatMap((line) => /: Request \(file descriptor \d+\): (\S+ \S+)/.exec(line)?.[1] ?? []),
    close,
  };
}
