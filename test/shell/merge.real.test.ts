import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envFileSh } from '../../src/shell/env-file.sh.ts';
import { mergeSh } from '../../src/shell/merge.sh.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { nodeShells } from '../support/programs.ts';

for (const shell of nodeShells) {
  describe(`The merge of undo under ${shell}`, () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'stackprep-merge-'));
    });
    afterEach(() => clearAwaySync(folder));

    /** The text after undo, and the numbers of the lines that both have edited. */
    const undone = (old: string, ours: string, now: string, kind = 'undo') => {
      for (const [name, text] of Object.entries({ old, ours, now })) writeFileSync(join(folder, name), text);
      const text = `cd ${folder}; ${mergeSh.text}\nsp_merge old ours now ${kind} clashes; [ ! -e clashes ] || cat clashes >&2`;
      const { stdout, stderr } = spawnSync(shell, ['-s'], { input: text, encoding: 'latin1' });
      return [stdout, stderr.trim()];
    };

    for (const [what, old, ours, now, wanted, clashes = ''] of [
      ['nothing was edited', 'a\nb', 'a\nb\nB\nE\n', 'a\nb\nB\nE\n', 'a\nb'],
      ['lines were added below', 'a\nb', 'a\nb\nB\nE\n', 'a\nb\nB\nE\nm\n', 'a\nb\nm\n'],
      ['lines were added above and inside', 'a\n', 'a\nB\nx\nE\n', 'n\na\nB\nm\nx\nE\n', 'n\na\nm\n'],
      ['another line was edited', 'a\nk=1\nz\n', 'a\nk=2\nz\n', 'A\nk=2\n', 'A\nk=1\n'],
      ['the same value was edited', 'a\nk=1\n', 'a\nk=2\n', 'a\nk=3\n', 'a\nk=3\n', '2'],
      ['its line was restored by hand', 'server a\n', '#server a\nB\nE\n', 'server a\n', 'server a\n'],
      [
        'a word was added to its line',
        'o="-U 0"\n',
        'o="-l 1 -U 0"\n',
        'o="-l 1 -U 0 -m 9"\n',
        'o="-U 0 -m 9"\n',
      ],
      ['a word was added to its new line', '', 'x=p q\n', 'x=p q mine\n', 'x=mine\n'],
      ['a line was added below one without a newline', 'a\nk=1', 'a\nk=2', 'a\nk=2\nm\n', 'a\nk=1\nm\n'],
      ['its lines were deleted', 'a\n', 'a\nB\nx\nE\n', 'a\n', 'a\n'],
      ['lines end with CR', 'a\r\nb\r\n', 'a\r\nB\nE\nb\r\n', 'c\r\na\r\nB\nE\nb\r\n', 'c\r\na\r\nb\r\n'],
      [
        'bytes are not UTF-8',
        'Stra\xdfe\n',
        'Stra\xdfe\nB\n',
        'caf\xe9\nStra\xdfe\nB\n',
        'caf\xe9\nStra\xdfe\n',
      ],
    ] as const)
      it(`gives back the rest if ${what}`, () => {
        const latin = (text: string) => Buffer.from(text, 'latin1').toString('latin1');
        assert.deepEqual(
          undone(old, ours, now)
            .map(latin)
            .map((text) => Buffer.from(text, 'latin1').toString('utf8')),
          [wanted, clashes],
        );
      });

    it('drops an edit of Stackprep’s lines if the step writes them again, and keeps every other edit', () => {
      assert.deepEqual(undone('k=1\n', 'k=2\nB\nx\nE\n', 'n\nk=3\nB\ny\nE\nm\n', 'again'), [
        'n\nk=1\nm\n',
        '',
      ]);
    });

    it('keeps a text of another origin', () => {
      const lines = (word: string) => Array.from({ length: 5000 }, (_, at) => `${word}${at}\n`).join('');
      assert.equal(undone(lines('a'), `${lines('a')}B\n`, lines('b'))[0], lines('b'));
    });
  });

  describe(`Files of KEY=VALUE under ${shell}`, () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'stackprep-env-'));
    });
    afterEach(() => clearAwaySync(folder));

    for (const [text, value, after] of [
      ['A=1\nK="-U 0"  # no\nB=2', '-U 0', 'A=1\n# no\nK="N 1"\nB=2'],
      ["K='-U 0'\r\n", '-U 0', "K='N 1'\r\n"],
      ['K=-U 0\n', '-U 0', 'K="N 1"\n'],
      ['#K=x\n export K="a \\\nb"\nC=1\n', 'a b', '#K=x\n export K="N 1"\nC=1\n'],
      ['K=a \\\n  b\nC=2\n', 'a   b', 'K="N 1"\nC=2\n'],
      ['K="a\\"b" c\n', 'a"b c', 'K="N 1"\n'],
      ['K = v\nKK=w\n', 'v', 'K = "N 1"\nKK=w\n'],
      ['K=a\nK="b"\n', 'b', 'K=a\nK="N 1"\n'],
      ['X=1', '', 'X=1\nK="N 1"\n'],
      ['', '', 'K="N 1"\n'],
    ] as const)
      it(`read ${JSON.stringify(text)}, and keep the rest when they change`, () => {
        const file = join(folder, 'file');
        writeFileSync(file, text);
        const script = `${envFileSh.text}\nsp_env_value ${file} K; t=$(sp_env_with ${file} K 'N 1'); printf %s "\${t%x}" >${file}`;
        const { stdout } = spawnSync(shell, ['-s'], { input: script, encoding: 'utf8' });
        assert.equal(stdout.replace(/\n$/, ''), value);
        assert.equal(readFileSync(file, 'utf8'), after);
      });
  });
}
