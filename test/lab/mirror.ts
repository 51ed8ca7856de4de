import { appendFileSync, closeSync, openSync, readFileSync, readSync, statSync, watch } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { basename, dirname, join, normalize } from 'node:path';
import { type MirrorMode, mirrorLog, modeFile, readMode } from './mirror-mode.ts';

// A small web server for the packages of the lab, in a separate process.
// Arguments: FOLDER ADDRESS [CERTIFICATE KEY]; with a certificate it also answers on the https port.
const [folder = '', address = '', certificate, key] = process.argv.slice(2);

/** A requested file, and the part of it to send. */
interface Part {
  readonly path: string;
  readonly size: number;
  readonly start: number;
  readonly end: number;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://mirror').pathname));
  const mode = readMode();
  const applies = !('match' in mode) || mode.match === undefined || path.includes(mode.match);
  const note = (status: number, bytes: number) =>
    appendFileSync(
      mirrorLog,
      `${request.method} ${path} ${request.headers.range ?? '-'} ${status} ${bytes}\n`,
    );
  if (mode.mode === 'fail' && applies) {
    note(mode.status, 0);
    response.writeHead(mode.status).end();
    return;
  }
  const part = findPart(join(folder, path), request.headers.range);
  if (!part) {
    note(404, 0);
    response.writeHead(404).end();
    return;
  }
  const whole = part.start === 0 && part.end === part.size;
  const status = whole ? 200 : 206;
  response.writeHead(status, {
    'content-length': part.end - part.start,
    'accept-ranges': 'bytes',
    ...(whole ? {} : { 'content-range': `bytes ${part.start}-${part.end - 1}/${part.size}` }),
  });
  if (request.method === 'HEAD') {
    note(status, 0);
    response.end();
    return;
  }
  send(part, response, applies ? mode : { mode: 'normal' }).then((bytes) => note(status, bytes));
}

/** The part of the file for a `Range` header; undefined if there is no such file. */
function findPart(path: string, range: string | undefined): Part | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const start = Math.min(Number(from ?? 0), found.size);
  const end = to ? Math.min(Number(to) + 1, found.size) : found.size;
  return { path, size: found.size, start, end };
}

/** Sends a part according to the mode; returns the number of bytes sent. */
async function send(part: Part, response: ServerResponse, mode: MirrorMode): Promise<number> {
  const file = openSync(part.path, 'r');
  const piece = mode.mode === 'slow' ? Math.max(1, Math.ceil(mode.bytesPerSecond / 10)) : 1 << 20;
  const last = mode.mode === 'stall' ? part.start + Math.floor((part.end - part.start) / 2) : part.end;
  let at = part.start;
  while (at < last && !response.destroyed) {
    const buffer = Buffer.alloc(Math.min(piece, last - at));
    readSync(file, buffer, 0, buffer.length, at);
    if (mode.mode === 'corrupt') buffer.reverse();
    at += buffer.length;
    await written(response, buffer);
    if (mode.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 100));
  }
  closeSync(file);
  if (mode.mode !== 'stall') response.end();
  return at - part.start;
}

/** Waits until the bytes are written or the client has disconnected. */
function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (response.write(bytes) || response.destroyed) resolve();
    else {
      response.once('drain', resolve);
      response.once('close', resolve);
    }
  });
}

const servers: readonly { readonly server: Server; readonly port: number }[] = [
  { server: createServer(answer), port: 80 },
  ...(certificate && key
    ? [
        {
          server: createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) }, answer),
          port: 443,
        },
      ]
    : []),
];

/** Listens or stops listening according to the mode. */
function follow(): void {
  const away = readMode().mode === 'away';
  for (const { server, port } of servers) {
    if (away && server.listening) {
      server.close();
      server.closeAllConnections();
    }
    if (!away && !server.listening) server.listen(port, address);
  }
}

follow();
watch(dirname(modeFile), (_, name) => {
  if (name === basename(modeFile)) follow();
});
