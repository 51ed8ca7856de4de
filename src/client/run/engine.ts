import { homedir } from 'node:os';
import type { Engine } from '../../app/entry.ts';
import type { Retention } from '../../app/logs/retention.ts';
import type { Prompts } from '../../remote/base/prompts.ts';

export interface EngineSource {
  /** The engine for a maximum number of concurrent nodes, loaded on first use. */
  get(limit: number): Promise<Engine>;
  /** Clears unlocked keys and passwords. */
  forget(): void;
  dispose(): Promise<void>;
}

export interface EngineNeeds {
  readonly stateFolder: string;
  readonly prompts: Prompts;
  /** Additional known_hosts files, read for every connection. */
  readonly knownHosts: () => readonly string[];
  /** Retention of older runs. */
  readonly retention: () => Retention;
}

/** Loads the SSH code on first use; one engine per limit, since a run keeps its own. */
export function createEngineSource({
  stateFolder,
  prompts,
  knownHosts,
  retention,
}: EngineNeeds): EngineSource {
  const engines = new Map<number, Engine>();
  return {
    get: async (limit) => {
      const known = engines.get(limit);
      if (known) return known;
      const { createEngine } = await import('../../app/entry.ts');
      const options = {
        stateFolder,
        home: homedir(),
        env: process.env,
        prompts,
        knownHosts,
        retention,
        limit,
      };
      const engine = engines.get(limit) ?? createEngine(options);
      engines.set(limit, engine);
      return engine;
    },
    forget: () => {
      for (const engine of engines.values()) engine.forget();
    },
    dispose: async () => {
      for (const engine of engines.values()) await engine.dispose();
    },
  };
}
