import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
import { endedPackages } from '../../src/data/packages.ts';
import { releases } from '../../src/data/releases.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { findStep } from '../../src/steps/catalogue.ts';
import { knownFailures } from '../../src/yum/explain/catalogue.ts';
import { endings } from '../../src/yum/explain/endings.ts';
import type { Remedy } from '../../src/yum/explain/known-failure.ts';
import { explain } from './explained.ts';
import { fixtures, readCases } from './logs.ts';

/** The id of the expected explanation is the file name up to the first dot. */
const cases = readFileSync(join(fixtures, 'explained.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [file = '', exitCode = '', cause = ''] = row.split('\t');
    const text = readFileSync(join(fixtures, 'explained', file), 'utf8');
    const found = explain(text, exitCode === '' ? undefined : Number(exitCode));
    return { id: file.split('.')[0] ?? '', file, cause, found };
  });
const logs = [
  ...readCases(join(fixtures, 'index.tsv'), join(fixtures, 'logs')),
  ...readCases(join(fixtures, 'written.tsv'), join(fixtures, 'written')),
];

/** The cluster file `a.b: value` with the minimum that a cluster file needs. */
function clusterWith({ key, value }: Extract<Remedy, { kind: 'set-key' }>): string {
  const [section, name] = key.split('.');
  return `cluster: lab\nnodes: { a: { address: 10.0.0.1 } }\n${section}: { ${name}: ${value} }\n`;
}

describe('The explanation of a failed run', () => {
  for (const { id, file, cause, found } of cases) {
    it(`names the cause of ${file}`, () => {
      const explanation = [found.explanation, ...found.notes].find((each) => each?.id === id);
      assert.ok(explanation, `${found.explanation?.id} for ${found.summary.mainError}`);
      assert.equal(english(explanation.cause), cause);
      assert.doesNotMatch(english(explanation.advice), /\{\d\}/);
    });
  }

  it('covers at least 40 failures, each with a source and a log that shows it', () => {
    const known = [...knownFailures, ...endings];
    const ids = known.map(({ id }) => id);
    assert.ok(ids.length >= 40);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(known.every(({ source }) => source.length > 3));
    const shown = new Set(cases.map(({ id }) => id));
    assert.deepEqual(
      ids.filter((id) => !shown.has(id)),
      [],
    );
  });

  it('has as many known failures as the READMEs say', () => {
    for (const [name, count] of [
      ['README.md', /\((\d+) known failures\)/],
      ['README.ko.md', /알려진 실패\s+(\d+)가지/],
    ] as const) {
      const readme = readFileSync(join(import.meta.dirname, '../..', name), 'utf8');
      assert.equal(count.exec(readme)?.[1], String(knownFailures.length), name);
    }
  });

  it('proposes only existing steps and keys', () => {
    const remedies = cases.flatMap(({ found }) => found.explanation?.remedies ?? []);
    assert.ok(remedies.length > 10);
    for (const remedy of remedies) {
      if (remedy.kind === 'run-step') assert.ok(findStep(remedy.step), remedy.step);
      else {
        const { problems } = decodeCluster(clusterWith(remedy));
        const errors = problems.filter(({ severity }) => severity === 'error');
        assert.deepEqual(errors, [], remedy.key);
      }
    }
  });

  it('is absent for a run that succeeded', () => {
    const well = logs.filter(({ outcome }) => outcome === 'success' || outcome === 'nothing-to-do');
    assert.ok(well.length > 20);
    for (const { file, text, exitCode } of well) {
      assert.equal(explain(text, exitCode).explanation, undefined, file);
      assert.equal(explain(text).explanation, undefined, `${file} without its exit code`);
    }
  });

  it('is present for every fixture that failed', () => {
    const failed = logs.filter(({ outcome }) => outcome === 'failed' || outcome === 'aborted');
    assert.ok(failed.length > 10);
    for (const { file, text, exitCode } of failed) assert.ok(explain(text, exitCode).explanation, file);
  });

  it('is reduced to notes when the run succeeded without something', () => {
    const { explanation, notes } = explain(
      'Loaded plugins: fastestmirror\nNo package chrny available.\nResolving Dependencies\nComplete!\n',
      0,
    );
    assert.equal(explanation, undefined);
    assert.deepEqual(
      notes.map(({ id }) => id),
      ['package-unavailable'],
    );
  });

  it('ignores a failure that the tool recovered from', () => {
    const overcome =
      'Loaded plugins: fastestmirror\nhttp://a.example.org/repodata/repomd.xml: [Errno 14] HTTP Error 404 - Not Found\nTrying other mirror.\n';
    const unknown = explain(`${overcome}Error: an unknown error\n`);
    assert.equal(unknown.explanation, undefined);
    const cut = explain(`${overcome}Running transaction\n  Installing : a-1-1.el7.noarch      1/3 \n`);
    assert.equal(cut.explanation?.id, 'cut-off-transaction');
    const waited = explain(
      'Waiting for process with pid 12 to finish.\nDependencies resolved.\nDownloading Packages:\n',
    );
    assert.equal(waited.explanation?.id, 'cut-off');
  });

  it('forgets the previous run when another follows in the same text', () => {
    const text =
      'Loaded plugins: fastestmirror\nError: Nothing to do\nLoaded plugins: fastestmirror\nNothing to do\n';
    assert.deepEqual(explain(text).notes, []);
    assert.equal(explain(text).explanation, undefined);
  });

  it('is not fooled by scriptlets that imitate the tool', () => {
    const { explanation } = explain(
      'Running transaction\n  Installing : a-1-1.el7.noarch                              1/2 \nCannot find a valid baseurl for repo: base\n  Installing : b-1-1.el7.noarch                              2/2 \n',
    );
    assert.equal(explanation?.id, 'cut-off-transaction');
  });
});

describe('The releases in the explanations of missing packages', () => {
  const builtFor = (el: number): readonly string[] =>
    releases.flatMap((release) => (release.el.some((each) => each === el) ? [release.name] : []));
  const textOf = (id: string, name: string): string => {
    const failure = knownFailures.find((each) => each.id === id);
    const { cause, advice } = failure?.diagnose(name) ?? {};
    return [cause, advice].map((text) => (text ? english(text) : '')).join(' ');
  };

  it('are those of the table for each major version of the system', () => {
    const [el7, el8, el9] = [builtFor(7), builtFor(8), builtFor(9)];
    const range = (names: readonly string[]): string => `${names[0]} to ${names.at(-1)}`;
    const wanted = `up to ${el7.at(-1)} on EL7, ${range(el8)} on EL8, ${range(el9)} on EL9`;
    assert.ok(textOf('release-package-missing', 'x').includes(wanted), wanted);
  });

  it('start after the last one with the package', () => {
    for (const { name, last } of endedPackages) {
      const next = releases[releases.findIndex((release) => release.name === last) + 1]?.name ?? '';
      const text = textOf('linuxbridge-gone', name).toLowerCase();
      assert.ok(text.includes(`${name} is not in rdo since ${next}.`), text);
    }
  });
});
