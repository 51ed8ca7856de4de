import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { localText } from '../../src/remote/base/local-text.ts';
import { hasProgram } from '../support/programs.ts';

/** `지정된 파일을 찾을 수 없습니다.` in code page 949, as cmd.exe on a Korean Windows prints it (made with iconv). */
const notFound = Buffer.from('c1f6c1a4b5c820c6c4c0cfc0bb20c3a3c0bb20bcf620bef8bdc0b4cfb4d92e', 'hex');

describe('The text that a program of this computer printed', () => {
  it('is UTF-8, also if its beginning was cut inside a character', () => {
    assert.equal(localText(Buffer.from('연결 거부: ✗')), '연결 거부: ✗');
    assert.equal(localText(Buffer.from('연결').subarray(1)), '결');
    assert.equal(localText(Buffer.alloc(0)), '');
  });

  it('is read in code page 949 if it is not UTF-8', () => {
    assert.equal(localText(notFound), '지정된 파일을 찾을 수 없습니다.');
    assert.equal(
      localText(Buffer.concat([Buffer.from('ssh: '), notFound])),
      'ssh: 지정된 파일을 찾을 수 없습니다.',
    );
  });

  it('has replacement characters if it is neither', () => {
    assert.match(localText(Buffer.from([0x61, 0xff, 0xff, 0xff, 0xff, 0x62])), /^a\ufffd+b$/);
  });

  (hasProgram('iconv') ? it : it.skip)('agrees with iconv on the 2,350 syllables of KS X 1001', () => {
    const syllables = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index));
    // Without those that KS X 1001 lacks.
    const { stdout } = spawnSync('iconv', ['-c', '-f', 'UTF-8', '-t', 'EUC-KR'], {
      input: syllables.join(''),
    });
    assert.equal(stdout.length, 2 * 2350);
    const back = spawnSync('iconv', ['-f', 'CP949', '-t', 'UTF-8'], { input: stdout, encoding: 'utf8' });
    assert.ok(localText(stdout) === back.stdout);
  });
});
