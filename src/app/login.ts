import type { SshSettings } from '../cluster/model.ts';
import { findRoute, type NodeToReach } from '../remote/route.ts';

/**
 * The login settings of a run: user and port come from the ssh config if the cluster file does not set them and the config can
 * be read.
 */
export async function decidedLogin(
  node: NodeToReach,
  around: { readonly home: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<SshSettings> {
  const { open, ...decided } = node.ssh;
  if (!open) return decided;
  const route = await findRoute({ node, ...around, signal: new AbortController().signal });
  if (!route.ok) return node.ssh;
  return { ...decided, user: route.target.user, port: route.target.port };
}
