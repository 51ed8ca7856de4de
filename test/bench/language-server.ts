import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** A replacement for the text between two columns of a line. */
export interface Edit {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A language server in a separate process with one open document. */
export interface MeasuredServer {
  /** Types and waits until the diagnostics of that line are the expected ones; returns milliseconds. */
  type(edit: Edit, isWanted: (onLine: readonly Diagnostic[]) => boolean): Promise<number>;
  /** Types and requests completions there; returns the milliseconds until both are done, and the number of items. */
  complete(edit: Edit): Promise<{ readonly milliseconds: number; readonly items: number }>;
  /** The processor time of the process so far, in milliseconds. */
  computed(): number;
  /** The peak memory of the process, in MB. */
  memory(): number;
  stop(): Promise<void>;
}

const patience = 60_000;

/** The number of clock ticks per second, for times in /proc. */
const ticks = 100;

function computedBy(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
}

function highestOf(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}

interface Waiting {
  readonly isDone: (params: PublishDiagnosticsParams) => boolean;
  readonly resolve: () => void;
}

/** Starts a server, opens a text and waits for its first diagnostics. */
export async function startServer(
  command: readonly string[],
  { uri, text, languageId }: { readonly uri: string; readonly text: string; readonly languageId: string },
): Promise<MeasuredServer> {
  const [program = '', ...args] = command;
  const child: ChildProcess = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdout, stdin, pid } = child;
  if (!stdout || !stdin || pid === undefined) throw new Error(`${program} cannot be started`);
  const connection: ProtocolConnection = createProtocolConnection(
    new StreamMessageReader(stdout),
    new StreamMessageWriter(stdin),
  );
  let waiting: Waiting | undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    if (params.uri === uri && waiting?.isDone(params)) waiting.resolve();
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.listen();
  const until = (isDone: Waiting['isDone']): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${command.join(' ')} did not answer`)), patience);
      waiting = {
        isDone,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      };
    });
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  await connection.sendNotification('initialized', {});
  const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
  await connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } });
  const first = until(() => true);
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  await first;
  let version = 1;
  const change = ({ line, from, to, text: put }: Edit): Promise<void> => {
    version += 1;
    const range = { start: { line, character: from }, end: { line, character: to } };
    return connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: put }],
    });
  };
  return {
    type: async (edit, isWanted) => {
      const begun = performance.now();
      const published = until(({ diagnostics }) =>
        isWanted(diagnostics.filter(({ range }) => range.start.line === edit.line)),
      );
      await change(edit);
      await published;
      return performance.now() - begun;
    },
    complete: async (edit) => {
      const begun = performance.now();
      await change(edit);
      const position = { line: edit.line, character: edit.from + edit.text.length };
      const answer = await connection.sendRequest<{ items?: unknown[] } | unknown[] | null>(
        'textDocument/completion',
        { textDocument: { uri }, position },
      );
      const milliseconds = performance.now() - begun;
      const items = Array.isArray(answer) ? answer.length : (answer?.items?.length ?? 0);
      return { milliseconds, items };
    },
    computed: () => computedBy(pid),
    memory: () => highestOf(pid),
    stop: async () => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}
