import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { chunksOf, corpus, eventsOf, findingsOf, recordFile, recordOf } from './recorded.ts';

const head = 'file\tevents\tfindings\tcarried';
const isRecording = process.env.STACKPREP_RECORD === '1';

/** Numbers that are the same in every run; a linear congruential generator. */
function numbers(seed: number): () => number {
  let value = seed;
  return () => {
    value = (value * 1_103_515_245 + 12_345) % 2_147_483_648;
    return value / 2_147_483_648;
  };
}

describe('The reader of package logs', () => {
  const logs = corpus();

  it('finds in every log of the corpora what was recorded (STACKPREP_RECORD=1 records a wanted change)', () => {
    const rows = logs.map((log) => [log.name, ...recordOf(log)].join('\t'));
    if (isRecording) writeFileSync(recordFile, `${[head, ...rows].join('\n')}\n`);
    const recorded = readFileSync(recordFile, 'utf8').trimEnd().split('\n').slice(1);
    assert.deepEqual(
      rows.filter((row) => !recorded.includes(row)),
      [],
    );
    assert.equal(rows.length, recorded.length);
  });

  it('finds the same in every log however its text is divided into chunks', () => {
    const random = numbers(19);
    for (const { name, text } of logs) {
      const [events, findings] = [eventsOf([text]), findingsOf([text])];
      for (const longest of [2, 50, 3000]) {
        const next = () => 1 + Math.floor(random() * longest);
        assert.equal(eventsOf(chunksOf(text, next)), events, name);
        assert.equal(findingsOf(chunksOf(text, next)), findings, name);
      }
    }
  });
});
