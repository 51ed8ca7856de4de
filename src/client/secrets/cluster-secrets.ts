import { window } from 'vscode';
import type { Secrets } from '../../app/jobs/ports.ts';
import type { SecretName } from '../../app/secrets/secret-command.ts';
import type { Failure } from '../../base/failure.ts';
import { type Message, msg, plain } from '../../base/l10n.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { passwordStorageKey, sudoGroup } from '../../remote/sudo/question.ts';
import type { Turns } from '../editor/dialog-queue.ts';
import { fileName } from '../editor/file-name.ts';
import { pickName } from '../editor/pick.ts';
import { iconText, t } from '../editor/texts.ts';
import { askToKeep, askValue } from './ask.ts';
import type { Vault, VaultKey } from './vault.ts';

/** The secrets of cluster files: in memory until the window closes, or in the vault if the user chose that. */
export interface ClusterSecrets {
  /** Finds a value when it is first needed: stored, in the user's file, by the user's command, or by a question. */
  of(uri: string, cluster: string): Secrets;
  /** Lets the user set one of the secrets that the file names. */
  set(uri: string, names: readonly string[]): Promise<void>;
  /** Lets the user choose which stored values to delete; returns whether any was chosen. */
  forget(): Promise<boolean>;
  /** The keys of the values that no other node of the cluster needs. */
  onlyFor(of: NodeOfCluster): readonly VaultKey[];
  remove(keys: readonly VaultKey[]): Promise<void>;
}

export interface NodeOfCluster {
  /** The cluster file. */
  readonly uri: string;
  readonly cluster: Cluster;
  readonly node: ClusterNode;
}

interface Kept {
  readonly label: string;
  readonly description: string;
  readonly key: VaultKey;
}

function keyOf(uri: string, name: string): VaultKey {
  return JSON.stringify(['secret', uri, name]);
}

/** Whether the value is for the node alone: the sudo password of its user, or any secret of a file with one node. */
function isOnlyFor(key: VaultKey, { uri, cluster, node }: NodeOfCluster): boolean {
  const [kind] = JSON.parse(key) as readonly string[];
  if (kind === 'secret')
    return cluster.nodes.length === 1 && (JSON.parse(key) as readonly string[])[1] === uri;
  const group = sudoGroup(cluster);
  const { user } = node.ssh;
  const users = group.nodes.filter((each) => each.user === user);
  return users.length === 1 && users[0]?.name === node.name && key === passwordStorageKey(group, user);
}

/** A stored value in a list; keys are created here and by `keptAs` of the engine. */
function describe(key: VaultKey): Kept {
  const [kind, where = '', name = ''] = JSON.parse(key) as readonly string[];
  if (kind === 'secret')
    return { key, label: iconText(plain(name)), description: iconText(plain(fileName(where))) };
  const [cluster = ''] = JSON.parse(where) as readonly string[];
  return { key, label: iconText(msg('sudo password of {0}', name)), description: iconText(plain(cluster)) };
}

export interface ClusterSecretsNeeds {
  readonly vault: Vault;
  readonly turns: Turns;
  /** The value from the user's file or command. */
  readonly search: (of: SecretName) => Promise<string | Failure | undefined>;
}

export function createClusterSecrets({ vault, turns, search }: ClusterSecretsNeeds): ClusterSecrets {
  const memory = new Map<VaultKey, Promise<string | Failure | undefined>>();

  async function ask(uri: string, name: string): Promise<string | undefined> {
    const title: Message = msg('Secret {0} of {1}', name, fileName(uri));
    const prompt = msg(
      'Enter the value. It is sent only to the nodes that need it, and never written to a file or log.',
    );
    const value = await askValue({ title, prompt });
    if (value !== undefined && (await askToKeep(title))) await vault.keep(keyOf(uri, name), value);
    return value;
  }

  async function find(uri: string, of: SecretName): Promise<string | Failure | undefined> {
    const { name } = of;
    const inTurn = () => turns.take(new AbortController().signal, undefined, () => ask(uri, name));
    return (await vault.get(keyOf(uri, name))) ?? (await search(of)) ?? (await inTurn());
  }

  const keys = (): readonly VaultKey[] => [...new Set([...vault.keys(), ...memory.keys()])];

  async function remove(some: readonly VaultKey[]): Promise<void> {
    for (const key of some) {
      memory.delete(key);
      await vault.forget(key);
    }
  }

  return {
    onlyFor: (node) => keys().filter((key) => isOnlyFor(key, node)),
    remove,
    of: (uri, cluster) => ({
      get: async (name) => {
        const key = keyOf(uri, name);
        const found = memory.get(key) ?? find(uri, { cluster, name });
        memory.set(key, found);
        const value = await found;
        // Without a value, the next run tries again.
        if (typeof value !== 'string') memory.delete(key);
        return value;
      },
    }),
    set: async (uri, names) => {
      if (names.length === 0) {
        const text = msg(
          '{0} refers to no secret. Write { secret: NAME } in place of a password.',
          fileName(uri),
        );
        void window.showInformationMessage(t(text));
        return;
      }
      const title = t(msg('Select the secret of {0} to set', fileName(uri)));
      const name = names.length > 1 ? await pickName(names, { title }) : names[0];
      if (name === undefined) return;
      const value = await ask(uri, name);
      if (value !== undefined) memory.set(keyOf(uri, name), Promise.resolve(value));
    },
    forget: async () => {
      const items = keys().map((key) => ({ ...describe(key), picked: true }));
      const title = t(msg('Select the secrets to forget'));
      const picked =
        items.length === 0
          ? []
          : await window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true });
      if (!picked) return false;
      await remove(picked.map(({ key }) => key));
      const text =
        picked.length === 0 ? msg('No secret is stored.') : msg('Secrets forgotten: {0}', picked.length);
      void window.showInformationMessage(t(text));
      return true;
    },
  };
}
