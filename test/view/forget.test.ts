import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import type { KeptOnNode } from '../../src/jobs/kept.ts';
import { decodeKept } from '../../src/jobs/kept.ts';
import {
  forgetNotes,
  forgetRefusal,
  forgottenText,
  isNothingKept,
  type Kept,
  keptLines,
} from '../../src/view/forget.ts';

const nothing: KeptOnNode = { kilobytes: 0, jobs: 0, guards: 0, undo: [], ran: [], files: [] };
const full: KeptOnNode = {
  ...{ kilobytes: 3000, jobs: 4, guards: 1 },
  ...{ undo: ['locale', 'sshd'], ran: ['tune'], files: ['/etc/profile.d/stackprep.sh'] },
};
const here = { hostKeys: 1, runs: 2, bytes: 2048, unfinished: 0, isBusy: false };
const of = (more: Partial<Kept> = {}): Kept => ({
  ...{ node: 'n1', onNode: { type: 'kept', kept: full }, here, secrets: 0 },
  ...more,
});
const failed = (code: 'refused' | 'cancelled' | 'later-format'): Partial<Kept> => ({
  onNode: { type: 'failed', failure: { code, message: msg('No way.'), action: msg('Try again.') } },
});
const time = (): string => '22:14';

describe('What Forget Node shows', () => {
  it('is what is kept on the node and on this computer, in one line each', () => {
    assert.deepEqual(keptLines(of({ secrets: 1 })).map(english), [
      'On n1: jobs: 4, backups for undo: 2, records of steps: 1, units for a rollback at boot: 1 (3 MB)',
      'On this computer: saved host keys: 1, runs with logs: 2 (2 kB), stored passwords: 1',
    ]);
  });

  it('names what can no longer be undone, what runs again and what stays in effect', () => {
    assert.deepEqual(forgetNotes(of()).map(english), [
      'Can no longer be undone: locale, sshd',
      'Will run again, since their records are removed: tune',
      'Stay in effect; undo the steps first to remove them: /etc/profile.d/stackprep.sh',
    ]);
  });

  it('says that a node that cannot be reached keeps what it has', () => {
    const kept = of(failed('refused'));
    assert.equal(forgetRefusal(kept, time), undefined);
    assert.equal(isNothingKept(kept), false);
    assert.deepEqual(forgetNotes(kept).map(english), [
      'No way. Try again.',
      'What Stackprep keeps on n1 stays there; only what is on this computer is removed.',
    ]);
    assert.deepEqual(keptLines(kept).length, 1);
    assert.equal(english(forgottenText(kept)), 'n1 was forgotten on this computer only.');
  });

  it('is a refusal while a run works on the node, here or elsewhere, or if the node has jobs of a later version', () => {
    const by = { who: 'deploy@laptop2', run: 'r', kind: 'run', step: 'upgrade', since: 0 } as const;
    const text = (kept: Kept): string => english(forgetRefusal(kept, time) ?? msg('none'));
    assert.equal(
      text(of({ onNode: { type: 'occupied', by } })),
      'n1: deploy@laptop2 has been running upgrade here since 22:14. Nothing was removed.',
    );
    assert.equal(
      text(of({ here: { ...here, isBusy: true } })),
      'A run is already in progress on n1. Wait for it to finish.',
    );
    assert.equal(text(of(failed('later-format'))), 'No way. Try again.');
    assert.equal(text(of(failed('cancelled'))), 'No way. Try again.');
    assert.equal(text(of()), 'none');
  });

  it('mentions unfinished runs, whose logs stay', () => {
    const notes = forgetNotes(of({ here: { ...here, unfinished: 1 } })).map(english);
    assert.equal(notes.at(-1), 'Unfinished runs keep their logs: 1. Resume or discard them first.');
  });

  it('is nothing for a node that Stackprep does not know', () => {
    const empty = { hostKeys: 0, runs: 0, bytes: 0, unfinished: 0, isBusy: false };
    const kept = of({ onNode: { type: 'kept', kept: nothing }, here: empty });
    assert.equal(isNothingKept(kept), true);
    assert.deepEqual(keptLines(kept).map(english), ['On n1: nothing', 'On this computer: nothing']);
  });
});

describe('The answer of a node to Forget Node', () => {
  it('is decoded, and words that are no ids or paths are left out', () => {
    assert.deepEqual(
      decodeKept(['3000', '4', '1', 'sshd locale ', 'tune <b>', '/etc/profile.d/stackprep.sh x']),
      full,
    );
    assert.deepEqual(decodeKept(['0', '0', '0', '', '', '']), nothing);
  });

  it('is refused if a number is malformed or missing', () => {
    for (const fields of [[], ['1', '2'], ['-1', '0', '0'], ['1e9', '0', '0'], ['1'.repeat(20), '0', '0']])
      assert.equal(decodeKept(fields), undefined);
  });

  it('is decoded quickly, however long it is', () => {
    const kept = decodeKept([
      '1',
      '1',
      '1',
      'a '.repeat(100_000),
      `${'-'.repeat(100_000)}`,
      '/'.repeat(100_000),
    ]);
    assert.deepEqual([kept?.undo.length, kept?.ran, kept?.files], [500, [], []]);
  });
});
