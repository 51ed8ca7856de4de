import type { WorldCase } from '../case.ts';
import { works } from '../expect.ts';

const slow = (name: string, says: string, more: Partial<WorldCase>): WorldCase => ({
  name,
  // The second run waits as well.
  expect: { ...works, says: [...works.says, says], withinS: 230 },
  isLong: true,
  ...more,
});
const login = 'user: root, jump: root@10.9.0.4';
const pause = (module: string, place: string, seconds = 8) =>
  `sed -i '1i ${module} optional pam_exec.so /bin/sleep ${seconds}' /etc/pam.d/${place}`;
const asks = `sed -i 's/^deploy.*/deploy ALL=(ALL:ALL) ALL/' /etc/sudoers`;
const config = (...lines: readonly string[]) =>
  `printf '%s\\n' 'Host 10.9.0.2' ${lines.map((line) => `'${line}'`).join(' ')} >.ssh/config`;

/** While a login or sudo takes long, the phase is named. */
export const waitCases: readonly WorldCase[] = [
  slow('A session that PAM opens slowly is named while it is waited for.', 'open a session of root (PAM', {
    setup: `echo 'session optional pam_exec.so /bin/sleep 25' >>/etc/pam.d/sshd`,
  }),
  slow(
    'An account check that takes long is named while it is waited for.',
    'sick | waiting for 10.9.0.2:22 to answer the login of root (PAM, directory service)',
    { setup: pause('account', 'sshd', 25) },
  ),
  slow(
    'Start files that take long are named while they are waited for.',
    'waiting for the start files of root',
    {
      setup: `echo 'sleep 6' >/root/.bashrc`,
    },
  ),
  slow('sudo that takes long is named while it is waited for.', 'waiting for sudo', {
    login: 'user: deploy, become: sudo',
    setup: `${asks}; ${pause('auth', 'sudo')}`,
    env: { STACKPREP_SUDO_PASSWORD: 'right horse' },
  }),
  slow('A jump host that takes long is named while it is waited for.', 'waiting for 10.9.0.4:22 to answer', {
    login,
    more: { jump: { address: '10.9.0.4', setup: pause('account', 'sshd') } },
  }),
  slow(
    'An ssh config that takes long is named while it is waited for.',
    'waiting for ssh to read the ssh config',
    {
      client: `printf '%s\\n' 'Match exec "sleep 5"' 'User root' >.ssh/config`,
    },
  ),
  slow(
    'A ProxyCommand that takes long is named while it is waited for.',
    'waiting for the ProxyCommand to connect',
    {
      more: { jump: { address: '10.9.0.4' } },
      client: config('ProxyCommand sh -c "sleep 6; exec ssh -W %h:%p root@10.9.0.4"'),
    },
  ),
  slow(
    'A host key command that takes long is named while it is waited for.',
    'waiting for the key exchange with',
    {
      client: `${config('KnownHostsCommand /root/keys.sh')}; printf '#!/bin/sh\\nsleep 6\\n' >keys.sh; chmod 755 keys.sh`,
    },
  ),
  slow('The phase is named in Korean.', '10.9.0.2:22에서 root 사용자의 로그인 응답을 기다리는 중', {
    setup: pause('account', 'sshd'),
    env: { LC_ALL: 'ko_KR.UTF-8' },
    expect: { ...works, says: ['10.9.0.2:22에서 root 사용자의 로그인 응답을 기다리는 중'], withinS: 230 },
  }),
  slow('The phase is an event of --json.', '', {
    setup: pause('account', 'sshd'),
    argv: ['run', '--yes', '--json', '/root/worlds.cluster.yaml'],
    expect: {
      ...works,
      says: [
        /"type":"node-waiting","node":"sick","reason":\{"code":"wait-login","args":\["10.9.0.2:22","root"\]\}/,
      ],
      withinS: 230,
    },
  }),
];
