import type { Cluster, ClusterNode, Inputs } from '../cluster/model.ts';
import { isPublicKey, keyFile } from '../cluster/user-keys.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import { expandHome } from '../remote/base/home.ts';
import { makeKey, readPublicKey } from '../remote/keys/public-key.ts';

/** Steps that need the public keys. */
const stepsWithPublicKeys: ReadonlySet<string> = new Set(['ssh-keys', 'sshd', 'users']);

/** Whether a key may be created at that path; asked once per run, before connecting. */
export type MayMakeKey = (path: string) => Promise<boolean>;

function identitiesOf(cluster: Cluster, selection: Selection, steps: ReadonlySet<string>): readonly string[] {
  const nodes = selectNodes(cluster, selection).filter((node) =>
    selectSteps(cluster, node, selection).some(({ id }) => steps.has(id)),
  );
  return [...new Set(nodes.flatMap(({ ssh }) => ssh.identity ?? []))];
}

/** The key files of the step `users`, if it is selected. */
function userKeyFiles(cluster: Cluster, selection: Selection): readonly string[] {
  const isSelected = selectNodes(cluster, selection).some((node) =>
    selectSteps(cluster, node, selection).some(({ id }) => id === 'users'),
  );
  if (!isSelected) return [];
  const keys = Object.values(cluster.users).flatMap((user) => user.keys ?? []);
  return keys.filter((key) => !isPublicKey(key)).map(keyFile);
}

/** Adds the public keys of identities and users to the cluster, as far as they can be read without a prompt. */
export async function withPublicKeys(cluster: Cluster, selection: Selection, home: string): Promise<Cluster> {
  const identities = new Set([
    ...identitiesOf(cluster, selection, stepsWithPublicKeys),
    ...userKeyFiles(cluster, selection),
  ]);
  if (identities.size === 0) return cluster;
  const lines = new Map<string, string>();
  for (const identity of identities) {
    const read = await readPublicKey(expandHome(identity, home));
    if (read.ok) lines.set(identity, read.line);
  }
  const publicKeys = Object.fromEntries(lines);
  return { ...cluster, inputs: { nodeKeys: {}, ...cluster.inputs, publicKeys } satisfies Inputs };
}

/** Creates the missing keys for ssh-keys, if the user agrees; returns why keys could not be created. */
export async function makeMissingKeys(
  { cluster, selection }: { readonly cluster: Cluster; readonly selection: Selection },
  { home, who, mayMakeKey }: { readonly home: string; readonly who: string; readonly mayMakeKey: MayMakeKey },
): Promise<Readonly<Record<string, string>>> {
  const keyErrors = new Map<string, string>();
  for (const identity of identitiesOf(cluster, selection, new Set(['ssh-keys']))) {
    const path = expandHome(identity, home);
    const read = await readPublicKey(path);
    if (read.ok || !read.missing || !(await mayMakeKey(path))) continue;
    try {
      await makeKey(path, who);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause;
      keyErrors.set(identity, cause.message);
    }
  }
  return Object.fromEntries(keyErrors);
}

/** The node's settings for logging in: without an identity that ssh-keys has yet to add. */
export async function loginOf(cluster: Cluster, node: ClusterNode, home: string): Promise<ClusterNode> {
  const { identity, ...ssh } = node.ssh;
  const isAdded = cluster.steps.some(({ id, nodes }) => id === 'ssh-keys' && nodes.includes(node.name));
  if (identity === undefined || !isAdded) return node;
  const read = await readPublicKey(expandHome(identity, home));
  return !read.ok && read.missing ? { ...node, ssh } : node;
}
