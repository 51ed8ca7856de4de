import { commands } from 'vscode';
import { contextKeys, type EmptyState } from '../protocol/contributions.ts';

/** What the `when` clauses of the manifest are told. */
export interface ContextValues {
  readonly hasClusters: boolean;
  readonly emptiness: EmptyState;
  readonly running: boolean;
  readonly demoRunning: boolean;
}

type Key = keyof typeof contextKeys;

/** The one place that sets context keys; only what has changed is sent. */
export function createContext(): (values: ContextValues) => void {
  const sent = new Map<Key, boolean | string>();
  return (values) => {
    for (const key of Object.keys(contextKeys) as Key[]) {
      if (sent.get(key) === values[key]) continue;
      sent.set(key, values[key]);
      void commands.executeCommand('setContext', contextKeys[key], values[key]);
    }
  };
}
