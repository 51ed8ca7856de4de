import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../src/app/entry.ts';
import type { RunKind } from '../../../src/base/states.ts';
import type { Cluster } from '../../../src/cluster/model.ts';
import type { Selection } from '../../../src/plan/selection.ts';
import { decodeCluster } from '../../../src/rules/decode.ts';
import { emptyRunState, type RunState, reduceRun, type StepStatus } from '../../../src/run/state.ts';
import { createYumParser } from '../../../src/yum/parser.ts';
import { clearAwaySync } from '../../support/clear-away.ts';
import { type Lab, upLab } from '../lab.ts';
import { type SystemName, systems } from '../systems.ts';
import type { On, RunOnNode } from './step-test.ts';
import { stepTests as allStepTests } from './step-tests.ts';

/** Custom steps, with characters that a shell interprets. */
const customSteps = `  - name: house-rules
    check: test -f '/etc/house rules'
    run: |
      printf '%s\\n' "it's \\$HOME" >"/etc/house rules"
  - { name: ran-once, run: echo once >>/root/ran }
`;

/** No user is present: every question fails the test. */
const noPrompts = {
  secret: () => Promise.reject(new Error('a secret was asked for')),
  hostKey: () => Promise.reject(new Error('a host key was asked about')),
};

/** Tests every step of the catalogue on four real nodes of one system. */
export function testSteps(system: SystemName): void {
  describe(`The steps on real nodes with ${system}`, () => {
    let lab: Lab;
    let engine: Engine;
    let cluster: Cluster;
    const stepTests = allStepTests.filter(({ step }) => !systems[system].without.includes(step));
    const on = (node: string): On => ({ node, system, release: systems[system].openstack });
    const state = mkdtempSync(join(tmpdir(), 'stackprep-lab-'));

    before(async () => {
      lab = await upLab({ nodes: 4, system });
      const decoded = decodeCluster(readFileSync(lab.clusterFile, 'utf8') + customSteps);
      assert.ok(decoded.cluster);
      assert.deepEqual(
        decoded.problems.filter(({ severity }) => severity !== 'information'),
        [],
      );
      cluster = decoded.cluster;
      await Promise.all(
        cluster.nodes.map(async ({ name }) => {
          const commands = stepTests.flatMap((test) => test.prepare?.(on(name)) ?? []);
          const { code, stderr } = await lab.ssh(name, commands.join(' && '));
          assert.equal(code, 0, stderr);
        }),
      );
      engine = createEngine({
        stateFolder: state,
        home: state,
        env: {},
        prompts: noPrompts,
        knownHosts: () => [lab.knownHosts],
      });
    });

    after(async () => {
      await engine?.dispose();
      await lab?.down();
      clearAwaySync(state);
    });

    const operate = async (kind: RunKind, selection: Selection = {}): Promise<RunState> => {
      let now = emptyRunState;
      for await (const event of engine.operate({ kind, cluster, selection }, new AbortController().signal))
        now = reduceRun(now, event);
      return now;
    };
    const plain =
      (node: string): RunOnNode =>
      async (command) => {
        const { code, stdout, stderr } = await lab.ssh(node, command);
        assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
        return stdout;
      };
    const stepsOf = (now: RunState, node: string): Readonly<Record<string, StepStatus>> =>
      now.nodes[node]?.steps ?? {};
    const stepValues = (now: RunState, node: string, key: 'state' | 'outcome') =>
      Object.fromEntries(Object.entries(stepsOf(now, node)).map(([id, step]) => [id, step[key]]));
    const all = <Value>(value: Value) => Object.fromEntries(stepTests.map((test) => [test.step, value]));

    for (const step of systems[system].without)
      it(`refuse ${step} with a reason, and change nothing`, async () => {
        const text = readFileSync(lab.clusterFile, 'utf8').replace(/^steps:[\s\S]*/m, `steps: [${step}]\n`);
        const without = decodeCluster(text).cluster;
        assert.ok(without);
        let now = emptyRunState;
        const operation = { kind: 'run', cluster: without, selection: { nodes: ['openstack1'] } } as const;
        for await (const event of engine.operate(operation, new AbortController().signal))
          now = reduceRun(now, event);
        const { state: found, outcome, reasons } = stepsOf(now, 'openstack1')[step] ?? {};
        assert.deepEqual({ found, outcome }, { found: 'unknown', outcome: 'failed' });
        assert.deepEqual(
          reasons?.map(({ code, args }) => [code, ...args].join(' ')),
          ['check-unknown', 'network-manager-only centos 9'],
        );
        assert.equal((await lab.ssh('openstack1', 'ls /var/lib/stackprep/done')).code, 2);
        await lab.ssh('openstack1', 'rm -r /var/lib/stackprep');
      });

    it('are all needed on a new node, and the check changes nothing', async () => {
      const now = await operate('check');
      for (const node of cluster.nodes) assert.deepEqual(stepValues(now, node.name, 'state'), all('needed'));
      assert.equal((await lab.ssh('openstack1', 'ls /var/lib/stackprep')).code, 2);
    });

    it('are applied on all four nodes at once', async () => {
      const now = await operate('run');
      for (const node of cluster.nodes) {
        assert.deepEqual(
          stepValues(now, node.name, 'outcome'),
          all('changed'),
          JSON.stringify(stepsOf(now, node.name), null, 1),
        );
        assert.equal(now.nodes[node.name]?.steps.upgrade?.notices[0]?.code, 'reboot-needed');
      }
    });

    for (const test of stepTests) {
      it(`take effect on every node, verified through plain ssh: ${test.step}`, async () => {
        for (const node of cluster.nodes) {
          await test.verify(plain(node.name), on(node.name));
        }
      });
    }

    it('are reported as unchanged by a second run', async () => {
      const now = await operate('run');
      for (const node of cluster.nodes)
        assert.deepEqual(stepValues(now, node.name, 'outcome'), all('unchanged'));
      assert.equal((await lab.ssh('openstack1', 'cat /root/ran')).stdout, 'once\n');
    });

    it('are drifted or needed after manual changes, and fixed by the next run', async () => {
      for (const test of stepTests) {
        const damaged = await lab.ssh('openstack2', test.damage(on('openstack2')));
        assert.equal(damaged.code, 0, `${test.step}: ${damaged.stderr}`);
      }
      const now = await operate('check', { nodes: ['openstack2'] });
      const expected = Object.fromEntries(stepTests.map((test) => [test.step, test.stateAfterDamage]));
      assert.deepEqual(stepValues(now, 'openstack2', 'state'), expected);
      assert.deepEqual(
        stepValues(await operate('run', { nodes: ['openstack2'] }), 'openstack2', 'outcome'),
        all('changed'),
      );
    });

    it('are undone where possible, and needed again', async () => {
      const undoable = stepTests.filter(({ verifyUndone }) => verifyUndone);
      const selection = { nodes: ['openstack3'], steps: undoable.map(({ step }) => step) };
      const of = <Value>(value: Value) => Object.fromEntries(selection.steps.map((step) => [step, value]));
      assert.deepEqual(stepValues(await operate('undo', selection), 'openstack3', 'outcome'), of('changed'));
      for (const { verifyUndone } of undoable) await verifyUndone?.(plain('openstack3'), on('openstack3'));
      assert.deepEqual(stepValues(await operate('check', selection), 'openstack3', 'state'), of('needed'));
    });

    it('produce dnf logs in which the parser recognizes every line', () => {
      const unparsed: string[] = [];
      let read = 0;
      for (const file of readdirSync(join(state, 'runs'), { recursive: true, encoding: 'utf8' })) {
        if (!/(repositories|upgrade|openstack-client|openstack-selinux)\.log$/.test(file)) continue;
        const parser = createYumParser();
        const text = readFileSync(join(state, 'runs', file), 'utf8');
        const events = [...parser.push(text), ...parser.end()];
        read += events.length;
        // Output of the step itself is not from dnf.
        const lines = events.flatMap((event) => (event.type === 'unparsed' ? [event.line] : []));
        unparsed.push(
          ...lines.filter((line) => !line.startsWith('wrote /')).map((line) => `${file}: ${line}`),
        );
      }
      assert.ok(read > 100);
      assert.deepEqual(unparsed, []);
    });
  });
}
