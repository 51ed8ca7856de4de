import type { NodeKeys } from '../../cluster/model.ts';
import type { Command } from '../../shell/command.ts';
import { assign } from '../../shell/file.ts';
import { nodeKeysSh } from './node-keys.sh.ts';

/** Asks a node for the keys that the others are to know; `make` also makes root's key where there is none. */
export function nodeKeysCommand(name: string, make: boolean): Command {
  const values = assign(nodeKeysSh, { node_keys_name: name, node_keys_make: make ? 'yes' : '' });
  return { argv: ['sh', '-s'], stdin: `${values.shell}${nodeKeysSh.text}` };
}

const key = /^(?:ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/=]+/;

/** What a node said of its keys; undefined where it has none of its own for root. */
export function readNodeKeys(output: string): NodeKeys | undefined {
  const of = (kind: string) =>
    output
      .split(/\r?\n/)
      .filter((line) => line.startsWith(`${kind} `))
      .map((line) => line.slice(kind.length + 1))
      .filter((line) => key.test(line));
  const [user] = of('user');
  return user === undefined ? undefined : { user, hosts: of('host') };
}
