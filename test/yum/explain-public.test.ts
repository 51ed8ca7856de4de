import assert from 'node:assert/strict';
import { join } from 'node:path';
import { explain } from './explained.ts';
import { type Case, readCases } from './logs.ts';

/** Public logs of other people; personal names are replaced. */
const folder = join(import.meta.dirname, '../cases/public-logs');

/** The expected explanations, by the number of the log. */
const expected: Readonly<Record<string, string>> = {
  '039': 'held-by-installed',
  '041': 'no-repositories',
  '047': 'repositories-mixed',
  '049': 'file-conflict',
  '051': 'mirrorlist-gone',
  '053': 'multilib',
  '055': 'epel-metalink',
  '057': 'mirrorlist-empty',
  '059': 'newer-installed',
  '061': 'lock-held',
  '063': 'lock-held',
  '065': 'key-not-fetched',
  '067': 'variable-unset',
  '069': 'ftp-refused',
  '071': 'mirror-out-of-sync',
  '075': 'lock-stopped',
  '083': 'database-broken',
  '085': 'module-hides-package',
  '087': 'both-versions',
  '089': 'http-not-found',
  '091': 'http-not-found',
  '095': 'both-versions',
  '097': 'held-by-installed',
  '099': 'database-duplicates',
  '103': 'both-versions',
  '105': 'file-conflict',
  '107': 'both-versions',
  '113': 'package-missing',
  '115': 'package-missing',
  '121': 'package-missing',
  '137': 'http2-broken',
  '145': 'key-not-installed',
  '222': 'no-key-configured',
  '235': 'nothing-provides',
  '238': 'nothing-provides',
  '241': 'nothing-provides',
  '250': 'no-connection',
  '253': 'checksum',
  '261': 'not-signed',
  '265': 'module-switch',
  '309': 'file-conflict',
  '311': 'packages-conflict',
  '321': 'no-connection',
  '326': 'not-signed',
};

describe('The explanation of a public log', () => {
  let cases: readonly Case[] = [];

  before(() => {
    cases = readCases(join(folder, 'INDEX.tsv'), folder);
  });

  it('is the expected one', () => {
    const known = cases.filter(({ file }) => expected[file.slice(0, 3)] !== undefined);
    assert.ok(known.length >= Object.keys(expected).length);
    for (const { file, text, exitCode } of known)
      assert.equal(explain(text, exitCode).explanation?.id, expected[file.slice(0, 3)], file);
  });

  it('is present for every log that failed', () => {
    const silent = cases.filter(
      ({ outcome, text, exitCode }) => outcome === 'failed' && !explain(text, exitCode).explanation,
    );
    assert.deepEqual(
      silent.map(({ file }) => file),
      [],
    );
  });

  it('is absent for a log that succeeded', () => {
    const well = cases.filter(({ outcome }) => outcome === 'success' || outcome === 'nothing-to-do');
    assert.ok(well.length > 80);
    const blamed = well.filter(({ text, exitCode }) => explain(text, exitCode).explanation);
    assert.deepEqual(
      blamed.map(({ file }) => file),
      [],
    );
  });
});
