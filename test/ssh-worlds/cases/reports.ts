import type { WorldCase } from '../case.ts';
import { refused, works } from '../expect.ts';

// Situations of reports about Ansible, Terraform, Packer, Paramiko, asyncssh, Remote-SSH and sudo.

const deploy = 'user: deploy, become: sudo';
const password = { STACKPREP_SUDO_PASSWORD: 'right horse' };
const asks = `sed -i 's/^deploy.*/deploy ALL=(ALL:ALL) ALL/' /etc/sudoers`;
const sudoers = (...lines: readonly string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >>/etc/sudoers`;
const root = (name: string, setup: string, expect: WorldCase['expect'], more: Partial<WorldCase> = {}) => ({
  ...{ name, setup, expect },
  ...more,
});
const sudo = (name: string, setup: string, expect: WorldCase['expect'], more: Partial<WorldCase> = {}) => ({
  ...{ name, setup, expect, login: deploy },
  ...(expect.code === 1 && { second: { code: 1 } }),
  ...more,
});
const server = (name: string, sshd: readonly string[], expect: WorldCase['expect'], more = {}) => ({
  ...{ name, sshd, expect },
  ...more,
});
const client = (name: string, script: string, expect: WorldCase['expect'], more = {}) => ({
  ...{ name, client: script, expect },
  ...more,
});
/** A step that says nothing for some seconds. */
const quiet = `  - { name: quiet, check: "test -f /etc/quiet", run: "sleep 15; touch /etc/quiet" }`;
/** Both the key of this side and another are required. */
const twoKeys = ['AuthenticationMethods publickey,publickey'];

export const reportCases: readonly WorldCase[] = [
  // hashicorp/terraform#22633, hashicorp/packer#10011: images hardened as CIS says
  root(
    'Folders from which nothing can be started do no harm.',
    'for f in /tmp /home /root /run; do mount -o remount,noexec,nosuid,nodev $f; done; mount -t tmpfs -o noexec tmpfs /var/lib',
    works,
  ),
  root('A umask of 0777 for the login does no harm.', `echo 'umask 0777' >>/root/.bashrc`, works),
  root(
    'A full file system for the state is named.',
    'mount -t tmpfs -o size=4k tmpfs /var/lib; head -c 4096 /dev/zero >/var/lib/full || :',
    refused('sick', /No space left on device|free: 0 MB/),
    { second: { code: 1 } },
  ),
  root(
    'A file system for the state that cannot be written is named.',
    'mount -t tmpfs -o ro tmpfs /var/lib',
    refused('sick', 'Read-only file system'),
    { second: { code: 1 } },
  ),
  // ansible: ld.so messages of monitoring agents before every output
  root(
    'A library that cannot be preloaded does no harm.',
    `echo 'export LD_PRELOAD=/opt/agent/liboneagentproc.so' >/root/.bashrc`,
    works,
  ),
  root(
    'A library that every program names as missing does no harm.',
    `echo /opt/agent/libhook.so >/etc/ld.so.preload`,
    works,
  ),
  root(
    'A file that ssh runs at each login and that prints does no harm.',
    `printf 'echo rc; echo rc >&2\\n' >/root/.ssh/rc`,
    works,
  ),
  root(
    'A file that ssh runs at each login and that waits is named.',
    `echo 'sleep 1000' >/root/.ssh/rc`,
    { ...refused('sick', 'within 60 seconds'), withinS: 190 },
    { isLong: true },
  ),
  root(
    'A shell that a start file replaces with another that runs the command works.',
    `printf '%s\\n' 'if [ -z "$IN_ZSH" ]; then export IN_ZSH=1; exec zsh -c "$BASH_EXECUTION_STRING"; fi' >/root/.bashrc`,
    works,
  ),
  root(
    'A login shell tcsh whose start file prints and sets a terminal does no harm.',
    `sed -i 's|^root:.*|root:x:0:0:root:/root:/usr/bin/tcsh|' /etc/passwd; printf 'stty erase ^H\\necho hello\\nset noclobber\\n' >/root/.cshrc`,
    works,
  ),
  root(
    'A login shell that a wrapper starts works.',
    `printf '#!/bin/sh\\nlogger -t shell "$*" 2>/dev/null\\nexec /bin/bash "$@"\\n' >/usr/local/bin/audit; chmod 755 /usr/local/bin/audit; sed -i 's|^root:.*|root:x:0:0:root:/root:/usr/local/bin/audit|' /etc/passwd`,
    works,
  ),
  // session recorders of bastions
  server(
    'A forced command that runs the original one works.',
    ['ForceCommand /bin/sh -c "$SSH_ORIGINAL_COMMAND"'],
    works,
  ),
  server(
    'A forced command that runs the original one after a notice works.',
    ['ForceCommand echo "This session is recorded."; eval "$SSH_ORIGINAL_COMMAND"'],
    works,
  ),
  server(
    'A forced command that allows listed commands only is quoted.',
    ['ForceCommand echo "rejected: command is not on the allow list" >&2; exit 126'],
    refused('exit code 126', 'rejected: command is not on the allow list'),
  ),
  // OpenSSH 9.2 and later
  server(
    'Channels that sshd closes when they are idle do no harm.',
    ['ChannelTimeout session:*=10'],
    {
      ...works,
      logins: 12,
      connections: 12,
    },
    { steps: quiet },
  ),
  server('Connections that sshd closes when they are unused do no harm.', ['UnusedConnectionTimeout 1'], {
    ...works,
    logins: 12,
    connections: 12,
  }),
  server(
    'Clients that sshd asks for life every second do no harm.',
    ['ClientAliveInterval 1', 'ClientAliveCountMax 5'],
    works,
    { steps: quiet },
  ),
  server('New keys after every 16 KB do no harm.', ['RekeyLimit 16K'], works),
  server('A name server that does not answer sshd does no harm.', ['UseDNS yes'], works, {
    setup: 'echo nameserver 10.9.0.250 >/etc/resolv.conf',
    isLong: true,
  }),
  server('Two keys that are both required work.', twoKeys, works, {
    client: 'cp "$KEYS/id_rsa" "$KEYS/id_ecdsa" .ssh/',
  }),
  server(
    'The second of two required keys that is not there is named.',
    twoKeys,
    refused('login of root failed', 'another method is required'),
  ),
  server(
    'A key that a command looks up works.',
    [
      'AuthorizedKeysFile none',
      'AuthorizedKeysCommand /usr/bin/cat /srv/keys/client.pub',
      'AuthorizedKeysCommandUser root',
    ],
    works,
  ),
  server(
    'A command that looks up keys and fails is an authentication failure.',
    ['AuthorizedKeysFile none', 'AuthorizedKeysCommand /bin/false', 'AuthorizedKeysCommandUser nobody'],
    refused('login of root failed', 'not accepted'),
  ),
  server(
    'A login that takes too long for LoginGraceTime is named.',
    ['LoginGraceTime 2'],
    refused('sick (10.9.0.2:22)'),
    {
      setup: `sed -i '1i auth required pam_exec.so /bin/sleep 20\\naccount required pam_exec.so /bin/sleep 20' /etc/pam.d/sshd`,
    },
  ),
  server(
    'A host key of another type than the known one is named.',
    ['HostKey /etc/ssh/ssh_host_ecdsa_key'],
    {
      code: 1,
      says: ['sick', 'ecdsa-sha2-nistp256'],
      logins: 0,
    },
    { second: { code: 3 } },
  ),
  // paramiko, ssh2: key files as they are copied from web pages and Windows
  client('A key with the line ends of Windows works.', `sed -i 's/$/\\r/' .ssh/id_ed25519`, works),
  client('A key without a last newline works.', `truncate -s -1 .ssh/id_ed25519`, works),
  client(
    'A key with blank lines around it works.',
    `{ echo; cat .ssh/id_ed25519; echo; echo; } >k; cat k >.ssh/id_ed25519`,
    works,
  ),
  client(
    'A name with a dead address first works.',
    `cp /etc/hosts h; printf '10.9.0.77 dual\\n10.9.0.2 dual\\n' >>h; mount --bind h /etc/hosts; sed 's/^10.9.0.2 /dual /' .ssh/known_hosts >k; cat k >>.ssh/known_hosts`,
    works,
    { login: 'host: dual, user: root' },
  ),
  client(
    'Trust in a name and port works.',
    `sed 's/^10.9.0.2 /[10.9.0.2]:2222 /' .ssh/known_hosts >k; cat k >.ssh/known_hosts; grep 10.9.0.3 "$KEYS/../known" 2>/dev/null || :`,
    works,
    {
      login: 'user: root, port: 2222',
      sshd: ['Port 2222', 'ListenAddress 10.9.0.2'],
    },
  ),
  client(
    'An ssh config with a mark of byte order is told in the words of ssh.',
    `printf '\\357\\273\\277Host *\\n  User root\\n' >.ssh/config`,
    { ...refused('/root/.ssh/config'), code: 3, logins: 0 },
  ),
  // sudo
  sudo(
    'A password that sudo does not keep is asked for once.',
    `${asks}; ${sudoers('Defaults timestamp_timeout=0')}`,
    works,
    { env: password },
  ),
  sudo(
    'A log of sudo that cannot be written does no harm or is quoted.',
    sudoers('Defaults logfile=/nonexistent/sudo.log'),
    works,
  ),
  sudo(
    'A recording of sudo that cannot be written is quoted.',
    sudoers('Defaults log_output', 'Defaults iolog_dir=/proc/nosuch'),
    refused('sick', '/proc/nosuch'),
  ),
  sudo(
    'A folder of sudo that is not there is quoted.',
    sudoers('Defaults runcwd=/nonexistent'),
    refused('sick', '/nonexistent'),
  ),
  sudo('Commands that sudo logs one by one work.', sudoers('Defaults log_subcmds'), works),
  sudo(
    'Rights of sudo for another user than root are quoted.',
    `sed -i 's/^deploy.*/deploy ALL=(www-data) NOPASSWD: ALL/' /etc/sudoers`,
    refused('sick', /not allowed|password/),
  ),
  sudo(
    'Modules of sudo that print do no harm.',
    `sed -i '1i session optional pam_exec.so stdout /bin/echo hello' /etc/pam.d/sudo`,
    works,
  ),
  sudo(
    'A delay after each login of sudo works.',
    `${asks}; sed -i '1i auth optional pam_faildelay.so delay=3000000' /etc/pam.d/sudo`,
    works,
    { env: password },
  ),
  sudo(
    'A home of root that sudo cannot enter does no harm.',
    'chmod 000 /root; rm -rf /root/.profile; :',
    works,
  ),
  // The step takes longer than all attempts to follow it, whatever ends first.
  sudo(
    'A time limit of sudo that is shorter than any step is named.',
    sudoers('Defaults command_timeout=2'),
    { ...refused('command_timeout in its sudoers', 'ChannelTimeout in its sshd_config'), never: [] },
    {
      steps: `  - { name: long, on: sick, check: "test -f /etc/long", run: "sleep 600; touch /etc/long" }`,
      once: 'the job goes on there',
    },
  ),
  sudo(
    'A time limit of sudo that is shorter than a job does no harm.',
    sudoers('Defaults command_timeout=8'),
    works,
    { steps: quiet, once: 'a job is not run again' },
  ),
];
