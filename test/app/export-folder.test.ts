import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFolder } from '../../src/app/export-folder.ts';
import { english } from '../../src/base/l10n.ts';
import { clearAwaySync } from '../support/clear-away.ts';

describe('The folder of an export', () => {
  let root: string;
  let out: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stackprep-export-'));
    out = join(root, 'out');
  });
  afterEach(() => clearAwaySync(root));

  const list = '.stackprep-export.json';
  const write = (files: Readonly<Record<string, string>>) =>
    exportFolder('out', root, new Map(Object.entries(files)));
  const found = () =>
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.includes(list))
      .sort();
  const problems = async (files: Readonly<Record<string, string>>) => {
    const done = await write(files);
    return done.ok ? [] : done.problems.map(english);
  };

  it('is created with files that others may read, and written again only where something differs', async () => {
    assert.deepEqual(await write({ a: '1', 'b/c': '2' }), {
      ok: true,
      written: ['a', 'b/c'],
      removed: [],
      same: 0,
    });
    assert.equal(statSync(join(out, 'a')).mode & 0o133, 0);
    const before = statSync(join(out, 'a')).ino;
    assert.deepEqual(await write({ a: '1', 'b/c': '3' }), {
      ok: true,
      written: ['b/c'],
      removed: [],
      same: 1,
    });
    assert.equal(statSync(join(out, 'a')).ino, before);
    assert.equal(readFileSync(join(out, 'b/c'), 'utf8'), '3');
  });

  it('loses the files that are no longer exported, and nothing else', async () => {
    await write({ a: '1', 'b/c': '2', 'd/e': '3' });
    writeFileSync(join(out, 'd/own'), 'mine');
    assert.deepEqual(await write({ a: '1' }), { ok: true, written: [], removed: ['b/c', 'd/e'], same: 1 });
    assert.deepEqual(found(), ['a', 'd', 'd/own']);
  });

  it('keeps files that were there before or were edited, and then nothing is written', async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'a'), 'mine');
    assert.deepEqual(await problems({ a: '1', b: '2' }), [
      `${join(out, 'a')} exists and was not written by Stackprep. Move it away, or export to another folder.`,
    ]);
    assert.deepEqual(found(), ['a']);
    await write({ b: '2' });
    writeFileSync(join(out, 'b'), 'edited');
    assert.match((await problems({ b: '3' })).join(), /b was changed after the last export/);
    assert.match((await problems({ c: '3' })).join(), /b was changed after the last export/);
    assert.equal(readFileSync(join(out, 'b'), 'utf8'), 'edited');
  });

  it('is never left through a link, in place of a file, of a folder or of the list', async () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'c'), 'theirs');
    await write({ 'b/c': '1' });
    clearAwaySync(join(out, 'b'));
    symlinkSync(outside, join(out, 'b'));
    assert.match((await problems({ 'b/c': '2' })).join(), /b is not a folder/);
    assert.match((await problems({ a: '2' })).join(), /b is not a folder/);
    assert.equal(readFileSync(join(outside, 'c'), 'utf8'), 'theirs');
    clearAwaySync(out);
    mkdirSync(out);
    symlinkSync(join(outside, 'c'), join(out, 'a'));
    assert.match((await problems({ a: '2' })).join(), /a exists and was not written by Stackprep/);
    symlinkSync(join(outside, 'c'), join(out, list));
    assert.match((await problems({ x: '2' })).join(), /is not a list that Stackprep has written/);
    clearAwaySync(out);
    symlinkSync(outside, out);
    assert.deepEqual(await problems({ a: '1' }), ['out is not a folder. Name another one.']);
    assert.deepEqual(readdirSync(outside), ['c']);
  });

  it('is not read from a list that names files outside, or of a later version', async () => {
    mkdirSync(out);
    writeFileSync(join(root, 'victim'), '');
    const sum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    for (const files of [{ '../victim': sum }, { [join(root, 'victim')]: sum }, { 'a/./b': sum }, { a: 1 }]) {
      writeFileSync(join(out, list), JSON.stringify({ format: 1, files }));
      assert.match((await problems({ x: '2' })).join(), /is not a list that Stackprep has written/);
    }
    writeFileSync(join(out, list), JSON.stringify({ format: 2, files: {} }));
    assert.match((await problems({ x: '2' })).join(), /later version/);
    writeFileSync(join(out, list), 'nonsense');
    assert.match((await problems({ x: '2' })).join(), /is not a list/);
    assert.ok(statSync(join(root, 'victim')).isFile());
  });

  it('can be exported again after an interruption', async () => {
    await write({ a: '1', b: '1' });
    const text = readFileSync(join(out, list), 'utf8');
    await write({ a: '2', b: '2' });
    const { files } = JSON.parse(text) as { files: Record<string, string> };
    const later = JSON.parse(readFileSync(join(out, list), 'utf8')) as { files: Record<string, string> };
    const both = Object.fromEntries(
      Object.keys(files).map((path) => [path, `${files[path]} ${later.files[path]}`]),
    );
    writeFileSync(join(out, list), JSON.stringify({ format: 1, files: both }));
    writeFileSync(join(out, 'b'), '1');
    assert.deepEqual(await write({ a: '2', b: '2' }), { ok: true, written: ['b'], removed: [], same: 1 });
  });
});
