import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';

/** The public key of the node's identity, `type base64 comment`; undefined if none is configured or found. */
export function publicKeyOf({ inputs }: Cluster, { ssh }: ClusterNode): string | undefined {
  return ssh.identity === undefined ? undefined : own(inputs?.publicKeys, ssh.identity);
}
