import assert from 'node:assert/strict';
import { SudoPasswords, type Try } from '../../../src/remote/sudo/passwords.ts';

const forever = new AbortController().signal;

describe('sudo passwords of a session', () => {
  let passwords: SudoPasswords;
  let asked: string[];
  let judged: boolean[];
  beforeEach(() => {
    passwords = new SudoPasswords();
    asked = [];
    judged = [];
  });
  const take = (
    node: string,
    answer: string | undefined,
    more: { signal?: AbortSignal; group?: string } = {},
  ) =>
    passwords.take({
      ...{ group: more.group ?? 'lab', user: 'admin', node, signal: more.signal ?? forever },
      ask: async (isRepeated) => {
        asked.push(`${node}${isRepeated ? ' again' : ''}`);
        return answer;
      },
      judged: (isRight) => judged.push(isRight),
    });
  const got = async (attempt: Promise<Try | undefined>): Promise<Try> => {
    const given = await attempt;
    assert.ok(given);
    return given;
  };
  const settled = async (promise: Promise<unknown>): Promise<boolean> => {
    const none = Symbol('none');
    await new Promise((resolve) => setImmediate(resolve));
    return (await Promise.race([promise, Promise.resolve(none)])) !== none;
  };

  it('ask once for many nodes, and give the others the password only when it is proven on one', async () => {
    const first = await got(take('a', 'right'));
    const others = [take('b', 'never'), take('c', 'never')];
    assert.equal(await settled(Promise.race(others)), false);
    first.accepted();
    for (const other of others) assert.equal((await got(other)).password, 'right');
    assert.equal((await got(take('d', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a']);
  });

  it('try a wrong one on a single node, and ask again for the next', async () => {
    const first = await got(take('a', 'wrong'));
    const other = take('b', 'right');
    first.refused();
    const second = await got(other);
    assert.equal(second.password, 'right');
    second.accepted();
    assert.deepEqual(asked, ['a', 'b again']);
    assert.deepEqual(judged, [false, true]);
  });

  it('wait no longer for a node whose sudo says neither, and keep what it says in the end', async () => {
    const first = await got(take('a', 'right'));
    const second = take('b', 'never');
    const third = take('c', 'never');
    assert.equal(await settled(Promise.race([second, third])), false);
    first.hesitates();
    assert.equal((await got(second)).password, 'right');
    assert.equal(await settled(third), false);
    first.accepted();
    (await got(second)).hesitates();
    assert.equal((await got(third)).password, 'right');
    assert.equal((await got(take('d', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a']);
  });

  it('leave whoever is called off while another node tries', async () => {
    const first = await got(take('a', 'right'));
    const stop = new AbortController();
    const other = take('b', 'never', { signal: stop.signal });
    stop.abort();
    assert.equal(await other, undefined);
    first.accepted();
  });

  it('ask nobody any more when the person gives none', async () => {
    const answers = await Promise.all([take('a', undefined), take('b', 'x'), take('c', 'x')]);
    assert.deepEqual(answers, [undefined, undefined, undefined]);
    assert.deepEqual(asked, ['a']);
  });

  it('let the next one ask when the one who asked was called off', async () => {
    const stop = new AbortController();
    const first = passwords.take({
      ...{ group: 'lab', user: 'admin', node: 'a', signal: stop.signal },
      judged: () => undefined,
      ask: () => new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(undefined))),
    });
    const other = take('b', 'right');
    stop.abort();
    assert.equal(await first, undefined);
    assert.equal((await got(other)).password, 'right');
  });

  it('keep one that could not be tried for the next node', async () => {
    (await got(take('a', 'right'))).untried();
    assert.equal((await got(take('b', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a']);
  });

  it('ask separately for a node where the others’ password is wrong, and never try that there again', async () => {
    (await got(take('a', 'right'))).accepted();
    (await got(take('b', 'never'))).refused();
    const own = await got(take('b', 'other'));
    assert.equal(own.password, 'other');
    own.accepted();
    assert.equal((await got(take('b', 'never'))).password, 'other');
    assert.equal((await got(take('a', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a', 'b again']);
  });

  it('never give one cluster’s password to another', async () => {
    (await got(take('a', 'right'))).accepted();
    assert.equal((await got(take('a', 'other', { group: 'production' }))).password, 'other');
  });

  it('forget all', async () => {
    (await got(take('a', 'right'))).accepted();
    passwords.clear();
    assert.equal((await got(take('a', 'new'))).password, 'new');
  });
});
