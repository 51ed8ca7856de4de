import type { ExtensionContext } from 'vscode';
import { formats } from '../../base/format.ts';
import { isNumber, isText, listOf, shape } from '../../base/guard.ts';

/** The key of a stored value: a cluster file and the name of a secret, or the `keep` of a question. */
export type VaultKey = string;

/** VS Code's secret storage with a list of its keys, which the storage does not provide. */
export interface Vault {
  get(key: VaultKey): Promise<string | undefined>;
  keep(key: VaultKey, value: string): Promise<void>;
  forget(key: VaultKey): Promise<void>;
  keys(): readonly VaultKey[];
}

const list = 'stackprep.secretKeys';

/** The stored list; 0.1.0 stored only the keys. */
interface StoredList {
  readonly format: number;
  readonly keys: readonly VaultKey[];
}

const isKeys = listOf(isText);
const isStoredList = shape<StoredList>({ format: isNumber, keys: isKeys });

/** The keys of a stored list; also accepts the list of a later version, as long as it has keys. */
function decodeList(value: unknown): readonly VaultKey[] {
  if (isStoredList(value)) return value.keys;
  return isKeys(value) ? value : [];
}

export function createVault({
  secrets,
  globalState,
}: Pick<ExtensionContext, 'secrets' | 'globalState'>): Vault {
  const keys = () => decodeList(globalState.get(list));
  const store = async (changed: readonly VaultKey[]) => {
    const stored: StoredList = { format: formats.secretKeys, keys: changed };
    await globalState.update(list, stored);
  };
  return {
    get: async (key) => await secrets.get(key),
    keep: async (key, value) => {
      await store([...new Set([...keys(), key])]);
      await secrets.store(key, value);
    },
    forget: async (key) => {
      await secrets.delete(key);
      await store(keys().filter((each) => each !== key));
    },
    keys,
  };
}
