import assert from 'node:assert/strict';
import type { StepOutcome } from '../../src/base/states.ts';
import { worlds } from '../../src/demo/world.ts';
import { type DemoSession, openSession } from './session.ts';

const kernels = {
  el7: ['kernel-3.10.0-1160.11.1.el7.x86_64', '3.10.0-1160.el7.x86_64'],
  el9: ['kernel-5.14.0-522.el9.x86_64', '5.14.0-503.el9.x86_64'],
} as const;

const everywhere = [
  'ssh-keys',
  'hosts-file',
  'network-interfaces',
  'repositories',
  'upgrade',
  'openstack-client',
  'openstack-selinux',
  'locale',
  'shell-profile',
  'chrony',
  'sshd',
];

/** The steps that only some nodes have. */
const more: Readonly<Record<string, readonly string[]>> = {
  openstack1: ['mariadb', 'memcached'],
  openstack2: ['house-rules'],
  openstack3: ['house-rules'],
};

function all(outcome: StepOutcome, steps: readonly string[]): Record<string, StepOutcome> {
  return Object.fromEntries(steps.map((step) => [step, outcome]));
}

/** The updates that are available before the RDO repositories are set up. */
function updates(system: 'el7' | 'el9'): number {
  const listed = worlds[system].upgrades.filter(
    ({ dependencyOf, repository }) =>
      dependencyOf === undefined && !repository.startsWith('centos-openstack-'),
  );
  return listed.length;
}

for (const system of ['el7', 'el9'] as const) {
  describe(`The demo cluster with ${system}`, () => {
    let session: DemoSession;
    before(async () => {
      session = await openSession({ system });
    });
    after(() => session.close());

    const expected = (outcome: StepOutcome, node: string) =>
      all(outcome, [...everywhere, ...(more[node] ?? [])]);

    it('needs every step at first, and shows why', async () => {
      const { events } = await session.operate('check');
      const found = events.flatMap((event) =>
        event.type === 'step-state' && event.node === 'openstack2'
          ? [[event.step, event.state, ...event.reasons.map(({ code, args }) => [code, ...args].join(' '))]]
          : [],
      );
      const release = system === 'el7' ? 'stein' : 'epoxy';
      const client = system === 'el7' ? 'python-openstackclient' : 'python3-openstackclient';
      assert.deepEqual(found, [
        ['ssh-keys', 'needed', 'file-differs ~/.ssh/authorized_keys'],
        ['hosts-file', 'needed', 'file-differs /etc/hosts'],
        ['network-interfaces', 'needed', 'interface-down eth1', 'interface-not-persistent eth1'],
        [
          'repositories',
          'needed',
          `package-missing centos-release-openstack-${release}`,
          ...(system === 'el9' ? ['repository-disabled crb'] : []),
          'epel-enabled',
        ],
        ['upgrade', 'needed', `updates-available ${updates(system)}`],
        ['openstack-client', 'needed', `package-missing ${client}`],
        ['openstack-selinux', 'needed', 'package-missing openstack-selinux'],
        [
          'locale',
          'needed',
          'setting-missing /etc/locale.conf LANG',
          'setting-missing /etc/environment LANG',
          'setting-missing /etc/environment LC_ALL',
        ],
        ['shell-profile', 'needed', 'file-missing /etc/profile.d/stackprep.sh'],
        ['chrony', 'needed', 'package-missing chrony', 'file-missing /etc/chrony.conf'],
        ['sshd', 'needed', 'file-differs /etc/ssh/sshd_config'],
        ['house-rules', 'needed', 'custom-needed 1'],
      ]);
    });

    it('is prepared in one run', async () => {
      const run = await session.operate('run');
      for (const { name } of session.cluster.nodes)
        assert.deepEqual(run.outcomes(name), expected('changed', name), name);
      const last = run.events.at(-1);
      assert.equal(last?.type === 'run-finished' && last.outcome, 'ok');
      const notices = run.events.flatMap((event) => (event.type === 'notice' ? [event.reason] : []));
      assert.deepEqual(notices, Array(4).fill({ code: 'reboot-needed', args: [...kernels[system]] }));
      const unparsed = run.events.filter((event) => event.type === 'yum' && event.event.type === 'unparsed');
      assert.deepEqual(unparsed, []);
      assert.match(run.log('openstack1', 'upgrade'), /Running transaction\n[\s\S]*Complete!\n/);
      assert.match(run.log('openstack2', 'house-rules'), /simulated/);
    });

    it('changes nothing in a second run and reports that', async () => {
      const run = await session.operate('run');
      for (const { name } of session.cluster.nodes)
        assert.deepEqual(run.outcomes(name), expected('unchanged', name), name);
    });
  });
}
