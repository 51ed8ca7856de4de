import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/steps/catalogue.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';
import { clusterFor, undoCases } from './undo-cases.ts';

/** Of the test, of Stackprep, and the copies that Stackprep keeps next to files. */
const ignored = /^\/(bin\/|calls$|payload$|var\/lib\/stackprep\/)|\.stackprep-backup$/;

/** Every file and link of the node with its mode and text; empty folders may stay. */
function treeOf({ root }: NodeFolder): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = `/${entry}`;
    const stat = lstatSync(join(root, entry));
    if (stat.isDirectory() || ignored.test(path)) continue;
    tree[path] = stat.isSymbolicLink()
      ? `-> ${readlinkSync(join(root, entry))}`
      : `${(stat.mode & 0o777).toString(8)} ${readFileSync(join(root, entry), 'utf8')}`;
  }
  return tree;
}

/** The tree without the paths that may be anything, and with the texts that undo leaves. */
function withLeaves(tree: Record<string, string>, leaves: Readonly<Record<string, string | undefined>>) {
  const isLeft = (path: string) =>
    Object.keys(leaves).some((left) => path === left || (left.endsWith('/') && path.startsWith(left)));
  const texts = Object.entries(leaves).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, `644 ${text}`] as const],
  );
  return Object.fromEntries([...Object.entries(tree).filter(([path]) => !isLeft(path)), ...texts]);
}

describe('Undo of every step', () => {
  it('is tested for exactly the steps of the catalogue that revert', () => {
    const reverting = catalogue.flatMap((each) => (each.reverts ? [each.id] : []));
    assert.deepEqual(Object.keys(undoCases).toSorted(), reverting.toSorted());
    for (const [step, cases] of Object.entries(undoCases)) assert.ok(cases.length > 0, step);
  });

  for (const shell of nodeShells)
    for (const [step, cases] of Object.entries(undoCases))
      for (const each of cases)
        it(`restores what was there before ${step} ${each.title}, under ${shell}`, function () {
          if (!hasProgram(shell) || (each.needsRoot && process.getuid?.() !== 0)) this.skip();
          const { system, secrets, leaves = {}, calls, state = 'needed' } = each;
          const folder = new NodeFolder(shell, system);
          try {
            each.prepare(folder);
            const cluster = clusterFor(step, each);
            const before = treeOf(folder);
            const run = folder.run(cluster, step, secrets);
            assert.equal(run.outcome, 'changed', `${run.log}\n${run.reasons.join()}`);
            assert.notDeepEqual(treeOf(folder), before);
            if (each.drift) {
              each.drift(folder);
              const second = folder.run(cluster, step, secrets);
              assert.equal(second.outcome, 'changed', second.log);
            }
            const called = folder.calls().length;
            const undo = folder.undo(cluster, step, secrets);
            assert.deepEqual([undo.outcome, undo.state], ['changed', state], undo.log);
            const anything = Object.fromEntries(
              Object.entries(leaves).filter(([, text]) => text === undefined),
            );
            assert.deepEqual(withLeaves(treeOf(folder), anything), withLeaves(before, leaves));
            const changes = folder
              .calls()
              .slice(called)
              .filter((call) => !call.startsWith('nmcli -'));
            if (calls) assert.deepEqual(changes, calls);
          } finally {
            folder.remove();
          }
        });
});
