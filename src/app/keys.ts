import type { Cluster, ClusterNode, Inputs } from '../cluster/model.ts';
import { isPublicKey, keyFile } from '../cluster/user-keys.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import { expandHome } from '../remote/base/home.ts';
import { makeKey, readPublicKey } from '../remote/keys/public-key.ts';

/** The steps that have to know the public key. */
const knowing: ReadonlySet<string> = new Set(['ssh-keys', 'sshd', 'users']);

/** Whether the person lets a key be made at that path; asked once a run, before anything is connected. */
export type MayMakeKey = (path: string) => Promise<boolean>;

function identitiesOf(cluster: Cluster, selection: Selection, steps: ReadonlySet<string>): readonly string[] {
  const nodes = selectNodes(cluster, selection).filter((node) =>
    selectSteps(cluster, node, selection).some(({ id }) => steps.has(id)),
  );
  return [...new Set(nodes.flatMap(({ ssh }) => ssh.identity ?? []))];
}

/** The key files that the step `users` brings, where it is selected. */
function userKeyFiles(cluster: Cluster, selection: Selection): readonly string[] {
  const isSelected = selectNodes(cluster, selection).some((node) =>
    selectSteps(cluster, node, selection).some(({ id }) => id === 'users'),
  );
  if (!isSelected) return [];
  const keys = Object.values(cluster.users).flatMap((user) => user.keys ?? []);
  return keys.filter((key) => !isPublicKey(key)).map(keyFile);
}

/** The cluster with the public keys of its identities and users, as far as they can be read without a question. */
export async function withPublicKeys(cluster: Cluster, selection: Selection, home: string): Promise<Cluster> {
  const identities = new Set([
    ...identitiesOf(cluster, selection, knowing),
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

/** Makes the missing key of every identity that ssh-keys is to bring, where the person agrees; gives why one could not be made. */
export async function makeMissingKeys(
  { cluster, selection }: { readonly cluster: Cluster; readonly selection: Selection },
  { home, who, mayMakeKey }: { readonly home: string; readonly who: string; readonly mayMakeKey: MayMakeKey },
): Promise<Readonly<Record<string, string>>> {
  const faults = new Map<string, string>();
  for (const identity of identitiesOf(cluster, selection, new Set(['ssh-keys']))) {
    const path = expandHome(identity, home);
    const read = await readPublicKey(path);
    if (read.ok || !read.missing || !(await mayMakeKey(path))) continue;
    try {
      await makeKey(path, who);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause;
      faults.set(identity, cause.message);
    }
  }
  return Object.fromEntries(faults);
}

/** A node to connect to: an identity that is not there yet is what ssh-keys is about, so the login goes another way. */
export async function loginOf(cluster: Cluster, node: ClusterNode, home: string): Promise<ClusterNode> {
  const { identity, ...ssh } = node.ssh;
  const isBrought = cluster.steps.some(({ id, nodes }) => id === 'ssh-keys' && nodes.includes(node.name));
  if (identity === undefined || !isBrought) return node;
  const read = await readPublicKey(expandHome(identity, home));
  return !read.ok && read.missing ? { ...node, ssh } : node;
}
