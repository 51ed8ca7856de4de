import assert from 'node:assert/strict';
import { decodeOther, originLine } from '../../src/jobs/others.ts';

const fields = (more: Readonly<Record<number, string>> = {}): string[] => {
  const whole = ['running', 'r2', 'deploy@laptop2', 'run', 'upgrade', '90', 'r2.upgrade.1', 'n0nce'];
  return whole.map((field, index) => more[index] ?? field);
};

describe('Another run on a node', () => {
  it('is decoded with its computer, kind, step and age', () => {
    assert.deepEqual(decodeOther(fields()), {
      ...{ run: 'r2', who: 'deploy@laptop2', kind: 'run', step: 'upgrade' },
      ...{ job: 'r2.upgrade.1', nonce: 'n0nce', ageMs: 90_000 },
    });
  });

  it('is read without what an earlier or later version does not record', () => {
    const other = decodeOther(fields({ 3: '-', 4: '-', 5: '' }));
    assert.deepEqual(other, {
      ...{ run: 'r2', who: 'deploy@laptop2', job: 'r2.upgrade.1', nonce: 'n0nce', ageMs: 0 },
    });
    assert.equal(decodeOther(fields({ 3: 'purge' }))?.kind, undefined);
    assert.equal(decodeOther(fields({ 2: '-' }))?.who, '');
  });

  it('is limited and printable, whatever another user wrote into its record', () => {
    const other = decodeOther(
      fields({ 1: '../r2', 2: `\u001b[2J\u202eroot@${'x'.repeat(100_000)}`, 3: '__proto__', 4: '../../etc' }),
    );
    assert.equal(other?.run, '');
    assert.equal(other.step, undefined);
    assert.equal(other.kind, undefined);
    assert.ok(other.who.length <= 80);
    assert.match(other.who, /^<U\+001B>\[2J<U\+202E>root@x/);
    assert.equal(decodeOther(fields({ 7: '$(reboot)' }))?.nonce, '');
    assert.equal(decodeOther(fields({ 5: '-9' }))?.ageMs, 0);
    assert.equal(decodeOther(fields({ 6: '../../etc' })), undefined);
    assert.equal(decodeOther([]), undefined);
  });

  it('is recorded as one line, whatever the computer is called', () => {
    const line = originLine({ run: 'r1', who: 'anna\tof\nhome@l\u0000', kind: 'undo' }, 'hosts-file');
    assert.equal(line, 'r1\tanna of home@l<U+0000>\tundo\thosts-file\n');
    assert.equal(originLine({ run: 'r1', who: '', kind: 'run' }, 's'), 'r1\t-\trun\ts\n');
  });
});
