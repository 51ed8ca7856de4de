import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundledPackages, thirdPartyNotices } from '../../scripts/notices.mjs';
import { clearAway } from '../support/clear-away.ts';

describe('The notices of bundled packages', () => {
  let folder = '';
  const add = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [file, text] of Object.entries(files)) {
      const path = join(folder, 'node_modules', name, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  };
  const manifest = (name: string, version = '1.0.0'): string => JSON.stringify({ name, version });
  const notices = (...paths: readonly (readonly [path: string, bytesInOutput: number])[]): string => {
    const inputs = Object.fromEntries(paths.map(([path, bytesInOutput]) => [path, { bytesInOutput }]));
    return thirdPartyNotices(bundledPackages(folder, [{ inputs }]));
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-notices-'));
    await add('plain', { 'package.json': manifest('plain'), LICENSE: 'Do as you like.\n', 'lib/a.js': '' });
    await add('@of/scope', {
      'package.json': manifest('@of/scope'),
      'COPYING.md': 'Keep this.\n',
      NOTICE: 'Made by Somebody.\n',
    });
    await add('plain/node_modules/deep', { 'package.json': manifest('deep', '2.0.0'), UNLICENSE: 'Free.' });
    await add('bare', { 'package.json': manifest('bare'), 'licensed.js': 'x' });
    await add('empty', { 'package.json': manifest('empty'), 'LICENSE.txt': ' \n' });
  });
  after(() => clearAway(folder));

  it('name each package once, with its version, its license, and the notices that must be passed on', () => {
    const text = notices(
      ['src/own.ts', 10],
      ['node_modules/plain/lib/a.js', 10],
      ['node_modules/plain/lib/b.js', 10],
      ['node_modules/@of/scope/index.js', 1],
      ['node_modules/plain/node_modules/deep/index.js', 1],
    );
    assert.deepEqual(text.match(/^- .*$/gm), ['- @of/scope 1.0.0', '- deep 2.0.0', '- plain 1.0.0']);
    for (const part of ['Do as you like.', 'Keep this.', 'Made by Somebody.', 'Free.'])
      assert.equal(text.split(part).length, 2, part);
  });

  it('leave out packages that are read but not bundled', () => {
    assert.equal(notices(['node_modules/plain/a.js', 0]).includes('plain'), false);
  });

  it('fail the build for a package without a license text, and name it', () => {
    assert.throws(
      () => notices(['node_modules/bare/a.js', 1]),
      /bare 1\.0\.0 .* node_modules\/bare has no license/,
    );
    assert.throws(() => notices(['node_modules/empty/a.js', 1]), /empty 1\.0\.0/);
  });
});
