import assert from 'node:assert/strict';
import type { Cluster } from '../../src/cluster/model.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

/** A cluster with every step of the catalogue that has a script, and custom steps with and without a check. */
export const allSteps = `cluster: test lab
openstack: { release: stein, components: [keystone, glance, placement, nova, neutron, horizon, cinder, swift, heat, mistral, ceilometer, gnocchi, aodh, panko, trove, sahara, ironic, zaqar, manila, designate, barbican, magnum, octavia] }
ssh: { identity: ~/.ssh/id_ed25519, between-nodes: true }
sshd: { PermitRootLogin: prohibit-password, PasswordAuthentication: "no", Port: 2222 }
repositories: { epel: disabled }
proxy: { http: "http://proxy.example.com:3128", no-proxy: [.example.com] }
system: { locale: en_US.UTF-8, hosts-file: managed, timezone: Asia/Seoul, selinux: permissive, firewalld: enabled, network-manager: disabled }
kernel: { sysctl: { net.ipv4.ip_forward: 1 }, modules: [br_netfilter], limits: [{ domain: "*", item: nofile, value: 65536 }] }
users: { deploy: { groups: [wheel], keys: [~/.ssh/id_ed25519], sudo: nopasswd, shell: /bin/bash }, root: { password: { secret: root } } }
networks: { management: { cidr: 192.168.113.0/24, interface: eth0 }, provider: { interface: eth1 }, storage: { interface: eth2 } }
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller], disks: { cinder-volumes: [/dev/sdb], swift: [/dev/sdc] } }
  openstack2: { address: 192.168.113.172, roles: [compute] }
services:
  mariadb: { bind-address: management }
  chrony: { servers: [0.pool.ntp.org], allow: 192.168.113.0/24 }
  rabbitmq: { user: openstack, password: { secret: rabbitmq } }
  memcached: {}
  etcd: {}
packstack: { CONFIG_KEYSTONE_ADMIN_PW: { secret: admin }, CONFIG_HEAT_INSTALL: "y" }
steps:
  - ssh-keys
  - users
  - hostname
  - hosts-file
  - proxy
  - network-interfaces
  - firewalld
  - network-manager
  - network-service
  - selinux
  - timezone
  - kernel
  - repositories
  - upgrade
  - openstack-client
  - openstack-selinux
  - locale
  - shell-profile
  - chrony
  - mariadb
  - rabbitmq
  - memcached
  - etcd
  - keystone
  - glance
  - placement
  - nova
  - neutron
  - horizon
  - cinder
  - swift
  - heat
  - mistral
  - ceilometer
  - gnocchi
  - aodh
  - panko
  - trove
  - sahara
  - ironic
  - zaqar
  - manila
  - designate
  - barbican
  - magnum
  - octavia
  - disks
  - packstack
  - sshd
  - { name: with-check, check: "test -f /etc/house", run: "touch '/etc/house'" }
  - { name: without-check, run: "echo \\"it's $HOME\\"\\nfalse" }
`;

/** Decodes a text that must have no errors. */
export function clusterOf(text: string): Cluster {
  const { cluster, problems } = decodeCluster(text);
  assert.deepEqual(
    problems.filter((problem) => problem.severity === 'error'),
    [],
  );
  assert.ok(cluster);
  return cluster;
}
