import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { builtCommand } from './built.ts';

const uri = 'file:///srv/lab.cluster.yaml';
const text =
  'cluster: lab\nopenstack: { release: steiin }\nnodes:\n  a: { address: 10.0.0.1 }\nsteps:\n  - \n';

interface Server {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly diagnostics: Promise<PublishDiagnosticsParams>;
}

/** Starts the built program like an editor without Stackprep's extension, and opens a document. */
async function open(...args: readonly string[]): Promise<Server> {
  const [program, cli] = builtCommand();
  const child = spawn(program, [cli, 'lsp', ...args], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const diagnostics = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', resolve);
  });
  connection.onUnhandledNotification(({ method }) => assert.fail(`${method} is not part of LSP`));
  connection.listen();
  const { capabilities } = await connection.sendRequest<{ capabilities: object }>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  assert.ok('completionProvider' in capabilities);
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  return { child, connection, diagnostics };
}

/** Stops a server like an editor; returns its exit code. */
async function close({ child, connection }: Server): Promise<unknown> {
  await connection.sendRequest('shutdown');
  const ended = once(child, 'exit');
  await connection.sendNotification('exit');
  const [code] = await ended;
  connection.dispose();
  return code;
}

describe('stackprep lsp --stdio', () => {
  it('publishes diagnostics, answers requests, and exits after shutdown', async () => {
    const server = await open('--stdio');
    const { connection, diagnostics } = server;
    const found = await diagnostics;
    const [problem] = found.diagnostics;
    assert.equal(problem?.code, 'release-unknown');
    assert.equal(problem.message, 'There is no OpenStack release steiin. Did you mean stein?');
    const at = { textDocument: { uri }, position: { line: 5, character: 4 } };
    const items = await connection.sendRequest<{ label: string; textEdit: { newText: string } }[]>(
      'textDocument/completion',
      at,
    );
    const customStep = items.find(({ label }) => label === 'name: …');
    assert.ok(items.some(({ label }) => label === 'upgrade') && customStep);
    assert.doesNotMatch(customStep.textEdit.newText, /\$/, 'an editor without snippets gets plain text');
    assert.equal(await close(server), 0);
  });

  it('speaks Korean with --lang ko', async () => {
    const server = await open('--stdio', '--lang', 'ko');
    const found = await server.diagnostics;
    assert.match(String(found.diagnostics[0]?.message), /릴리스/);
    assert.equal(await close(server), 0);
  });

  it('exits when its standard input is closed', async () => {
    const { child, connection, diagnostics } = await open('--stdio');
    await diagnostics;
    const ended = once(child, 'exit');
    child.stdin?.end();
    await ended;
    connection.dispose();
  });
});
