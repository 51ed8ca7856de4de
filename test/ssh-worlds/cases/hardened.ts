import type { WorldCase } from '../case.ts';
import { refused, works } from '../expect.ts';

const deploy = 'user: deploy, become: sudo';
const password = { STACKPREP_SUDO_PASSWORD: 'right horse' };
const asks = (...lines: readonly string[]) =>
  `sed -i 's/^deploy.*/deploy ALL=(ALL:ALL) ALL/' /etc/sudoers
printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} '' >>/etc/sudoers`;
/** sudo with these lines of sudoers asks for the password, and works. */
const sudoWith = (name: string, lines: readonly string[], more: Partial<WorldCase> = {}): WorldCase => ({
  ...{ name, login: deploy, setup: asks(...lines), env: password, expect: works },
  ...more,
});
const shell = (path: string) => `sed -i "s|^root:.*|root:x:0:0:root:/root:${path}|" /etc/passwd`;
const bashrc = (text: string) => `cat >/root/.bashrc <<'START'\n${text}\nSTART`;
const agent = `ssh-agent -a /root/agent.sock >/dev/null; SSH_AUTH_SOCK=/root/agent.sock ssh-add -q .ssh/id_ed25519`;

/** Situations that a login meets on hardened, full and shared nodes. */
export const hardenedCases: readonly WorldCase[] = [
  {
    name: 'A key file that others can read is passed over as ssh does, and named.',
    client: 'chmod 644 .ssh/id_ed25519',
    expect: {
      // Both nodes have this key.
      ...refused('login of root failed', '.ssh/id_ed25519: its permissions 0644 are too open', 'chmod 600'),
      code: 3,
    },
  },
  {
    name: 'A key file that others can read does no harm if the agent has the key.',
    client: `${agent}; chmod 640 .ssh/id_ed25519`,
    env: { SSH_AUTH_SOCK: '/root/agent.sock' },
    expect: works,
  },
  {
    name: 'A key and a password that are both required work at a terminal.',
    sshd: ['PasswordAuthentication yes', 'AuthenticationMethods publickey,password'],
    answers: [[/Password for root/, 'right horse\n']],
    expect: { ...works, says: ['2 done'] },
  },
  {
    name: 'A shell for repositories only is quoted.',
    setup: shell('/usr/bin/git-shell'),
    expect: refused('runs no commands for root', 'fatal: unrecognized command'),
  },
  {
    name: 'A start file that tries tmux and goes on without it works.',
    setup: bashrc('[ -n "$TMUX" ] || tmux attach || tmux new'),
    expect: works,
  },
  {
    name: 'A start file that starts tmux in the background works.',
    setup: bashrc('tmux new -d 2>/dev/null'),
    expect: works,
  },
  {
    name: 'A home that its user cannot write to does no harm.',
    login: deploy,
    setup:
      'chown -R root /home/deploy; chmod 755 /home/deploy /home/deploy/.ssh; chmod 644 /home/deploy/.ssh/*',
    expect: works,
  },
  {
    name: 'Full file systems for homes and temporary files do no harm.',
    login: deploy,
    setup: `for f in /tmp /var/tmp; do mount -t tmpfs -o size=4k,mode=1777 tmpfs $f; head -c 8192 /dev/zero >$f/full || :; done
mount -o remount,size=64k /home; head -c 999999 /dev/zero >/home/full || :`,
    expect: works,
  },
  {
    name: 'Few open files do no harm.',
    setup: bashrc('ulimit -n 24'),
    expect: works,
  },
  {
    name: 'A full sshd of OpenSSH is named.',
    sshd: ['MaxStartups 1'],
    beside: `exec python3 -c "import socket,time;s=socket.create_connection(('10.9.0.2',22));s.recv(9);print('ready',flush=True);time.sleep(9999)"`,
    expect: refused('closed the connection during the SSH handshake', 'MaxStartups'),
  },
  {
    name: 'A session of PAM that prints about SELinux does no harm.',
    setup: `printf '#!/bin/sh\\necho Unable to get valid context for root\\necho Last failed login: today\\n' >/usr/bin/say; chmod 755 /usr/bin/say; echo 'session optional pam_exec.so stdout /usr/bin/say' >>/etc/pam.d/sshd`,
    expect: works,
  },
  sudoWith('sudo that hides no password without a terminal works.', ['Defaults !visiblepw']),
  sudoWith('sudo that shows a star for each letter works.', ['Defaults pwfeedback']),
  sudoWith('sudo with a terminal and stars works.', ['Defaults requiretty, pwfeedback']),
  sudoWith('sudo that gives three seconds for the password works.', ['Defaults passwd_timeout=0.05']),
  sudoWith('sudo that allows one try works.', ['Defaults passwd_tries=1']),
  sudoWith(
    'sudo with a long lecture in another language works.',
    ['Defaults lecture=always, lecture_file=/etc/lecture', 'Defaults passprompt="[sudo] %p의 암호: "'],
    {
      setup: `${asks('Defaults lecture=always, lecture_file=/etc/lecture', 'Defaults passprompt="%p의 암호: ", passprompt_override')}
yes '관리자만 사용할 수 있습니다.' | head -300 >/etc/lecture`,
    },
  ),
  sudoWith('sudo that mails and logs every command works.', [
    'Defaults mail_always, mailerpath=/nosuch, log_host, log_year, fqdn',
  ]),
  sudoWith('sudo that asks again in each session works.', [
    'Defaults timestamp_type=tty, timestamp_timeout=-1',
  ]),
  {
    name: 'A password that expires soon, and words about it, do no harm.',
    login: deploy,
    setup: `${asks()}; sed -i "s/^deploy:\\([^:]*\\):.*/deploy:\\1:$(($(date +%s) / 86400 - 25)):0:30:7:::/" /etc/shadow`,
    env: password,
    expect: works,
  },
  {
    name: 'A password that has expired does no harm to a sudo that asks for none.',
    login: deploy,
    sshd: ['UsePAM no'],
    setup: `sed -i "s/^deploy:\\([^:]*\\):.*/deploy:\\1:0:0:99999:7:::/" /etc/shadow`,
    expect: works,
  },
  {
    name: 'An account that has expired for sudo alone is named.',
    login: deploy,
    setup: `sed -i 's/^account.*pam_unix.*/account required pam_permit.so/' /etc/pam.d/sshd; sed -i 's/^deploy:\\(.*\\):::$/deploy:\\1::1:/' /etc/shadow`,
    expect: refused('sudo refuses the account of deploy', 'Account expired'),
    second: { code: 1 },
  },
  {
    name: 'A refusal of sudo by the account rules of a directory is quoted.',
    login: deploy,
    setup: `sed -i 's/^account.*/account required pam_deny.so/' /etc/pam.d/sudo`,
    expect: refused('sudo refuses the account of deploy', 'account validation failure'),
    second: { code: 1 },
  },
  {
    ...sudoWith('An account that faillock has locked is named.', []),
    setup: `${asks()}
cat >/etc/pam.d/sudo <<'PAM'
auth requisite pam_faillock.so preauth deny=3 unlock_time=600 dir=/opt/faillock
auth [success=1 default=bad] pam_unix.so
auth [default=die] pam_faillock.so authfail deny=3 unlock_time=600 dir=/opt/faillock
account required pam_unix.so
PAM
mkdir /opt/faillock; for i in 1 2 3 4; do echo wrong | su deploy -c 'sudo -k -S true' || :; done`,
    expect: refused('sudo refuses deploy without asking for the password', 'faillock --user deploy'),
    second: { code: 1 },
  },
];
