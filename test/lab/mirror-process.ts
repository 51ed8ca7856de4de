import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMode } from './mirror-mode.ts';
import { hostAddress } from './network.ts';
import { nameProcess, type ProcessName } from './process.ts';
import { LabError, must, until } from './run.ts';
import { labFolder } from './state.ts';

/** Certificate and key of the mirror, and the authority that signed it. */
export interface Certificates {
  readonly certificate: string;
  readonly key: string;
  /** Path of the authority's certificate, which the nodes trust. */
  readonly authority: string;
}

/** Creates a certificate for the host names of the mirror. */
export async function makeCertificates(names: readonly string[]): Promise<Certificates> {
  const place = (name: string) => join(labFolder, name);
  const short = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  const authority = [
    '-x509',
    '-subj',
    '/CN=Lab authority',
    '-keyout',
    place('authority.key'),
    '-out',
    place('authority.pem'),
  ];
  await must(['openssl', 'req', ...short, ...authority]);
  const own = ['-subj', `/CN=${names[0]}`, '-keyout', place('mirror.key'), '-out', place('mirror.csr')];
  await must(['openssl', 'req', ...short.slice(0, -2), ...own]);
  writeFileSync(place('mirror.ext'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  const signing = ['-CA', place('authority.pem'), '-CAkey', place('authority.key'), '-CAcreateserial'];
  const result = [
    '-extfile',
    place('mirror.ext'),
    '-in',
    place('mirror.csr'),
    '-out',
    place('mirror.pem'),
    '-days',
    '30',
  ];
  await must(['openssl', 'x509', '-req', ...signing, ...result]);
  return { certificate: place('mirror.pem'), key: place('mirror.key'), authority: place('authority.pem') };
}

/** Starts the mirror as a detached process; `onStart` receives its identity before the mirror is awaited. */
export async function startMirror(
  folder: string,
  certificates: Certificates | undefined,
  onStart: (server: ProcessName) => void,
): Promise<void> {
  writeMode({ mode: 'normal' });
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const log = join(labFolder, 'mirror.err');
  const err = openSync(log, 'a');
  const secure = certificates ? [certificates.certificate, certificates.key] : [];
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', here('mirror.ts'), folder, hostAddress, ...secure],
    {
      detached: true,
      stdio: ['ignore', err, err],
      cwd: here('../..'),
    },
  );
  closeSync(err);
  server.unref();
  const name = server.pid === undefined ? undefined : nameProcess(server.pid);
  if (!name) throw new LabError('the mirror did not start');
  onStart(name);
  const port = certificates ? 443 : 80;
  if (!(await until(60_000, () => listens(port)))) {
    throw new LabError(`the mirror does not listen on ${hostAddress}:${port}\n${readFileSync(log, 'utf8')}`);
  }
}

/** Whether the mirror accepts connections on this port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostAddress, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
