import type { WorldCase } from '../case.ts';

const never = ['may go on', 'may still be running', 'Read the log', 'cancelled'];
/** The login is refused: another node goes on, alone it is exit code 3. */
function refused(...says: (string | RegExp)[]): WorldCase['expect'] {
  return { code: 1, says, never, logins: 2, connections: 3 };
}
const works = { code: 0, says: ['+ 2 nodes - 2 done'], logins: 1 } as const;
const forced = (command: string) =>
  `printf 'command="%s" %s\\n' '${command}' "$(cat /srv/keys/client.pub)" >/root/.ssh/authorized_keys`;
const shell = (path: string) => `sed -i "s|^root:.*|root:x:0:0:root:/root:${path}|" /etc/passwd`;

export const accountCases: readonly WorldCase[] = [
  {
    name: 'The root of a cloud image is refused with the sentence of the image and the user to set.',
    setup: `cat >/root/.ssh/authorized_keys <<KEYS
command="echo 'Please login as the user \\"centos\\" rather than the user \\"root\\".';echo;sleep 10;exit 142" $(head -1 /srv/keys/client.pub)
KEYS`,
    expect: refused(
      'Please login as the user "centos" rather than the user "root".',
      'Set `user: centos` and `become: sudo`',
    ),
  },
  {
    name: 'A forced command that ends is named.',
    setup: forced('echo backup only'),
    expect: refused('runs no commands for root', 'backup only', 'command='),
  },
  {
    name: 'A forced command that fails is named.',
    setup: forced('false'),
    expect: refused('runs no commands for root: the login ended with exit code 1'),
  },
  {
    name: 'A forced menu is named.',
    setup: forced('while echo Menu:; do read x || sleep 99; done'),
    isLong: true,
    expect: { ...refused('Menu:'), withinS: 190 },
  },
  {
    name: 'An account for file transfers only is named.',
    sshd: ['ForceCommand internal-sftp'],
    expect: { ...refused('sick'), withinS: 190 },
    isLong: true,
  },
  {
    name: 'An account with nologin is refused in the words of nologin.',
    setup: shell('/usr/sbin/nologin'),
    expect: refused('This account is currently not available.'),
  },
  {
    name: 'An account with the shell false is named.',
    setup: shell('/bin/false'),
    expect: refused('runs no commands for root: the login ended with exit code 1'),
  },
  {
    name: 'An account with a missing shell is refused.',
    setup: shell('/bin/nosuch'),
    expect: refused('login of root failed', 'not accepted'),
  },
  {
    name: 'A home that others can write to is named as a possible cause.',
    setup: 'chmod 0777 /root',
    expect: refused('login of root failed', 'id_ed25519', 'not accepted', 'StrictModes'),
  },
  {
    name: 'A key that is not authorized is an authentication failure.',
    setup: 'rm /root/.ssh/authorized_keys',
    expect: refused('login of root failed', 'id_ed25519: not accepted', 'authorized_keys'),
  },
  {
    name: 'A key for other addresses only is an authentication failure.',
    setup: `sed -i 's/^/from="192.0.2.1" /' /root/.ssh/authorized_keys`,
    expect: refused('login of root failed', 'not accepted'),
  },
  {
    name: 'A key after its expiry time is an authentication failure.',
    setup: `sed -i 's/^/expiry-time="20200101" /' /root/.ssh/authorized_keys`,
    expect: refused('login of root failed', 'not accepted'),
  },
  {
    name: 'A restricted key without a terminal works.',
    setup: `sed -i 's/^/restrict /' /root/.ssh/authorized_keys`,
    expect: works,
  },
  {
    name: 'A login of root that sshd forbids is an authentication failure.',
    sshd: ['PermitRootLogin no'],
    expect: refused('login of root failed', 'PermitRootLogin'),
  },
  {
    name: 'A login that AllowUsers leaves out is an authentication failure.',
    sshd: ['AllowUsers deploy'],
    expect: refused('login of root failed'),
  },
  {
    name: 'A login that DenyUsers names is an authentication failure.',
    sshd: ['DenyUsers root'],
    expect: refused('login of root failed'),
  },
  {
    name: 'An account that has expired is refused in the words of PAM.',
    setup: `sed -i 's/^root:\\(.*\\):::$/root:\\1::1:/' /etc/shadow`,
    expect: refused('expired'),
  },
  {
    name: 'An expired password is named.',
    setup: `sed -i 's/^root:\\([^:]*\\):.*/root:\\1:0:0:99999:7:::/' /etc/shadow`,
    expect: refused('password', 'sick'),
  },
  {
    name: 'A locked password does not matter to a key.',
    setup: `sed -i 's/^root:/root:!/' /etc/shadow`,
    expect: works,
  },
  {
    name: 'A locked account without PAM is an authentication failure.',
    setup: `sed -i 's/^root:/root:!/' /etc/shadow`,
    sshd: ['UsePAM no'],
    expect: refused('login of root failed'),
  },
  {
    name: 'A node that is about to go down is quoted.',
    setup: `echo 'System is going down. Unprivileged users are not permitted to log in anymore.' >/etc/nologin`,
    login: 'user: deploy, become: sudo',
    expect: refused('System is going down.'),
  },
  {
    name: 'A refusal of pam_access is an authentication failure.',
    setup: `echo '-:ALL:ALL' >/etc/security/access.conf; sed -i '2i account required pam_access.so' /etc/pam.d/sshd`,
    expect: refused('sick'),
  },
  {
    name: 'A limit on logins is quoted.',
    login: 'user: deploy, become: sudo',
    setup: `echo 'deploy - maxlogins 0' >/etc/security/limits.d/x.conf; echo 'session required pam_limits.so' >>/etc/pam.d/sshd`,
    expect: { code: 1, says: ['sick'], never: ['may go on'], logins: 14, withinS: 280 },
    isLong: true,
    once: 'it takes minutes',
  },
  {
    name: 'A session that PAM refuses ends with a sentence.',
    setup: `echo 'session required pam_deny.so' >>/etc/pam.d/sshd`,
    expect: { code: 1, says: ['sick'], never: ['may go on'], logins: 14, withinS: 280 },
    isLong: true,
    once: 'it takes minutes',
  },
  {
    name: 'A message of the day and words of PAM do no harm.',
    setup: `printf 'session optional pam_echo.so welcome\\nsession optional pam_motd.so\\n' >>/etc/pam.d/sshd; yes motd | head -500 >/etc/motd`,
    expect: works,
  },
  {
    name: 'A home that is not there does no harm.',
    setup:
      'cp /root/.ssh/authorized_keys /etc/keys; chmod 644 /etc/keys; sed -i "s|^root:.*|root:x:0:0:root:/nowhere:/bin/bash|" /etc/passwd',
    sshd: ['AuthorizedKeysFile /etc/keys'],
    expect: works,
  },
  {
    name: 'A long banner does no harm.',
    setup: 'yes "Authorized use only." | head -1400 >/etc/banner',
    sshd: ['Banner /etc/banner'],
    expect: { ...works, never: ['Authorized use only'] },
  },
  {
    name: 'A banner longer than a packet of the protocol is named.',
    setup: 'yes "Authorized use only." | head -2000 >/etc/banner',
    sshd: ['Banner /etc/banner'],
    expect: refused('sent an SSH packet that is too long', 'Banner'),
  },
  {
    name: 'A banner is quoted when a login is refused, safe for a terminal.',
    setup: `printf 'Maintenance until 18:00\\033]0;x\\007\\n' >/etc/banner`,
    sshd: ['Banner /etc/banner', 'DenyUsers root'],
    expect: {
      ...refused('login of root failed', 'Maintenance until 18:00'),
      never: [...never, '\u001b', '\u0007'],
    },
  },
  {
    name: 'A password without a terminal is an authentication failure that says what is offered.',
    setup: 'rm /root/.ssh/authorized_keys',
    sshd: ['PasswordAuthentication yes'],
    expect: refused('login of root failed', 'password'),
  },
  {
    name: 'A second factor without a terminal is an authentication failure.',
    sshd: ['KbdInteractiveAuthentication yes', 'AuthenticationMethods publickey,keyboard-interactive'],
    expect: refused('login of root failed', 'another method is required'),
  },
  {
    name: 'A key and a password without a terminal are an authentication failure.',
    sshd: ['PasswordAuthentication yes', 'AuthenticationMethods publickey,password'],
    expect: refused('login of root failed', 'another method is required'),
  },
  {
    name: 'A second factor at a terminal works.',
    sshd: ['KbdInteractiveAuthentication yes', 'AuthenticationMethods publickey,keyboard-interactive'],
    answers: [[/Password: ?/, 'right horse\n']],
    expect: { code: 0, says: ['2 done'], logins: 1 },
  },
  {
    name: 'A password at a terminal works after a wrong one.',
    setup: 'rm /root/.ssh/authorized_keys',
    sshd: ['PasswordAuthentication yes'],
    answers: [
      [/Password for root/, 'wrong\n'],
      [/Password for root/, 'right horse\n'],
    ],
    expect: { code: 0, says: ['2 done'], logins: 1 },
  },
  {
    name: 'Kerberos alone is named.',
    setup: 'rm /root/.ssh/authorized_keys',
    sshd: ['PubkeyAuthentication no', 'GSSAPIAuthentication yes'],
    expect: refused('login of root failed', 'gssapi'),
  },
];
