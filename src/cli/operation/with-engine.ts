import type { Engine } from '../../app/entry.ts';
import { reasonText } from '../../view/reasons.ts';
import type { Context } from '../command-line/context.ts';
import { type Asker, createAsker } from '../terminal/asker.ts';
import { terminalPrompts } from '../terminal/prompts.ts';
import type { Prepared } from './prepare.ts';
import { traceOf } from './trace.ts';

/** What a command works with that asks questions about single nodes and runs no steps. */
export interface EngineWork {
  readonly engine: Engine;
  readonly asker: Asker;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Prints a line to standard error. */
  readonly warn: (line: string) => void;
}

/** Works with an engine that asks in the terminal; it is closed afterwards. */
export async function withEngine(
  { io, t, options }: Context,
  { stateFolder, knownHosts }: Extract<Prepared, { ok: true }>,
  work: (on: EngineWork) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  const unsubscribe = io.onInterrupt(() => stop.abort());
  const nothing = (): void => undefined;
  const warn = (line: string): void => void io.stderr.write(`${line}\n`);
  const asker = createAsker({ io, t, notice: warn, suspend: nothing, resume: nothing });
  const { createEngine } = await import('../../app/entry.ts');
  const engine = createEngine({
    ...{ stateFolder, home: io.home, env: io.env },
    knownHosts: () => knownHosts,
    prompts: terminalPrompts(asker, io.env),
    waiting: (node, wait) => {
      if (wait) warn(`${node}: ${t(reasonText(wait))}`);
    },
    ...traceOf(options, warn),
  });
  try {
    return await work({ engine, asker, signal: stop.signal, warn });
  } finally {
    unsubscribe();
    await engine.dispose();
  }
}
