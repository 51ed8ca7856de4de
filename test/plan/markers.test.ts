import assert from 'node:assert/strict';
import { readLine } from '../../src/plan/markers.ts';

describe('A line that a node prints', () => {
  const marker = '@@stackprep:n0nce\tresult\tlocale\tfailed\tapply-failed\t3';
  const decoded = {
    type: 'result',
    step: 'locale',
    outcome: 'failed',
    reason: { code: 'apply-failed', args: ['3'] },
  };

  it('is a marker without log text if it starts with one', () => {
    assert.deepEqual(readLine(marker, 'n0nce'), { marker: decoded });
  });

  it('is log text and a marker if a program printed text without a newline before the marker', () => {
    for (const log of ['x', ' ', '\t', 'downloading 50%', 'error: 자물쇠', '@@stackprep:other\tend', '@@'])
      assert.deepEqual(readLine(`${log}${marker}`, 'n0nce'), { log, marker: decoded }, log);
  });

  it('is only log text if its nonce is another one or its marker is malformed', () => {
    for (const line of [
      '',
      'a line',
      marker.replace('n0nce', 'n0nc'),
      marker.replace('\t', ' '),
      marker.replace('result', 'constructor'),
      marker.replace('failed', 'toString'),
      '@@stackprep:n0nce\t',
      '@@stackprep:n0nce\tbegin\t',
      '@@stackprep:n0nce\tbegin\t7a',
      '@@stackprep:n0nce\tphase\tend',
      '@@stackprep:n0nce\tstate\tlocale\tchanged',
    ])
      for (const before of ['', 'text ', '@@stackprep:n0nce\t'])
        assert.deepEqual(readLine(`${before}${line}`, 'n0nce'), { log: `${before}${line}` });
  });

  it('ends a marker of each type with its fields', () => {
    const read = (fields: string) => readLine(`text@@stackprep:n0nce\t${fields}`, 'n0nce').marker;
    assert.deepEqual(
      [
        'begin\t71',
        'fact\tel\t9',
        'fact\tel',
        'step\tlocale',
        'phase\tapply',
        'because\tfile-differs\t/a\tb',
        'state\tlocale\tdrifted',
        'notice\tat-reboot',
        'result\tlocale\tunchanged',
        'prove',
        'end',
      ].map(read),
      [
        { type: 'begin', pid: 71 },
        { type: 'fact', key: 'el', value: '9' },
        { type: 'fact', key: 'el', value: '' },
        { type: 'step', step: 'locale' },
        { type: 'phase', phase: 'apply' },
        { type: 'because', reason: { code: 'file-differs', args: ['/a', 'b'] } },
        { type: 'state', step: 'locale', state: 'drifted' },
        { type: 'notice', reason: { code: 'at-reboot', args: [] } },
        { type: 'result', step: 'locale', outcome: 'unchanged' },
        { type: 'prove' },
        { type: 'end' },
      ],
    );
  });
});
