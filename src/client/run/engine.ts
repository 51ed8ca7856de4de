import { homedir } from 'node:os';
import type { Engine } from '../../app/entry.ts';
import type { Retention } from '../../app/logs/retention.ts';
import type { Prompts } from '../../remote/base/prompts.ts';

export interface EngineSource {
  /** The engine for so many nodes at once, loaded on first use. */
  get(limit: number): Promise<Engine>;
  /** Forgets unlocked keys and passwords. */
  forget(): void;
  dispose(): Promise<void>;
}

export interface EngineNeeds {
  readonly stateFolder: string;
  readonly prompts: Prompts;
  /** Further known_hosts files, asked at every connection. */
  readonly knownHosts: () => readonly string[];
  /** What of older runs is kept. */
  readonly retention: () => Retention;
}

/** Loads the code that speaks SSH when it is first needed; one engine for each limit, since a run keeps its own. */
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
