import type { NodeKeys } from '../cluster/model.ts';
import { type Command, sh } from '../shell/command.ts';

/** Asks a node for the keys that the others are to know; `make` also makes root's key where there is none. */
export function nodeKeysCommand(name: string, make: boolean): Command {
  const making = sh`if ! ls /root/.ssh/id_*.pub >/dev/null 2>&1; then
  mkdir -p -m 0700 /root/.ssh
  ssh-keygen -q -t ed25519 -N '' -C ${`root@${name}`} -f /root/.ssh/id_ed25519 || exit 1
fi`;
  const text = sh`PATH=/usr/sbin:/usr/bin:/sbin:/bin; export PATH
${make ? making : sh``}
for f in /root/.ssh/id_ed25519.pub /root/.ssh/id_ecdsa.pub /root/.ssh/id_rsa.pub; do
  if [ -r "$f" ]; then printf 'user '; cat "$f"; break; fi
done
for f in /etc/ssh/ssh_host_ed25519_key.pub /etc/ssh/ssh_host_ecdsa_key.pub /etc/ssh/ssh_host_rsa_key.pub; do
  if [ -r "$f" ]; then printf 'host '; awk '{ print $1, $2 }' "$f"; fi
done`;
  return { argv: ['sh', '-s'], stdin: `${text.shell}\n` };
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
