import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlacedYumEvent } from '../../src/yum/events.ts';
import { createYumParser } from '../../src/yum/parser.ts';
import { fixtures, parse } from './logs.ts';

interface Chunk {
  readonly t: number;
  readonly data?: string;
}

function chunksOf(file: string): readonly Chunk[] {
  const text = readFileSync(join(fixtures, 'chunks', file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Chunk);
}

/** Feeds the chunks as they arrived, with an idle period after each. */
function replay(chunks: readonly string[]): PlacedYumEvent[][] {
  const parser = createYumParser();
  const seen = chunks.map((chunk) => [...parser.push(chunk), ...parser.idle(), ...parser.idle()]);
  return [...seen, [...parser.end()]];
}

describe('The yum parser after an idle period', () => {
  for (const file of readdirSync(join(fixtures, 'chunks'))) {
    it(`finds the same in ${file} as without one`, () => {
      const chunks = chunksOf(file).map(({ data }) => data ?? '');
      assert.deepEqual(replay(chunks).flat(), parse(chunks.join('')));
    });
  }

  it('reports a step of yum 3 before the end of its line has arrived', () => {
    const chunks = chunksOf('yum3-callback-simulated.jsonl').map(({ data }) => data ?? '');
    const steps = replay(chunks).map((events) => events.filter(({ type }) => type === 'step').length);
    assert.deepEqual(steps.slice(0, 3), [0, 1, 1]);
  });

  it('reports a question once, and then what follows on its line', () => {
    const types = replay(['Is this ok [y/N]: ', '', 'Operation aborted.\n']).map((events) =>
      events.map(({ type }) => type),
    );
    assert.deepEqual(types, [['prompt'], [], ['aborted'], []]);
  });

  it('reports nothing twice when the question is answered', () => {
    assert.equal(replay(['Is this ok [y/N]: ', 'y\n']).flat().length, 1);
  });

  it('corrects a step whose counter was cut', () => {
    const events = replay(['  Installing : foo-1-1.el7.x86_64   1/1', '06 \n']).flat();
    const steps = events.flatMap((event) => (event.type === 'step' ? [[event.total, event.rows]] : []));
    assert.deepEqual(steps, [
      [1, 1],
      [106, 0],
    ]);
  });

  it('does not parse half a line of another kind', () => {
    const parser = createYumParser();
    parser.push('Nothing to');
    assert.deepEqual(parser.idle(), []);
    assert.deepEqual(
      parser.push(' do\n').map(({ type }) => type),
      ['nothing-to-do'],
    );
  });
});
