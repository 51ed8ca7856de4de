import assert from 'node:assert/strict';
import type { StepTest } from './step-test.ts';
import { systemStepTests } from './system-step-tests.ts';

export const stepTests: readonly StepTest[] = [
  ...systemStepTests,
  {
    step: 'hosts-file',
    verify: async (run) => {
      assert.match(await run('getent hosts openstack4'), /^198\.18\.88\.174\s+openstack4$/m);
      assert.equal((await run('grep -c "^# BEGIN stackprep" /etc/hosts')).trim(), '1');
      assert.match(await run('getent ahostsv4 localhost'), /^127\.0\.0\.1/);
    },
    damage: () => "sed -i '/openstack3/d' /etc/hosts",
    verifyUndone: async (run) => {
      const hosts = await run('cat /etc/hosts');
      assert.doesNotMatch(hosts, /stackprep|openstack4/);
      assert.match(hosts, /localhost/);
    },
    stateAfterDamage: 'drifted',
  },
  {
    step: 'repositories',
    verify: async (run, { release }) => {
      assert.match(await run(`rpm -q centos-release-openstack-${release}`), /^centos-release-openstack/);
      assert.match(await run('yum -q repolist enabled'), new RegExp(`centos-openstack-${release}`));
      assert.doesNotMatch(await run('yum -q repolist enabled'), /^epel/m);
    },
    damage: ({ release }) => `rpm -e --nodeps centos-release-openstack-${release}`,
    stateAfterDamage: 'drifted',
  },
  {
    step: 'upgrade',
    verify: async (run) => {
      await run('yum -q check-update');
    },
    damage: () => 'yum -y downgrade tzdata',
    stateAfterDamage: 'needed',
  },
  {
    step: 'openstack-client',
    verify: async (run) => {
      assert.match(await run('rpm -qa "python*-openstackclient"'), /openstackclient/);
    },
    damage: () => 'rpm -e --nodeps $(rpm -qa "python*-openstackclient")',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'openstack-selinux',
    verify: async (run) => {
      assert.match(await run('rpm -q openstack-selinux container-selinux'), /container-selinux/);
    },
    damage: () => 'rpm -e --nodeps openstack-selinux',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'locale',
    verify: async (run) => {
      assert.match(await run('cat /etc/locale.conf'), /^LANG="?en_US\.UTF-8"?$/m);
      assert.match(await run('cat /etc/environment'), /^LANG=en_US\.UTF-8\nLC_ALL=en_US\.UTF-8$/m);
      assert.match(await run('locale -a'), /^en_US\.utf8$/m);
    },
    damage: () => "sed -i 's/^LANG=.*/LANG=ko_KR.UTF-8/' /etc/locale.conf",
    verifyUndone: async (run) => {
      assert.doesNotMatch(await run('cat /etc/environment || :'), /^(LANG|LC_ALL)=/m);
    },
    stateAfterDamage: 'drifted',
  },
  {
    step: 'shell-profile',
    verify: async (run) => {
      assert.match(await run('bash -lic \'printf %s "$PS1"\' 2>/dev/null'), /\[\\u@\\h:\\w\]/);
      assert.equal((await run('sh -lc "printf ok"')).trim(), 'ok');
    },
    damage: () => 'echo alias ls=rm >>/etc/profile.d/stackprep.sh',
    verifyUndone: async (run) => {
      await run('test ! -e /etc/profile.d/stackprep.sh');
    },
    stateAfterDamage: 'drifted',
  },
  {
    step: 'house-rules',
    verify: async (run) => {
      assert.equal(await run('cat "/etc/house rules"'), "it's $HOME\n");
    },
    damage: () => 'rm "/etc/house rules"',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'ran-once',
    verify: async (run) => {
      assert.equal((await run('cat /root/ran')).trim(), 'once');
    },
    damage: () => 'rm -r /var/lib/stackprep/ran',
    stateAfterDamage: 'drifted',
  },
];
