import assert from 'node:assert/strict';
import { hostsOf } from '../../../src/remote/ssh-config/hosts.ts';

describe('The hosts of an ssh config', () => {
  it('are those without patterns, each with what its section says about it', () => {
    const hosts = hostsOf(`
Host openstack1 controller
  HostName 192.168.113.171
  user admin
Host=openstack2
  HostName %h.example.com
  Port 2222
Host "db 1" *.example.com !bad -bad
  User nobody
Host *
  User root
  Port 22
`);
    assert.deepEqual(hosts, [
      { alias: 'openstack1', hostName: '192.168.113.171', user: 'admin' },
      { alias: 'controller', hostName: '192.168.113.171', user: 'admin' },
      { alias: 'openstack2', hostName: 'openstack2.example.com', port: 2222 },
    ]);
  });

  it('are none for a text that is not a configuration, and at most 500', () => {
    assert.deepEqual(hostsOf(''), []);
    assert.deepEqual(hostsOf('Host *\n'), []);
    const many = Array.from({ length: 2_000 }, (_, index) => `Host node${index}\n`).join('');
    assert.equal(hostsOf(many).length, 500);
  });
});
