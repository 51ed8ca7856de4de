import type { NodeState } from './node-state.ts';
import { type Program, said } from './piece.ts';
import { createKeyPair } from './ssh2.ts';

/** A request for the keys that other nodes need (steps/ssh-keys/node-keys.ts); undefined for any other script. */
export function readKeysRequest(text: string): { readonly makes: boolean } | undefined {
  const make = /^node_keys_make=(.*)$/m.exec(text)?.[1];
  return make === undefined || !/^node_keys_name=/m.test(text) ? undefined : { makes: /yes/.test(make) };
}

/** Prints the public keys of root and of the node; makes that of root if asked to. */
export function* nodeKeys(node: NodeState, makes: boolean): Program {
  if (makes) node.keys.root ??= createKeyPair().public;
  const { root, host } = node.keys;
  if (root !== undefined) yield said(`user ${root} root@${node.name}\n`, 50);
  if (host !== undefined) yield said(`host ${host}\n`);
  return 0;
}
