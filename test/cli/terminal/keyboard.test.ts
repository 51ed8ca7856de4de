import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ReadStream } from 'node:tty';
import { keyboardOf } from '../../../src/cli/terminal/keyboard.ts';

/** A terminal that records what happens to it. */
function terminal() {
  const seen: string[] = [];
  const input = Object.assign(new EventEmitter(), {
    setRawMode: (isRaw: boolean) => seen.push(isRaw ? 'echo off' : 'echo on'),
    setEncoding: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
    resume: () => seen.push('read'),
    pause: () => seen.push('pause'),
  }) as unknown as ReadStream;
  const write = (text: string) => void seen.push(`write ${JSON.stringify(text)}`);
  return { seen, input, keyboard: keyboardOf({ input, write, interrupt: () => seen.push('interrupt') }) };
}

const { signal } = new AbortController();

describe('The terminal of a question', () => {
  it('stops the echo before the prompt for a secret, since it may be typed as soon as the prompt is seen', async () => {
    const { seen, input, keyboard } = terminal();
    const answer = keyboard.readLine({ prompt: 'Password: ', echo: false, signal });
    input.emit('data', 'right\r');
    assert.equal(await answer, 'right');
    assert.deepEqual(seen, ['echo off', 'write "Password: "', 'read', 'echo on', 'pause', 'write "\\n"']);
  });

  it('leaves the echo on for other answers', async () => {
    const { seen, input, keyboard } = terminal();
    const answer = keyboard.readLine({ prompt: 'Continue? ', echo: true, signal });
    input.emit('data', 'yes\n');
    assert.equal(await answer, 'yes');
    assert.deepEqual(seen, ['write "Continue? "', 'read', 'pause']);
  });

  it('asks nothing once the run was cancelled', async () => {
    const { seen, keyboard } = terminal();
    const answer = keyboard.readLine({ prompt: 'Password: ', echo: false, signal: AbortSignal.abort() });
    assert.equal(await answer, undefined);
    assert.deepEqual(seen, []);
  });
});
