import assert from 'node:assert/strict';
import type { Proof } from './proof.ts';
import { baseProofs } from './proofs-base.ts';

export const proofs: readonly Proof[] = [
  ...baseProofs,
  {
    step: 'hosts-file',
    seen: async (look) => {
      assert.match(await look('getent hosts openstack4'), /^198\.18\.88\.174\s+openstack4$/m);
      assert.equal((await look('grep -c "^# BEGIN stackprep" /etc/hosts')).trim(), '1');
      assert.match(await look('getent ahostsv4 localhost'), /^127\.0\.0\.1/);
    },
    spoil: () => "sed -i '/openstack3/d' /etc/hosts",
    undone: async (look) => {
      const hosts = await look('cat /etc/hosts');
      assert.doesNotMatch(hosts, /stackprep|openstack4/);
      assert.match(hosts, /localhost/);
    },
    spoiled: 'drifted',
  },
  {
    step: 'repositories',
    seen: async (look, { release }) => {
      assert.match(await look(`rpm -q centos-release-openstack-${release}`), /^centos-release-openstack/);
      assert.match(await look('yum -q repolist enabled'), new RegExp(`centos-openstack-${release}`));
      assert.doesNotMatch(await look('yum -q repolist enabled'), /^epel/m);
    },
    spoil: ({ release }) => `rpm -e --nodeps centos-release-openstack-${release}`,
    spoiled: 'drifted',
  },
  {
    step: 'upgrade',
    seen: async (look) => {
      await look('yum -q check-update');
    },
    spoil: () => 'yum -y downgrade tzdata',
    spoiled: 'needed',
  },
  {
    step: 'openstack-client',
    seen: async (look) => {
      assert.match(await look('rpm -qa "python*-openstackclient"'), /openstackclient/);
    },
    spoil: () => 'rpm -e --nodeps $(rpm -qa "python*-openstackclient")',
    spoiled: 'drifted',
  },
  {
    step: 'openstack-selinux',
    seen: async (look) => {
      assert.match(await look('rpm -q openstack-selinux container-selinux'), /container-selinux/);
    },
    spoil: () => 'rpm -e --nodeps openstack-selinux',
    spoiled: 'drifted',
  },
  {
    step: 'locale',
    seen: async (look) => {
      assert.match(await look('cat /etc/locale.conf'), /^LANG=en_US\.UTF-8$/m);
      assert.match(await look('cat /etc/environment'), /^LANG=en_US\.UTF-8\nLC_ALL=en_US\.UTF-8$/m);
      assert.match(await look('locale -a'), /^en_US\.utf8$/m);
    },
    spoil: () => "sed -i 's/^LANG=.*/LANG=ko_KR.UTF-8/' /etc/locale.conf",
    undone: async (look) => {
      assert.doesNotMatch(await look('cat /etc/environment || :'), /^(LANG|LC_ALL)=/m);
    },
    spoiled: 'drifted',
  },
  {
    step: 'shell-profile',
    seen: async (look) => {
      assert.match(await look('bash -lic \'printf %s "$PS1"\' 2>/dev/null'), /\[\\u@\\h:\\w\]/);
      assert.equal((await look('sh -lc "printf ok"')).trim(), 'ok');
    },
    spoil: () => 'echo alias ls=rm >>/etc/profile.d/stackprep.sh',
    undone: async (look) => {
      await look('test ! -e /etc/profile.d/stackprep.sh');
    },
    spoiled: 'drifted',
  },
  {
    step: 'house-rules',
    seen: async (look) => {
      assert.equal(await look('cat "/etc/house rules"'), "it's $HOME\n");
    },
    spoil: () => 'rm "/etc/house rules"',
    spoiled: 'drifted',
  },
  {
    step: 'ran-once',
    seen: async (look) => {
      assert.equal((await look('cat /root/ran')).trim(), 'once');
    },
    spoil: () => 'rm -r /var/lib/stackprep/ran',
    spoiled: 'drifted',
  },
];
