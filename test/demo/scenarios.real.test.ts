import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { DemoScenario } from '../../src/protocol/demo.ts';
import { type DemoSession, openSession } from './session.ts';

/** Opens a demo with these scenarios, uses it and closes it. */
async function withSession(
  scenarios: readonly DemoScenario[],
  use: (session: DemoSession) => Promise<void>,
): Promise<void> {
  const session = await openSession({ scenarios });
  try {
    await use(session);
  } finally {
    await session.close();
  }
}

const notesOf = (session: DemoSession) => session.demo.notes.map(english);

describe('The demo cluster', () => {
  it('has no scenario by default, and notes that the nodes are simulated', () =>
    withSession([], async (session) => {
      assert.equal(notesOf(session).length, 1);
      assert.match(notesOf(session)[0] ?? '', /simulated/);
    }));

  it('can have a node that is down: its port refuses connections and the other nodes continue', () =>
    withSession(['node-down'], async (session) => {
      assert.match(notesOf(session)[1] ?? '', /^openstack4 is down/);
      const run = await session.operate('run', { steps: ['hosts-file'] });
      assert.equal(run.failure('openstack4'), 'refused');
      assert.deepEqual(run.outcomes('openstack1'), { 'hosts-file': 'changed' });
    }));

  it('can have a changed host key: nothing is sent to that node', () =>
    withSession(['host-key-changed'], async (session) => {
      assert.match(notesOf(session)[1] ?? '', /^The host key of openstack4 has changed\.$/);
      const run = await session.operate('check', { steps: ['hosts-file'] });
      assert.equal(run.failure('openstack4'), 'host-key-changed');
      assert.equal(run.failure('openstack3'), undefined);
    }));

  it('can have a held lock: yum names the process that holds it, waits and continues, once', () =>
    withSession(['yum-lock'], async (session) => {
      const selection = { nodes: ['openstack2'], steps: ['repositories', 'openstack-client'] };
      const run = await session.operate('run', selection);
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

  it('can have dead mirrors: the updates are unknown and the repositories cannot be set up', () =>
    withSession(['dead-mirrors'], async (session) => {
      const check = await session.operate('check', { nodes: ['openstack3'], steps: ['upgrade'] });
      const state = check.events.find((event) => event.type === 'step-state');
      assert.ok(state?.type === 'step-state');
      assert.equal(state.state, 'unknown');
      assert.deepEqual(state.reasons, [{ code: 'check-update-failed', args: ['1'] }]);
      const run = await session.operate('run', { nodes: ['openstack3'], steps: ['repositories', 'upgrade'] });
      assert.deepEqual(run.outcomes('openstack3'), { repositories: 'failed', upgrade: 'skipped' });
      assert.match(run.log('openstack3', 'repositories'), /Cannot find a valid baseurl for repo: base/);
    }));

  it('can have a failing package: the step fails with the exit code of yum', () =>
    withSession(['failing-package'], async (session) => {
      const steps = ['repositories', 'openstack-selinux', 'locale'];
      const run = await session.operate('run', { nodes: ['openstack2'], steps });
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

  it('can lose a connection during the upgrade: the log continues over a new connection and the run succeeds', () =>
    withSession(['link-drop'], async (session) => {
      const selection = { nodes: ['openstack1'], steps: ['repositories', 'upgrade', 'locale'] };
      const run = await session.operate('run', selection);
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

  it('can combine all scenarios', () =>
    withSession(
      ['node-down', 'yum-lock', 'dead-mirrors', 'host-key-changed', 'failing-package', 'link-drop'],
      async (session) => {
        assert.equal(notesOf(session).length, 7);
        const run = await session.operate('run');
        assert.equal(run.failure('openstack1'), 'host-key-changed');
        assert.equal(run.outcomes('openstack2').upgrade, 'changed');
        assert.equal(run.outcomes('openstack2')['openstack-selinux'], 'failed');
        assert.match(run.log('openstack2', 'repositories'), /holding the yum lock/);
        assert.equal(run.outcomes('openstack3').repositories, 'failed');
        assert.equal(run.failure('openstack4'), 'refused');
      },
    ));
});

describe('A cancelled run of the demo cluster', () => {
  it('interrupts yum before its transaction and leaves the node unchanged', async () => {
    const session = await openSession({ pace: 'realistic' });
    try {
      const selection = { nodes: ['openstack4'], steps: ['repositories'] };
      const run = await session.operate('run', selection, (event, cancel) => {
        if (event.type === 'log' && event.line.startsWith('Loaded plugins')) cancel();
      });
      assert.deepEqual(run.outcomes('openstack4'), { repositories: 'cancelled' });
      assert.match(run.log('openstack4', 'repositories'), /\n\nExiting on user cancel\n$/);
      const { events } = await session.operate('check', selection);
      const found = events.find((event) => event.type === 'step-state');
      assert.deepEqual(found?.type === 'step-state' && found.reasons, [
        { code: 'package-missing', args: ['centos-release-openstack-stein'] },
      ]);
    } finally {
      await session.close();
    }
  });
});
