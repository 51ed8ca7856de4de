import { msg } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { lines, type ShellText, sh, words } from '../shell/command.ts';
import type { StepContext, StepDefinition } from './definition.ts';
import { publicKeyOf } from './ssh-keys.ts';
import { sshdFunctions } from './sshd-functions.ts';

/** A line of sshd_config. */
interface Setting {
  readonly key: string;
  readonly value: string;
}

function settingValue(settings: readonly Setting[], key: string): string | undefined {
  return settings.find((setting) => setting.key.toLowerCase() === key)?.value.trim();
}

/**
 * The file's settings, and beside a new port the one that the node is reached on: as long as the file connects there,
 * closing it would cut the node off.
 */
function settingsOf({ sshd }: Cluster, { ssh, address }: ClusterNode): readonly Setting[] {
  const settings = Object.entries(sshd).map(([key, value]) => ({
    key,
    value: value.trim().replace(/\s+/g, ' '),
  }));
  const port = settingValue(settings, 'port');
  const stays = port !== undefined && ssh.host === address && port !== String(ssh.port);
  return stays ? [...settings, { key: 'Port', value: String(ssh.port) }] : settings;
}

/** Why the settings would lock out the very login that is in use; shell that ends the check. */
function lockedOut(settings: readonly Setting[], { cluster, node }: StepContext): ShellText {
  const { user } = node.ssh;
  const root = settingValue(settings, 'permitrootlogin')?.toLowerCase();
  if (user === 'root' && (root === 'no' || root === 'forced-commands-only'))
    return sh`sp_because sshd-locks-out-root; return 2`;
  if (settingValue(settings, 'passwordauthentication')?.toLowerCase() !== 'no') return sh``;
  const blob = publicKeyOf(cluster, node)?.split(' ')[1] ?? '';
  return sh`sp_home=$(getent passwd ${user} | cut -d : -f 6)
if ! grep -vE '^[[:space:]]*(#|$)' "$sp_home/.ssh/authorized_keys" 2>/dev/null | grep -qF -e ${blob}; then sp_because sshd-no-key-yet ${user}; return 2; fi`;
}

function portsOf(settings: readonly Setting[]): readonly string[] {
  return settings.flatMap(({ key, value }) =>
    key.toLowerCase() === 'port' && value !== '22' ? [value] : [],
  );
}

function notices(settings: readonly Setting[], { cluster, node }: StepContext): ShellText {
  const [first, another] = settings.filter(({ key }) => key.toLowerCase() === 'port');
  return lines(
    ...(cluster.openstack.installer === 'packstack' ? [sh`sp_emit notice packstack-needs-root`] : []),
    ...(first && another ? [sh`sp_emit notice sshd-both-ports ${first.value} ${node.ssh.port}`] : []),
  );
}

const putBack = (which: 'first' | 'last'): ShellText => sh`sp_try sp_put_back ${which} sshd
sp_try sshd -t
sp_try systemctl reload-or-restart sshd
sp_tried`;

export const sshd: StepDefinition = {
  id: 'sshd',
  title: msg('SSH server (sshd)'),
  what: msg(
    'Writes the settings under sshd where the first value wins: a file of its own in sshd_config.d, or a marked block at the top of sshd_config; tests them with sshd -t, reloads sshd, and judges by what sshd -T says for this very login.',
  ),
  why: msg(
    'A setting further down has no effect, a Match block can undo it, and a wrong one locks everybody out.',
  ),
  undo: msg(
    'Revert puts the former sshd_config back and reloads sshd; ports that SELinux or the firewall learned of stay allowed.',
  ),
  drifts: true,
  impliedBy: (cluster) => Object.keys(cluster.sshd).length > 0,
  script: (context) => {
    const { cluster, node } = context;
    const settings = settingsOf(cluster, node);
    const text = settings.map(({ key, value }) => `${key} ${value}\n`).join('');
    const keys = words([...new Set(settings.map(({ key }) => key.toLowerCase()))]);
    const shared = lines(
      sshdFunctions(node, settingValue(settings, 'port') !== undefined),
      sh`sp_wanted=${text}`,
    );
    return {
      check: lines(
        shared,
        sh`sp_now=$(sp_sshd_now) || { sp_because sshd-config-broken; return 2; }
sp_meant=$(sp_sshd_meant "$sp_now") || { sp_because sshd-setting-refused; return 2; }
sp_missing=0
for sp_key in ${keys}; do
  sp_is=$(sp_sshd_value "$sp_now" "$sp_key"); sp_be=$(sp_sshd_value "$sp_meant" "$sp_key")
  [ "$sp_is" = "$sp_be" ] || { sp_because sshd-setting "$sp_key" "$sp_is" "$sp_be"; sp_missing=1; }
done
if [ $sp_missing = 0 ]; then return 0; fi`,
        lockedOut(settings, context),
        sh`return 1`,
      ),
      apply: lines(
        shared,
        sh`sp_keep_anew sshd
sp_keep sshd /etc/ssh/sshd_config "$sp_dropin"
sp_sshd_write
if ! sshd -t; then sp_put_back last sshd; return 1; fi`,
        ...portsOf(settings).map((port) => sh`sp_allow_port ${port}`),
        sh`systemctl reload sshd`,
        notices(settings, context),
      ),
      rollback: putBack('last'),
      revert: putBack('first'),
      intent: { files: ['/etc/ssh/sshd_config'], services: { sshd: 'enabled' } },
    };
  },
};
