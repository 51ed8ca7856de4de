import assert from 'node:assert/strict';
import type { ClientChannel } from '../../../src/remote/base/ssh2.ts';
import type { Target } from '../../../src/remote/base/target.ts';
import type { Output } from '../../../src/remote/base/transport.ts';
import { createDialogue } from '../../../src/remote/sudo/dialogue.ts';

const words = { prompt: 'ask-1f: ', begun: 'begun-1f' };
type Data = Extract<Output, { type: 'data' }>;
const data = (stream: Data['stream'], text: string): Data => ({
  type: 'data',
  stream,
  bytes: Buffer.from(text),
});

/** Feeds the outputs in this order; returns what is passed on and what is written to the input. */
function talk(outputs: readonly Data[]): { readonly passed: readonly string[]; readonly input: string } {
  let input = '';
  const channel = {
    write: (bytes: string | Buffer) => {
      input += bytes.toString();
      return true;
    },
    end: (bytes?: Buffer) => {
      input += `${bytes?.toString() ?? ''}<end>`;
    },
  };
  const dialogue = createDialogue({
    target: { node: 'openstack1' } as Target,
    words,
    input: Buffer.from('script'),
    tty: false,
    limits: { sudoMs: 60_000, sudoTotalMs: 60_000, sudoHesitateMs: 60_000 },
    attempt: {
      password: 'open sesame',
      untried: () => undefined,
      accepted: () => undefined,
      refused: () => undefined,
      timedOut: () => undefined,
    },
  });
  const passed = outputs
    .flatMap((output) => dialogue.onOutput(output, channel as unknown as ClientChannel))
    .map((output) =>
      output.type === 'data' ? `${output.stream}: ${Buffer.from(output.bytes)}` : output.type,
    );
  return { passed, input };
}

describe('The conversation with sudo over pipes', () => {
  it('loses no output that arrives before the start marker', () => {
    const { passed, input } = talk([
      data('stdout', 'a word of .bashrc\n'),
      data('stderr', 'ask-1f: '),
      data('stdout', 'begun-1f\n0\n'),
      data('stdout', 'more\n'),
      data('stderr', '\nbegun-1f\nerr\n'),
      data('stderr', 'err again\n'),
    ]);
    assert.deepEqual(passed, ['stdout: 0\n', 'stdout: more\n', 'stderr: err\n', 'stderr: err again\n']);
    assert.equal(input, 'open sesame\n\nscript<end>');
  });

  it('drops the output of a start file, however it is split', () => {
    const pieces = [...'noise\nbegun-1f\n'].map((letter) => data('stdout', letter));
    const { passed } = talk([...pieces, data('stderr', 'begun-1f\n'), data('stdout', 'own\n')]);
    assert.deepEqual(passed, ['stdout: own\n']);
  });
});
