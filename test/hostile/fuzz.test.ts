import assert from 'node:assert/strict';
import { boundaries } from '../fuzz/boundaries.ts';
import { corpusOf } from '../fuzz/corpus.ts';
import { fuzz } from '../fuzz/fuzz.ts';
import { random } from '../support/random.ts';

describe('Foreign input', () => {
  for (const boundary of boundaries)
    it(`causes no exception and no delay as ${boundary.name}, mutated or found by earlier runs`, () => {
      // A cluster file costs a hundred times as much as a line.
      let left = boundary.name === 'cluster-file' ? 40 : 300;
      const faults = fuzz(boundary, [...boundary.seeds, ...corpusOf(boundary.name)], random(7), {
        goesOn: () => left-- > 0,
        onNew: () => undefined,
      });
      assert.deepEqual(faults, []);
    });
});
