import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { DemoScenario } from '../../src/protocol/demo.ts';
import { type Desk, openDesk } from './desk.ts';

/** Opens a demo with these scenarios, works with it and closes it. */
async function withDesk(
  scenarios: readonly DemoScenario[],
  use: (desk: Desk) => Promise<void>,
): Promise<void> {
  const desk = await openDesk({ scenarios });
  try {
    await use(desk);
  } finally {
    await desk.close();
  }
}

const notesOf = (desk: Desk) => desk.demo.notes.map(english);

describe('a scenario of the demo cluster', () => {
  it('is none by default, and the note says that the nodes are simulated', () =>
    withDesk([], async (desk) => {
      assert.equal(notesOf(desk).length, 1);
      assert.match(notesOf(desk)[0] ?? '', /simulated/);
    }));

  it('can be a node that is down: its port refuses, the others go on', () =>
    withDesk(['node-down'], async (desk) => {
      assert.match(notesOf(desk)[1] ?? '', /^openstack4 is down/);
      const run = await desk.operate('run', { steps: ['hosts-file'] });
      assert.equal(run.failure('openstack4'), 'refused');
      assert.deepEqual(run.outcomes('openstack1'), { 'hosts-file': 'changed' });
    }));

  it('can be a changed host key: nothing is sent to that node', () =>
    withDesk(['host-key-changed'], async (desk) => {
      assert.match(notesOf(desk)[1] ?? '', /^openstack4 presents another host key/);
      const run = await desk.operate('check', { steps: ['hosts-file'] });
      assert.equal(run.failure('openstack4'), 'host-key-changed');
      assert.equal(run.failure('openstack3'), undefined);
    }));

  it('can be a held lock: yum says who holds it, waits and goes on, once', () =>
    withDesk(['yum-lock'], async (desk) => {
      const selection = { nodes: ['openstack2'], steps: ['repositories', 'openstack-client'] };
      const run = await desk.operate('run', selection);
      assert.match(
        run.log('openstack2', 'repositories'),
        /holding the yum lock[\s\S]*PackageKit[\s\S]*Complete!/,
      );
      assert.doesNotMatch(run.log('openstack2', 'openstack-client'), /lock/);
      assert.deepEqual(run.outcomes('openstack2'), {
        repositories: 'changed',
        'openstack-client': 'changed',
      });
    }));

  it('can be dead mirrors: the updates are unknown, and the repositories cannot be set up', () =>
    withDesk(['dead-mirrors'], async (desk) => {
      const check = await desk.operate('check', { nodes: ['openstack3'], steps: ['upgrade'] });
      const state = check.events.find((event) => event.type === 'step-state');
      assert.ok(state?.type === 'step-state');
      assert.equal(state.state, 'unknown');
      assert.deepEqual(state.reasons, [{ code: 'check-update-failed', args: ['1'] }]);
      const run = await desk.operate('run', { nodes: ['openstack3'], steps: ['repositories', 'upgrade'] });
      assert.deepEqual(run.outcomes('openstack3'), { repositories: 'failed', upgrade: 'skipped' });
      assert.match(run.log('openstack3', 'repositories'), /Cannot find a valid baseurl for repo: base/);
    }));

  it('can be a failing package: the step fails with the exit code of yum', () =>
    withDesk(['failing-package'], async (desk) => {
      const steps = ['repositories', 'openstack-selinux', 'locale'];
      const run = await desk.operate('run', { nodes: ['openstack2'], steps });
      assert.deepEqual(run.outcomes('openstack2'), {
        repositories: 'changed',
        'openstack-selinux': 'failed',
        locale: 'skipped',
      });
      const ended = run.events.findLast(
        (event) => event.type === 'step-finished' && event.step === 'openstack-selinux',
      );
      assert.ok(ended?.type === 'step-finished');
      assert.deepEqual(ended.reasons[0], { code: 'apply-failed', args: ['1'] });
      assert.match(run.log('openstack2', 'openstack-selinux'), /Failed:\n {2}openstack-selinux/);
    }));

  it('can be a link that drops in the upgrade: the log goes on over a new connection, and the run ends well', () =>
    withDesk(['link-drop'], async (desk) => {
      const selection = { nodes: ['openstack1'], steps: ['repositories', 'upgrade', 'locale'] };
      const run = await desk.operate('run', selection);
      assert.equal(run.failure('openstack1'), undefined);
      assert.deepEqual(run.outcomes('openstack1'), {
        repositories: 'changed',
        upgrade: 'changed',
        locale: 'changed',
      });
      assert.equal(run.log('openstack1', 'upgrade').match(/^Running transaction$/gm)?.length, 1);
      assert.equal(run.log('openstack1', 'upgrade').match(/^Complete!$/gm)?.length, 1);
      const noticed = run.events.flatMap((event) => (event.type === 'notice' ? [event.reason.code] : []));
      assert.deepEqual(noticed, ['connection-lost', 'reconnected', 'reboot-needed']);
    }));

  it('can be seen beside every other', () =>
    withDesk(
      ['node-down', 'yum-lock', 'dead-mirrors', 'host-key-changed', 'failing-package', 'link-drop'],
      async (desk) => {
        assert.equal(notesOf(desk).length, 7);
        const run = await desk.operate('run');
        assert.equal(run.failure('openstack1'), 'host-key-changed');
        assert.equal(run.outcomes('openstack2').upgrade, 'changed');
        assert.equal(run.outcomes('openstack2')['openstack-selinux'], 'failed');
        assert.match(run.log('openstack2', 'repositories'), /holding the yum lock/);
        assert.equal(run.outcomes('openstack3').repositories, 'failed');
        assert.equal(run.failure('openstack4'), 'refused');
      },
    ));
});

describe('a cancelled run of the demo cluster', () => {
  it('interrupts yum before its transaction and leaves the node as it was', async () => {
    const desk = await openDesk({ pace: 'realistic' });
    try {
      const selection = { nodes: ['openstack4'], steps: ['repositories'] };
      const run = await desk.operate('run', selection, (event, cancel) => {
        if (event.type === 'log' && event.line.startsWith('Loaded plugins')) cancel();
      });
      assert.deepEqual(run.outcomes('openstack4'), { repositories: 'cancelled' });
      assert.match(run.log('openstack4', 'repositories'), /\n\nExiting on user cancel\n$/);
      const { events } = await desk.operate('check', selection);
      const found = events.find((event) => event.type === 'step-state');
      assert.deepEqual(found?.type === 'step-state' && found.reasons, [
        { code: 'package-missing', args: ['centos-release-openstack-stein'] },
      ]);
    } finally {
      await desk.close();
    }
  });
});
