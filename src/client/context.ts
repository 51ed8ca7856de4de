import { commands } from 'vscode';
import { contextKeys, type EmptyState } from '../protocol/contributions.ts';

/** Context keys for the `when` clauses of the manifest. */
export interface ContextValues {
  readonly hasClusters: boolean;
  readonly hasOwnCluster: boolean;
  readonly emptiness: EmptyState;
  readonly running: boolean;
  readonly demoRunning: boolean;
  readonly onlyFailed: boolean;
  readonly packageLog: boolean;
  readonly comparableLog: boolean;
  readonly runsRead: boolean;
}

type Key = keyof typeof contextKeys;

/** The only place that sets context keys; only changes are sent. */
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
