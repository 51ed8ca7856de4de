import type { WorldCase } from '../case.ts';
import { refused, works } from '../expect.ts';

const login = 'user: root, jump: root@10.9.0.4';
const jump = (setup?: string, sshd: readonly string[] = []) => ({
  jump: { address: '10.9.0.4', sshd, ...(setup && { setup }) },
});
const said = (...says: (string | RegExp)[]) => ({ ...refused(...says), logins: 0 });

export const jumpCases: readonly WorldCase[] = [
  { name: 'A jump host works.', login, more: jump(), expect: works },
  {
    name: 'A jump host that forbids forwarding is named with its node.',
    login,
    more: jump(undefined, ['AllowTcpForwarding no']),
    expect: said('sick', '10.9.0.4', 'forbids forwarding', 'AllowTcpForwarding yes'),
  },
  {
    name: 'A jump host that permits other places only is named with its node.',
    login,
    more: jump(undefined, ['PermitOpen 10.9.0.9:22']),
    expect: said('sick', '10.9.0.4', 'forbids forwarding'),
  },
  {
    name: 'A jump host that disables all forwarding is named with its node.',
    login,
    more: jump(undefined, ['DisableForwarding yes']),
    expect: said('sick', '10.9.0.4', 'forbids forwarding'),
  },
  {
    name: 'A jump host that cannot reach the node is named with it.',
    login: 'user: root, port: 2299, jump: root@10.9.0.4',
    more: jump(),
    expect: said('10.9.0.4', "can't connect to 10.9.0.2:2299"),
  },
  {
    name: 'A jump host that cannot resolve the node is named with it.',
    login: 'user: root, host: nosuch.invalid, jump: root@10.9.0.4',
    more: jump(),
    expect: said('sick', '10.9.0.4', "can't connect to nosuch.invalid:22"),
  },
  {
    name: 'A jump host that refuses the login is named with its node.',
    login,
    more: jump('rm /root/.ssh/authorized_keys'),
    expect: said('sick', 'root@10.9.0.4', 'login of root failed'),
  },
  {
    name: 'A jump host that is not there is named with its node.',
    login: 'user: root, jump: root@10.9.0.4:2299',
    more: {},
    expect: said('sick', '10.9.0.4:2299', 'refuses SSH connections'),
  },
  {
    name: 'A jump host with an unknown key is named with its node.',
    login,
    more: jump(),
    client: `sed -i '/^10.9.0.4/d' .ssh/known_hosts`,
    expect: said('sick', '10.9.0.4', 'host key was not accepted'),
  },
  {
    name: 'A jump host with a nologin shell works, since nothing is run there.',
    login,
    more: jump('sed -i "s|^root:.*|root:x:0:0:root:/root:/usr/sbin/nologin|" /etc/passwd'),
    expect: works,
  },
  {
    name: 'A chain of two jump hosts works.',
    login: 'user: root, jump: "root@10.9.0.4,root@10.9.0.5"',
    more: { ...jump(), second: { address: '10.9.0.5' } },
    expect: works,
  },
  {
    name: 'The jump host of the ssh config counts.',
    login: 'user: root',
    more: jump(),
    client: `printf 'Host 10.9.0.2\\nProxyJump root@10.9.0.4\\n' >.ssh/config`,
    expect: works,
  },
  {
    name: 'A jump host that needs a password is named without a terminal.',
    login,
    more: jump('rm /root/.ssh/authorized_keys', ['PasswordAuthentication yes']),
    expect: said('sick', 'root@10.9.0.4', 'login of root failed', 'password'),
  },
];
