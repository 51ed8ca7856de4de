import type { Message } from '../base/l10n.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { loginProblem, readJump } from '../cluster/ssh-names.ts';
import { expandHome } from '../remote/base/home.ts';

export interface TerminalPaths {
  readonly home: string;
  /** Additional known_hosts files, after those of ssh. */
  readonly knownHosts: readonly string[];
}

export type TerminalArguments =
  | { readonly ok: true; readonly words: readonly string[] }
  /** A setting that ssh would misinterpret. */
  | { readonly ok: false; readonly flaw: Message };

/**
 * The arguments of `ssh` for a node; source: ssh(1), and ssh_config(5) for UserKnownHostsFile (names in double quotes). Before
 * OpenSSH 10.3, a jump host was passed to a shell unescaped.
 */
export function terminalArguments({ ssh }: ClusterNode, paths: TerminalPaths): TerminalArguments {
  const flaw = loginProblem(ssh);
  if (flaw) return { ok: false, flaw };
  const way = ssh.jump === undefined ? undefined : readJump(ssh.jump);
  const files = paths.knownHosts.map((file) => `"${file}"`);
  const words = [
    // Without a port in the file, ssh uses that of the ssh config.
    ...(ssh.open?.includes('port') ? [] : ['-p', String(ssh.port)]),
    ...['-l', ssh.user],
    ...(ssh.identity === undefined ? [] : ['-i', expandHome(ssh.identity, paths.home)]),
    ...(way?.ok ? ['-J', way.hosts.map(({ word }) => word).join(',')] : []),
    ...(files.length === 0 ? [] : ['-o', `UserKnownHostsFile=~/.ssh/known_hosts ${files.join(' ')}`]),
    '--',
    ssh.host,
  ];
  return { ok: true, words };
}
