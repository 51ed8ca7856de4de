import assert from 'node:assert/strict';
import { decodeSettings } from '../../src/client/settings.ts';

const decode = (values: Readonly<Record<string, unknown>>) => decodeSettings((key) => values[key]);

describe('The settings', () => {
  it('have their defaults when nothing is set', () => {
    assert.deepEqual(decode({}), {
      confirmRun: true,
      groupBy: 'node',
      failuresFirst: false,
      lensDensity: 'all',
      parallelNodes: 16,
      logs: { level: 'all', keepDays: 30, keepMegabytes: 1000 },
      secrets: { command: [], file: '' },
      demo: { system: 'el7', pace: 'realistic', scenarios: [] },
    });
  });

  it('are used when they are valid', () => {
    const settings = decode({
      'stackprep.confirmRun': false,
      'stackprep.groupBy': 'step',
      'stackprep.failuresFirst': true,
      'stackprep.codeLens.density': 'steps',
      'stackprep.parallelNodes': 4,
      'stackprep.logs.level': 'errors',
      'stackprep.logs.keepDays': 7,
      'stackprep.secrets.command': ['pass', 'show', '{name}'],
      'stackprep.secrets.file': '/secrets.json',
      'stackprep.demo.system': 'el9',
      'stackprep.demo.pace': 'fast',
      'stackprep.demo.scenarios': ['yum-lock', 'nonsense', 'node-down'],
    });
    assert.deepEqual(settings, {
      confirmRun: false,
      groupBy: 'step',
      failuresFirst: true,
      lensDensity: 'steps',
      parallelNodes: 4,
      logs: { level: 'errors', keepDays: 7, keepMegabytes: 1000 },
      secrets: { command: ['pass', 'show', '{name}'], file: '/secrets.json' },
      demo: { system: 'el9', pace: 'fast', scenarios: ['node-down', 'yum-lock'] },
    });
  });

  it('fall back to their defaults when they are invalid, so that a run always asks for confirmation', () => {
    for (const value of ['false', 0, null, []])
      assert.equal(decode({ 'stackprep.confirmRun': value }).confirmRun, true);
    for (const value of [0, 65, 1.5, '4'])
      assert.equal(decode({ 'stackprep.parallelNodes': value }).parallelNodes, 16);
    assert.equal(decode({ 'stackprep.groupBy': 'colour' }).groupBy, 'node');
  });
});
