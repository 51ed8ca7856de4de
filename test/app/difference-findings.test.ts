import assert from 'node:assert/strict';
import { DifferenceFindings } from '../../src/app/difference-findings.ts';
import { isDifferenceMarker, readLine } from '../../src/plan/markers.ts';

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const side = (kind: string, size: number): string => `${kind}\t644\troot:root\t-\t${size}`;
const none = '-\t-\t-\t-\t0';

/** Reads lines as a node prints them. */
function findingsOf(lines: readonly string[], secrets: readonly string[] = []) {
  const findings = new DifferenceFindings('a', secrets);
  findings.begin('locale');
  for (const line of lines) {
    const { marker, log } = readLine(`@@stackprep:n0nce\t${line}`, 'n0nce');
    if (!marker) findings.log(log ?? '');
    else if (isDifferenceMarker(marker)) findings.add(marker);
  }
  return findings.difference;
}

describe('What a node prints of differences', () => {
  it('becomes files with both sides, whose pieces are joined', () => {
    const { steps } = findingsOf([
      `file\t${base64('/etc/x')}\t${side('text', 3)}\t${side('text', 6)}`,
      `text\told\t${base64('ab\n')}`,
      `text\tnew\t${base64('abc')}`,
      `text\tnew\t${base64('de\n')}`,
      'effect\tsystemctl\tenable\tchronyd',
      'previewed\tlocale\t0',
    ]);
    const traits = { mode: '644', owner: 'root:root' };
    assert.deepEqual(steps[0]?.files, [
      {
        path: '/etc/x',
        before: { kind: 'text', ...traits, size: 3, text: 'ab\n' },
        after: { kind: 'text', ...traits, size: 6, text: 'abcde\n' },
      },
    ]);
    assert.deepEqual(steps[0]?.effects, [{ program: 'systemctl', args: ['enable', 'chronyd'] }]);
    assert.equal(steps[0]?.end, 'whole');
  });

  it('keeps a file that is not UTF-8, or has NUL, as binary, with every other byte as it is', () => {
    const { steps } = findingsOf([
      `file\t${base64('/etc/a')}\t${none}\t${side('text', 2)}`,
      `text\tnew\t${base64(Buffer.from([0xff, 0x41]))}`,
      `file\t${base64('/etc/b')}\t${none}\t${side('text', 2)}`,
      `text\tnew\t${base64('a\0b')}`,
      `file\t${base64('/etc/c')}\t${none}\t${side('text', 2)}`,
      `text\tnew\t${base64('\ufeffa\r\n\u202e')}`,
      'previewed\tlocale\t77',
    ]);
    assert.deepEqual(
      steps[0]?.files.map(({ after }) => ('text' in after ? after.text : after.kind)),
      ['binary', 'binary', '\ufeffa\r\n\u202e'],
    );
    assert.equal(steps[0]?.end, 'waits');
  });

  it('ignores paths that are none, sides that are none, and lines that are no markers', () => {
    const { steps } = findingsOf([
      `file\t${base64('etc/x')}\t${none}\t${side('text', 2)}`,
      `file\t${base64('/etc/x')}\t${none}`,
      `file\t${base64('/etc/y')}\tconstructor\t9x9\t\t\t\t${side('__proto__', 2)}`,
      'transaction\tinstall\tmany',
      `text\t__proto__\t${base64('x')}`,
      'previewed\tlocale\t-1',
      'previewed\tlocale\t1',
    ]);
    assert.deepEqual(steps[0]?.files, [
      { path: '/etc/y', before: { kind: 'absent' }, after: { kind: 'absent' } },
    ]);
    assert.deepEqual(steps[0]?.transactions, []);
    assert.equal(steps[0]?.end, 'failed');
  });

  it('is limited in number and size, and says that something was left out', () => {
    const piece = `text\tnew\t${'QUFB'.repeat(10_000)}`;
    const many = findingsOf([
      ...Array.from(
        { length: 2_100 },
        (_, at) => `file\t${base64(`/etc/${at}`)}\t${none}\t${side('text', 1)}`,
      ),
      'previewed\tlocale\t0',
    ]);
    assert.equal(many.steps[0]?.files.length, 2_000);
    assert.equal(many.steps[0]?.isCut, true);
    const long = findingsOf([
      `file\t${base64('/etc/x')}\t${none}\t${side('text', 1)}`,
      ...Array.from({ length: 100 }, () => piece),
      'previewed\tlocale\t0',
    ]);
    const after = long.steps[0]?.files[0]?.after;
    assert.equal(after && 'text' in after && after.text, '');
    assert.equal(long.steps[0]?.isCut, true);
    const effects = findingsOf([
      `effect\tip\t${'x'.repeat(9_000)}`,
      ...Array.from({ length: 2_100 }, () => 'effect\tip\tlink'),
      'previewed\tlocale\t0',
    ]).steps[0]?.effects;
    assert.equal(effects?.length, 2_000);
    assert.equal(effects[0]?.args[0]?.length, 4_096);
  });

  it('masks known secrets, and what looks like one, in commands and in the output of the solver', () => {
    const { steps } = findingsOf(
      [
        'effect\tfoo\ts3cretvalue\t--password=hunter22',
        'transaction\tinstall\t1',
        `text\toutput\t${base64('Error: https://u:pa55word@mirror.example.com/ s3cretvalue\n')}`,
        'previewed\tlocale\t1',
      ],
      ['s3cretvalue'],
    );
    const all = JSON.stringify(steps);
    assert.doesNotMatch(all, /s3cretvalue|hunter22|pa55word/);
    assert.match(all, /mirror\.example\.com/);
  });

  it('says why a node shows none', () => {
    assert.equal(findingsOf(['unpreviewed\tno-view']).unavailable, 'no-view');
    assert.equal(findingsOf(['unpreviewed\tconstructor']).unavailable, undefined);
  });
});
