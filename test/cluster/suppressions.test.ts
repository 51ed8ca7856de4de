import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProjectFiles } from '../../src/app/project-file.ts';
import { positions } from '../../src/base/position.ts';
import { decodeProjectSettings } from '../../src/cluster/project-settings.ts';
import { createDocumentReader } from '../../src/language/document/document.ts';
import { ignoreFix } from '../../src/language/ignore-actions.ts';
import { decodeCluster, readCluster } from '../../src/rules/decode.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterTexts } from '../support/texts.ts';

function found(text: string): string[] {
  const { at } = positions(text);
  return decodeCluster(text).problems.map(({ code, span }) => `${at(span.start).line + 1} ${code}`);
}

const head = 'cluster: a\nnodes:\n  n1: { address: 10.0.0.1, roles: [controler] }';

describe('A comment stackprep-ignore', () => {
  it('accepts a warning of its line, with a reason', () => {
    assert.deepEqual(found(`${head}\n`), ['3 role-typo']);
    assert.deepEqual(found(`${head} # stackprep-ignore role-typo: it is the name of a team\n`), []);
    const { suppressed = [] } = decodeCluster(`${head} # stackprep-ignore role-typo: of a team\n`);
    assert.deepEqual(
      suppressed.map(({ problem, reason }) => [problem.code, reason]),
      [['role-typo', 'of a team']],
    );
  });

  it('accepts a warning of the line below it, and of the block that begins there', () => {
    const node = '  n1:\n    address: 10.0.0.1\n    roles: [controler]\n';
    const other = '  n2:\n    address: 10.0.0.2\n    roles: [computes]\n';
    const comment = '  # stackprep-ignore role-typo: old names\n';
    assert.deepEqual(found(`cluster: a\nnodes:\n${comment}${node}${other}`), ['9 role-typo']);
  });

  it('accepts several codes, also in a script', () => {
    const step = 'steps:\n  - name: x\n    check: test -e /x\n';
    const run =
      '    run: |\n      # stackprep-ignore custom-reboot, custom-irreversible: a test node\n      reboot\n';
    assert.deepEqual(found(`cluster: a\nnodes:\n  n1: { address: 10.0.0.1 }\n${step}${run}`), [
      '8 suppression-unused',
    ]);
  });

  it('needs a reason, a known code and a problem that is there, and accepts no error', () => {
    assert.deepEqual(found(`${head} # stackprep-ignore role-typo\n`), [
      '3 role-typo',
      '3 suppression-reason',
    ]);
    assert.deepEqual(found(`${head} # stackprep-ignore role-tpyo: x\n`), [
      '3 role-typo',
      '3 suppression-unused',
    ]);
    assert.deepEqual(
      found('cluster: a # stackprep-ignore role-typo: x\nnodes:\n  n1: { address: 10.0.0.1 }\n'),
      ['1 suppression-unused'],
    );
    assert.deepEqual(
      found('cluster: a\nnodes:\n  n1: { address: 10.0.0.300 } # stackprep-ignore node-address: y\n'),
      ['3 node-address', '3 suppression-unused'],
    );
  });

  it('is put by the quick fix where it accepts the problem and nothing else changes, in every case', () => {
    for (const text of clusterTexts.filter(({ length }) => length < 5000)) {
      const document = createDocumentReader()({ uri: 'x', version: 1, text });
      const { problems } = document.decoded;
      for (const problem of problems) {
        const fix = ignoreFix(document, problem);
        if (!fix) continue;
        const [edit] = fix.edits;
        assert.ok(edit);
        const fixed = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.start);
        const after = decodeCluster(fixed);
        assert.ok(
          after.suppressed?.some(({ problem: each }) => each.code === problem.code),
          `${problem.code}\n${fixed}`,
        );
        const codes = new Set(problems.map(({ code }) => code));
        assert.deepEqual(
          after.problems.filter(({ code }) => !codes.has(code)).map(({ code }) => code),
          [],
          fixed,
        );
      }
    }
  });
});

describe('The settings of a project', () => {
  it('give codes another severity or none, but no error a lower one', () => {
    const { severities, unread } = decodeProjectSettings(
      'severities:\n  role-typo: error\n  os-end-of-life: off\n  node-address: off\n  no-such: off\n  role-several: loud\ncolor: red\n',
    );
    assert.deepEqual(severities, { 'role-typo': 'error', 'os-end-of-life': 'off', 'node-address': 'off' });
    assert.deepEqual(unread, ['color', 'no-such', 'role-several']);
    const severityOf = (text: string) =>
      readCluster(text, { severities }).decoded.problems.map(({ code, severity }) => `${severity} ${code}`);
    assert.deepEqual(severityOf(`${head}\nsystem: { os: centos-7 }\n`), ['error role-typo']);
    assert.deepEqual(severityOf('cluster: a\nnodes:\n  n1: { address: 10.0.0.300 }\n'), [
      'error node-address',
    ]);
    assert.deepEqual(decodeProjectSettings('severities: [').unread, ['.stackprep.yaml']);
  });

  it('are found in the folder of a file or above it, and read again after a change', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackprep-project-'));
    try {
      const below = join(folder, 'a/b');
      mkdirSync(below, { recursive: true });
      const projects = createProjectFiles();
      const file = join(below, 'x.cluster.yaml');
      writeFileSync(join(folder, '.stackprep.yaml'), 'severities: { role-typo: off }\n');
      assert.deepEqual(projects.of(file)?.severities, { 'role-typo': 'off' });
      writeFileSync(join(below, '.stackprep.yaml'), 'severities: {}\n');
      assert.deepEqual(projects.of(file)?.severities, {});
    } finally {
      clearAwaySync(folder);
    }
  });
});
