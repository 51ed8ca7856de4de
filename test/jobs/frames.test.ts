import assert from 'node:assert/strict';
import { createFrames, type Frame, maxHeadBytes, maxNoiseBytes } from '../../src/jobs/frames.ts';
import { random } from '../support/random.ts';

function text(frames: readonly Frame[]) {
  return frames.map((frame) =>
    frame.type === 'data' ? { ...frame, bytes: Buffer.from(frame.bytes).toString('latin1') } : frame,
  );
}

const stream = Buffer.concat([
  Buffer.from('Welcome!\nno newline@@x1\tstate\trunning\t3\n@@x1\tjoined\tr.s.1\tn1\t안나@laptop\n'),
  Buffer.from('@@x1\tdata\t0\t8\n'),
  Buffer.from([0, 255, 10, 64, 64, 120, 49, 9]),
  Buffer.from('@@x1\talive\t8\n@@x1\torphan\n@@x1\tshorter\t2\n@@x1\tcancelling\ttransaction\n'),
  Buffer.from(
    '@@x1\trefused\tnot-staged\t/var\t12\n@@x1\tproven\n@@x1\tended\t0\t8\tabc\n@@x1\tgone\trebooted\n',
  ),
]);
const whole = [
  { type: 'state', state: 'running', size: 3 },
  { type: 'joined', job: 'r.s.1', nonce: 'n1', who: '안나@laptop' },
  { type: 'data', offset: 0, bytes: '\u0000\u00ff\n@@x1\t' },
  { type: 'alive', offset: 8 },
  { type: 'orphan' },
  { type: 'shorter', size: 2 },
  { type: 'cancelling', state: 'transaction' },
  { type: 'refused', why: 'not-staged', values: ['/var', '12'] },
  { type: 'proven' },
  { type: 'ended', code: '0', size: 8, sum: 'abc' },
  { type: 'gone', state: 'rebooted' },
];

describe('The frames of a node', () => {
  it('follow the output of any profile script, and log bytes are never parsed as frames', () => {
    assert.deepEqual(text(createFrames('x1').push(stream)), whole);
  });

  it('are the same however the stream is split', () => {
    const { below } = random(11);
    for (let round = 0; round < 200; round += 1) {
      const reader = createFrames('x1');
      const frames: Frame[] = [];
      for (let at = 0; at < stream.length; ) {
        const to = at + 1 + below(9);
        frames.push(...reader.push(stream.subarray(at, to)));
        at = to;
      }
      const data = frames.filter((frame) => frame.type === 'data');
      assert.equal(Buffer.concat(data.map(({ bytes }) => bytes)).toString('latin1'), '\u0000\u00ff\n@@x1\t');
      assert.deepEqual(
        frames.filter(({ type }) => type !== 'data'),
        whole.filter(({ type }) => type !== 'data'),
      );
    }
  });

  it('end with one protocol error if the stream is damaged', () => {
    const { below } = random(13);
    for (let round = 0; round < 500; round += 1) {
      const damaged = Buffer.from(stream);
      for (let hit = 0; hit < 3; hit += 1) damaged[below(damaged.length)] = below(256);
      const frames = createFrames('x1').push(damaged);
      const faults = frames.filter(({ type }) => type === 'fault');
      assert.ok(faults.length <= 1);
      if (faults.length === 1) assert.equal(frames.at(-1)?.type, 'fault');
      for (const frame of frames)
        if (frame.type === 'data') assert.ok(frame.offset + frame.bytes.length <= 10 ** 15);
    }
    for (const bad of ['@@x1\tdata\t-1\t5\n', '@@x1\tdata\t0\t0\n', '@@x1\tstate\tfine\t0\n', '@@x1\tboo\n'])
      assert.equal(createFrames('x1').push(Buffer.from(bad))[0]?.type, 'fault');
    assert.deepEqual(createFrames('x1').push(Buffer.from('@@x2\tproven\n')), []);
  });

  it('end with a protocol error if no frame appears in a large amount of output', () => {
    const reader = createFrames('x1');
    const noise = Buffer.alloc(40_000, 'noise\n');
    assert.deepEqual(reader.push(noise), []);
    assert.equal(reader.push(noise)[0]?.type, 'fault');
  });

  const typesOf = (...texts: readonly string[]) => {
    const reader = createFrames('x1');
    return texts.flatMap((part) => reader.push(Buffer.from(part)).map(({ type }) => type));
  };
  /** The result for the text in one piece, which must be the same if its end arrives byte by byte. */
  const typesHowever = (...texts: readonly string[]) => {
    const text = texts.join('');
    const types = typesOf(text);
    assert.deepEqual(typesOf(text.slice(0, -100), ...text.slice(-100)), types);
    return types;
  };
  const first = '@@x1\tproven\n';

  it('may follow 64 KiB of other output, the first frame included, and no byte more', () => {
    assert.equal(maxNoiseBytes, 65_536);
    const room = maxNoiseBytes - (first.length - 1);
    for (const [noise, lines] of [
      ['a'.repeat(room - 1), '\n'],
      ['a'.repeat(room), ''],
      ['a\n'.repeat((room - (room % 2)) / 2), 'b'.repeat(room % 2)],
    ] as const) {
      assert.deepEqual(typesHowever(noise, lines, first, first), ['proven', 'proven']);
      assert.deepEqual(typesHowever(`a${noise}`, lines, first, first), ['fault']);
    }
    assert.deepEqual(typesHowever('a'.repeat(maxNoiseBytes)), []);
    assert.deepEqual(typesHowever('a'.repeat(maxNoiseBytes + 1)), ['fault']);
    assert.deepEqual(typesHowever(`${'a'.repeat(maxNoiseBytes + 1)}\n`), ['fault']);
  });

  it('have heads of 4 KiB at most, except that the first may follow other output on its line', () => {
    assert.equal(maxHeadBytes, 4096);
    const start = '@@x1\trefused\tnot-staged\t';
    const head = `${start}${'v'.repeat(maxHeadBytes - start.length)}`;
    assert.deepEqual(typesHowever(first, `${head}\n`, first), ['proven', 'refused', 'proven']);
    assert.deepEqual(typesHowever(first, `${head}v\n`, first), ['proven', 'fault']);
    assert.deepEqual(typesHowever(first, head), ['proven']);
    assert.deepEqual(typesHowever(first, `${head}v`), ['proven', 'fault']);
    assert.deepEqual(typesHowever(`${head}v\n`, first), ['refused', 'proven']);
  });

  it('quote 200 characters of what is no frame: all output before the first one, and later the line alone', () => {
    const faultOf = (text: string) => createFrames('x1').push(Buffer.from(text)).at(-1);
    const noise = 'noise\n'.repeat(20_000);
    assert.deepEqual(faultOf(noise), { type: 'fault', text: noise.slice(0, 200) });
    const line = 'x'.repeat(maxHeadBytes + 1);
    assert.deepEqual(faultOf(`Welcome!\n${first}${line}`), { type: 'fault', text: line.slice(0, 200) });
    assert.deepEqual(faultOf(`Welcome!\n${first}${'y'.repeat(300)}\n`), {
      type: 'fault',
      text: 'y'.repeat(200),
    });
  });
});
