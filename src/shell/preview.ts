import type { ShellText } from './command.ts';
import { assign } from './file.ts';
import { previewSh } from './preview.sh.ts';
import { previewCommandSh } from './preview-command.sh.ts';
import { previewFilesSh } from './preview-files.sh.ts';
import { previewTextSh } from './preview-text.sh.ts';

/** The programs with which steps change a system; `preview-command.sh` replaces each. */
const programs = [
  ...['dnf', 'yum', 'rpm', 'systemctl', 'hostnamectl', 'timedatectl', 'localectl', 'firewall-cmd'],
  ...[
    'firewall-offline-cmd',
    'nmcli',
    'ip',
    'ifup',
    'ifdown',
    'sysctl',
    'modprobe',
    'setenforce',
    'setsebool',
  ],
  ...[
    'semanage',
    'subscription-manager',
    'chronyc',
    'etcdctl',
    'mysql',
    'mariadb',
    'rabbitmqctl',
    'packstack',
  ],
  ...['useradd', 'usermod', 'userdel', 'groupadd', 'groupdel', 'groupmod', 'gpasswd', 'passwd', 'chpasswd'],
  ...['ssh-keygen', 'reboot', 'shutdown', 'poweroff', 'halt', 'init', 'telinit', 'chkconfig', 'service'],
  ...['pvcreate', 'pvremove', 'vgcreate', 'vgextend', 'vgreduce', 'vgremove', 'mkfs.xfs', 'mount', 'umount'],
] as const;

/** How much memory the view of the disk may take on the node, MB: the packages' metadata is most of it. */
const limitMb = 768;

/** The shell functions of a preview; the secrets of the payload by name. */
export function preview(secrets: readonly string[]): ShellText {
  const values = assign(previewSh, {
    sp_preview_command: previewCommandSh.text,
    sp_preview_programs: programs.join(' '),
    sp_preview_limit_mb: limitMb,
  });
  const names = assign(previewFilesSh, { sp_preview_secrets: secrets.join('\n') });
  return { shell: `${values.shell}${names.shell}${previewFilesSh.text}${previewSh.text}` };
}

/** The same for other programs, which print it: its differences are lines of text. The reader sets `sp_preview_secrets`. */
export const previewAsText: ShellText = { shell: `${preview([]).shell}${previewTextSh.text}` };
