import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { factsOf } from '../../src/plan/facts.ts';
import { readLine } from '../../src/plan/markers.ts';
import { payload, runnableStep } from '../../src/plan/payload.ts';
import { library } from '../../src/shell/library.ts';
import { reasonCodes } from '../../src/view/reasons.ts';
import { allSteps, clusterOf } from '../support/clusters.ts';
import { hasProgram } from '../support/programs.ts';

const keys = { user: 'ssh-ed25519 AAAAC3Nz root@openstack1', hosts: ['ssh-ed25519 AAAAC3Nh'] };
const cluster = {
  ...clusterOf(allSteps),
  inputs: {
    publicKeys: { '~/.ssh/id_ed25519': 'ssh-ed25519 AAAAC3Np me@desk' },
    nodeKeys: { openstack1: keys, openstack2: keys },
  },
};
const [node] = cluster.nodes;
assert.ok(node);
const steps = cluster.steps
  .map((item) => runnableStep(cluster, node, item))
  .filter((step) => step !== undefined);
/** All functions of a step. */
function functionsOf({ script }: (typeof steps)[number]): string {
  const before = [...(script.uses ?? []), ...[script.parameters ?? [], script.functions ?? []].flat()];
  const bodies = (['check', 'apply', 'rollback', 'revert'] as const)
    .flatMap((which) => (script[which] ? [`sp_${which}() {\n${script[which].shell}\n}\n`] : []))
    .join('');
  return `${before.map(({ shell }) => shell).join('\n')}\n${bodies}`;
}
const pieces: Readonly<Record<string, string>> = {
  library: `sp_nonce=n0nce\n${library}\n`,
  ...Object.fromEntries(steps.map((step) => [step.id, functionsOf(step)])),
};
const texts = { ...pieces, probe: payload('probe', steps).text('n0nce') };

describe('The scripts of the steps', () => {
  it('exist for every step of the test cluster', () => {
    assert.equal(steps.length, cluster.steps.length);
  });

  it('include a revert for exactly the steps that can be undone according to the catalogue', () => {
    for (const { id, reverts, script } of steps)
      assert.equal(script.revert !== undefined, reverts, `${id}: reverts is ${reverts}`);
  });

  for (const shell of ['dash', 'bash']) {
    it(`are parsed by ${shell} without an error`, function () {
      if (!hasProgram(shell)) this.skip();
      for (const [id, text] of Object.entries(texts)) {
        const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
        assert.equal(status, 0, `${id}: ${stderr}`);
      }
    });

    it(`report facts, a state for each step and only known reasons in a check under ${shell}`, function () {
      if (!hasProgram(shell)) this.skip();
      const { stdout } = spawnSync(shell, ['-s'], { input: texts.probe, encoding: 'utf8' });
      const markers = stdout.split('\n').flatMap((line) => readLine(line, 'n0nce').marker ?? []);
      assert.equal(markers[0]?.type, 'begin');
      assert.equal(markers.at(-1)?.type, 'end');
      const states = markers.filter((marker) => marker.type === 'state');
      assert.deepEqual(
        states.map((marker) => marker.step),
        steps.map((step) => step.id),
      );
      const codes = markers.flatMap((marker) => (marker.type === 'because' ? [marker.reason.code] : []));
      assert.deepEqual(
        codes.filter((code) => !reasonCodes.includes(code)),
        [],
      );
      const pairs = markers.flatMap((marker) =>
        marker.type === 'fact' ? [[marker.key, marker.value] as const] : [],
      );
      assert.equal(pairs.length, 13);
      const facts = factsOf(new Map(pairs));
      assert.ok((facts.memory ?? 0) > 100_000_000, String(facts.memory));
      if (hasProgram('ip'))
        assert.deepEqual(facts.interfaces?.find(({ name }) => name === 'lo')?.addresses[0], '127.0.0.1');
    });
  }

  it('emit only reasons that have a text', () => {
    for (const text of Object.values(texts)) {
      for (const [, code] of text.matchAll(
        /(?:sp_because|packstack_blocked_by|emit (?:notice|"\$\w+")|result "\$2" failed) ([a-z][a-z-]+)/g,
      )) {
        assert.ok(reasonCodes.includes(code ?? ''), `src/view/reasons.ts: no text for ${code}`);
      }
    }
  });
});
