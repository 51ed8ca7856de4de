import type { ExtensionContext } from 'vscode';

/** What a kept value belongs to: a cluster file and the name of a secret, or what a `keep` of a question names. */
export type VaultKey = string;

/** The editor's secret storage, with a list of the names in it, which the storage itself does not give. */
export interface Vault {
  get(key: VaultKey): Promise<string | undefined>;
  keep(key: VaultKey, value: string): Promise<void>;
  forget(key: VaultKey): Promise<void>;
  keys(): readonly VaultKey[];
}

const list = 'stackprep.secretKeys';

export function createVault({
  secrets,
  globalState,
}: Pick<ExtensionContext, 'secrets' | 'globalState'>): Vault {
  const keys = () => globalState.get<readonly string[]>(list, []);
  return {
    get: async (key) => await secrets.get(key),
    keep: async (key, value) => {
      await globalState.update(list, [...new Set([...keys(), key])]);
      await secrets.store(key, value);
    },
    forget: async (key) => {
      await secrets.delete(key);
      await globalState.update(
        list,
        keys().filter((each) => each !== key),
      );
    },
    keys,
  };
}
