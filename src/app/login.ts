import type { SshSettings } from '../cluster/model.ts';
import { findRoute, type NodeToReach } from '../remote/route.ts';

/** How a run logs in: where the file leaves user or port open, with what the user's ssh config says, if that can be read. */
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
