import type { NodeKeys } from '../../cluster/model.ts';
import type { Command } from '../../shell/command.ts';
import { assign } from '../../shell/file.ts';
import { nodeKeysSh } from './node-keys.sh.ts';

/** Reads the keys of a node that the others need; with `make` it creates a missing key of root. */
export function nodeKeysCommand(name: string, make: boolean): Command {
  const values = assign(nodeKeysSh, { node_keys_name: name, node_keys_make: make ? 'yes' : '' });
  return { argv: ['sh', '-s'], stdin: `${values.shell}${nodeKeysSh.text}` };
}

const key = /^(?:ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/=]+/;

/** Parses the output; undefined if root has no key. */
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
