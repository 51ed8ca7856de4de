import type { WorldCase } from '../case.ts';
import { never, refused, works } from '../expect.ts';

const login = 'user: deploy, become: sudo';
/** sudo asks for a password; with more lines of sudoers. */
const asks = (...lines: readonly string[]) =>
  `sed -i 's/^deploy.*/deploy ALL=(ALL:ALL) ALL/' /etc/sudoers
cat >>/etc/sudoers <<'SUDOERS'
${lines.join('\n')}
SUDOERS`;
const adds = (...lines: readonly string[]) => `cat >>/etc/sudoers <<'SUDOERS'\n${lines.join('\n')}\nSUDOERS`;
const password = { STACKPREP_SUDO_PASSWORD: 'right horse' };
const wrong = { STACKPREP_SUDO_PASSWORD: 'wrong horse' };
const pam = (line: string) => `sed -i '1i ${line}' /etc/pam.d/sudo`;

/** One case: sudo is set up so, and works or says why not. */
function sudo(
  name: string,
  setup: string,
  expect: WorldCase['expect'],
  more: Partial<WorldCase> = {},
): WorldCase {
  // The node was logged in to, so it failed: exit code 1 also if it is alone.
  return { name, setup, login, expect, ...(expect.code === 1 && { second: { code: 1 } }), ...more };
}

export const sudoCases: readonly WorldCase[] = [
  sudo('sudo without a password works.', ':', works),
  sudo('sudo with a password from the environment works.', asks(), works, { env: password }),
  sudo(
    'sudo with a password at a terminal works.',
    asks(),
    { ...works, says: ['2 done'] },
    { answers: [[/sudo password for deploy on sick/, 'right horse\n']] },
  ),
  sudo(
    'sudo with a password and no terminal is a failure of sudo.',
    asks(),
    refused('sudo needs the password of deploy'),
  ),
  sudo(
    'A wrong password is tried once and counted once by faillock.',
    `${asks()}
cat >/etc/pam.d/sudo <<'PAM'
auth required pam_faillock.so preauth deny=3 unlock_time=600 dir=/opt/faillock
auth [success=1 default=bad] pam_unix.so
auth [default=die] pam_faillock.so authfail deny=3 unlock_time=600 dir=/opt/faillock
auth sufficient pam_faillock.so authsucc deny=3 unlock_time=600 dir=/opt/faillock
account required pam_unix.so
PAM
mkdir /opt/faillock`,
    refused('sudo rejected the password of deploy'),
    {
      env: wrong,
      after: 'test "$(faillock --dir "$WORLD/sick/log/faillock" --user deploy | grep -c RHOST)" -le 2',
    },
  ),
  sudo(
    'sudo without setuid is told in its own words.',
    'chmod 0755 /usr/bin/sudo',
    refused('sudo failed before the command started', 'must be owned by uid 0 and have the setuid bit set'),
  ),
  sudo('A missing sudo is named.', 'rm /usr/bin/sudo', refused('sudo is not installed')),
  sudo(
    'A sudo outside of PATH is named.',
    'mv /usr/bin/sudo /usr/local/sbin/; echo PATH=/usr/bin:/bin >/home/deploy/.bashrc',
    refused('sudo is at /usr/local/sbin/sudo, which is not in PATH of deploy'),
  ),
  sudo('requiretty works with a terminal.', adds('Defaults requiretty'), works),
  sudo('requiretty with a password works.', asks('Defaults requiretty'), works, { env: password }),
  sudo(
    'requiretty without a terminal is named.',
    adds('Defaults requiretty'),
    refused('sudo wants a terminal (requiretty)'),
    { sshd: ['PermitTTY no'] },
  ),
  sudo('use_pty works.', adds('Defaults use_pty'), works),
  sudo('use_pty with a password works.', asks('Defaults use_pty'), works, { env: password }),
  sudo('Recorded sessions work.', adds('Defaults log_output, log_input, use_pty'), works),
  sudo('noexec is named.', adds('Defaults noexec'), refused('noexec')),
  sudo(
    'targetpw is named, or works with the password of root.',
    asks('Defaults targetpw'),
    refused('it asks for that of root', 'targetpw'),
    { env: wrong },
  ),
  sudo('targetpw asks for the password of the target.', asks('Defaults targetpw'), works, { env: password }),
  sudo('rootpw asks for the password of root.', asks('Defaults rootpw'), works, { env: password }),
  sudo(
    'rootpw with a wrong password names whose password it wants.',
    asks('Defaults rootpw'),
    refused('it asks for that of root', 'rootpw'),
    { env: wrong },
  ),
  sudo('runaspw asks for the password of root.', asks('Defaults runaspw'), works, { env: password }),
  sudo(
    'A password for other commands than a few is asked for.',
    adds('deploy ALL=(ALL:ALL) ALL', 'deploy ALL=(ALL:ALL) NOPASSWD: /usr/bin/true'),
    works,
    { env: password },
  ),
  sudo(
    'A few commands alone are not enough.',
    `sed -i 's|^deploy.*|deploy ALL=(ALL:ALL) NOPASSWD: /usr/bin/true, /usr/bin/dnf|' /etc/sudoers`,
    refused('sudo needs the password of deploy', 'NOPASSWD: ALL'),
  ),
  sudo(
    'A user outside of sudoers is named.',
    `sed -i '/^deploy/d' /etc/sudoers`,
    refused('sudo needs the password of deploy'),
  ),
  sudo(
    'A user outside of sudoers with a password is named.',
    `sed -i '/^deploy/d' /etc/sudoers`,
    refused('deploy may not use sudo'),
    { env: password },
  ),
  sudo('A line of sudoers that sudo passes over does no harm.', adds('this is no line of sudoers'), works),
  sudo(
    'A sudoers file that others can write to is told.',
    'chmod 0666 /etc/sudoers',
    refused('sick', 'world writable'),
  ),
  sudo('A lecture does no harm.', asks('Defaults lecture=always'), works, { env: password }),
  sudo('Insults are no answer.', asks('Defaults insults'), refused('sudo rejected the password of deploy'), {
    env: wrong,
  }),
  sudo(
    'Another prompt and other words for a wrong password are understood.',
    asks(
      'Defaults passprompt="Enter the token: "',
      'Defaults passprompt_override',
      'Defaults badpass_message="No."',
    ),
    refused('sudo'),
    { env: wrong },
  ),
  sudo(
    'A second factor that sudo asks for is named.',
    `${asks()}
printf 'JBSWY3DPEHPK3PXP\\n" TOTP_AUTH\\n12345678\\n' >/home/deploy/.google_authenticator
chmod 400 /home/deploy/.google_authenticator; chown 2000 /home/deploy/.google_authenticator
echo 'auth required pam_google_authenticator.so' >>/etc/pam.d/sudo`,
    { ...refused('after the password of deploy, sudo asks for something else'), withinS: 190 },
    { env: password, isLong: true },
  ),
  sudo(
    'An expired password under sudo is named.',
    `${asks()}
sed -i 's/^deploy:\\([^:]*\\):.*/deploy:\\1:0:0:99999:7:::/' /etc/shadow; sed -i '/account.*pam_unix/d' /etc/pam.d/sshd`,
    { ...refused('sick (10.9.0.2:22): sudo started no command within 60 seconds'), withinS: 190 },
    { env: password, isLong: true, sshd: ['UsePAM no'] },
  ),
  sudo(
    'An expired account under sudo is told.',
    `sed -i 's/^deploy:\\(.*\\):::$/deploy:\\1::1:/' /etc/shadow; sed -i '/account.*pam_unix/d' /etc/pam.d/sshd`,
    refused('sick', 'journalctl -u sshd'),
    { second: { code: 3 } },
  ),
  sudo(
    'sudo that works for 40 seconds works.',
    pam('auth optional pam_exec.so /bin/sleep 40') + `; ${asks()}`,
    { ...works, says: [...works.says, 'waiting for sudo'], withinS: 230 },
    { env: password, isLong: true },
  ),
  sudo(
    'sudo that never answers is named.',
    `mv /usr/bin/sudo /usr/bin/sudo.real; printf '#!/bin/sh\\nexec sleep 1000\\n' >/usr/bin/sudo; chmod 755 /usr/bin/sudo`,
    { ...refused('sudo did not answer within 60 seconds'), withinS: 190 },
    { isLong: true },
  ),
  sudo('A host name that cannot be resolved does no harm.', 'hostname nosuch.invalid', works),
  sudo(
    'A start file that prints before sudo does no harm.',
    `echo 'echo hello; echo hello >&2' >/home/deploy/.bashrc; ${asks()}`,
    works,
    { env: password },
  ),
  sudo('One session at a time is enough.', asks(), works, { env: password, sshd: ['MaxSessions 1'] }),
  sudo(
    'doas instead of sudo is named.',
    `rm /usr/bin/sudo; echo 'permit nopass deploy' >/etc/doas.conf`,
    refused('doas'),
  ),
  sudo(
    'A root whose shell is nologin does no harm.',
    `sed -i 's|^root:.*|root:x:0:0:root:/root:/usr/sbin/nologin|' /etc/passwd; sed -i 's|^deploy|deploy|' /etc/passwd`,
    works,
  ),
  sudo(
    'A umask of sudo and a closed environment do no harm.',
    adds('Defaults umask=0777', 'Defaults !env_reset'),
    { ...works, never },
  ),
  sudo('A limit on the processes of root does no harm.', adds('Defaults closefrom_override'), works),
  sudo(
    'sudo in another language is understood.',
    asks('Defaults env_keep += "LANG LC_ALL"'),
    refused('deploy 사용자의 sudo 암호가 맞지 않습니다.'),
    { env: { ...wrong, LC_ALL: 'ko_KR.UTF-8' } },
  ),
];
