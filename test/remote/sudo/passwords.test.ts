import assert from 'node:assert/strict';
import {
  type DeclinedPasswords,
  type PasswordAttempt,
  SudoPasswords,
} from '../../../src/remote/sudo/passwords.ts';

const forever = new AbortController().signal;

describe('The sudo passwords of a session', () => {
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
    more: { signal?: AbortSignal; group?: string; declined?: DeclinedPasswords } = {},
  ) =>
    passwords.take({
      ...(more.declined && { declined: more.declined }),
      ...{ group: more.group ?? 'lab', user: 'admin', node, signal: more.signal ?? forever },
      ask: async (isRepeated) => {
        asked.push(`${node}${isRepeated ? ' again' : ''}`);
        return answer;
      },
      checked: (isRight) => judged.push(isRight),
    });
  const got = async (attempt: Promise<PasswordAttempt | undefined>): Promise<PasswordAttempt> => {
    const given = await attempt;
    assert.ok(given);
    return given;
  };
  const settled = async (promise: Promise<unknown>): Promise<boolean> => {
    const none = Symbol('none');
    await new Promise((resolve) => setImmediate(resolve));
    return (await Promise.race([promise, Promise.resolve(none)])) !== none;
  };

  it('are asked for once, and used for other nodes only after one node has accepted them', async () => {
    const first = await got(take('a', 'right'));
    const others = [take('b', 'never'), take('c', 'never')];
    assert.equal(await settled(Promise.race(others)), false);
    first.accepted();
    for (const other of others) assert.equal((await got(other)).password, 'right');
    assert.equal((await got(take('d', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a']);
  });

  it('are tried on a single node, and asked for again if it refuses', async () => {
    const first = await got(take('a', 'wrong'));
    const other = take('b', 'right');
    first.refused();
    const second = await got(other);
    assert.equal(second.password, 'right');
    second.accepted();
    assert.deepEqual(asked, ['a', 'b again']);
    assert.deepEqual(judged, [false, true]);
  });

  it('are tried on the next node if sudo is slow to decide on the first', async () => {
    const first = await got(take('a', 'right'));
    const second = take('b', 'never');
    const third = take('c', 'never');
    assert.equal(await settled(Promise.race([second, third])), false);
    first.timedOut();
    assert.equal((await got(second)).password, 'right');
    assert.equal(await settled(third), false);
    first.accepted();
    (await got(second)).timedOut();
    assert.equal((await got(third)).password, 'right');
    assert.equal((await got(take('d', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a']);
  });

  it('are no longer awaited by a node that is cancelled', async () => {
    const first = await got(take('a', 'right'));
    const stop = new AbortController();
    const other = take('b', 'never', { signal: stop.signal });
    stop.abort();
    assert.equal(await other, undefined);
    first.accepted();
  });

  it('are not asked for again if the user enters none', async () => {
    const answers = await Promise.all([take('a', undefined), take('b', 'x'), take('c', 'x')]);
    assert.deepEqual(answers, [undefined, undefined, undefined]);
    assert.deepEqual(asked, ['a']);
  });

  it('are not asked for again in the run by a node that comes late, and are in the next run', async () => {
    const declined: DeclinedPasswords = new Set();
    for (const node of ['a', 'b', 'c']) assert.equal(await take(node, undefined, { declined }), undefined);
    assert.deepEqual(asked, ['a']);
    (await got(take('a', 'right', { declined: new Set() }))).accepted();
    assert.equal((await got(take('b', 'never', { declined }))).password, 'right');
    assert.deepEqual(asked, ['a', 'a']);
  });

  it('that one node wants for itself are declined for that node alone', async () => {
    const declined: DeclinedPasswords = new Set();
    (await got(take('a', 'right', { declined }))).accepted();
    for (const node of ['b', 'c']) (await got(take(node, 'never', { declined }))).refused();
    for (const time of [1, 2]) assert.equal(await take('b', undefined, { declined }), undefined, `${time}`);
    assert.equal((await got(take('c', 'own', { declined }))).password, 'own');
    assert.deepEqual(asked, ['a', 'b again', 'c again']);
  });

  it('are asked for again in the run if only the node that asked was cancelled', async () => {
    const declined: DeclinedPasswords = new Set();
    assert.equal(await take('a', undefined, { declined, signal: AbortSignal.abort() }), undefined);
    assert.equal((await got(take('b', 'right', { declined }))).password, 'right');
  });

  it('are asked for by the next node if the node that asked is cancelled', async () => {
    const stop = new AbortController();
    const first = passwords.take({
      ...{ group: 'lab', user: 'admin', node: 'a', signal: stop.signal },
      checked: () => undefined,
      ask: () => new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(undefined))),
    });
    const other = take('b', 'right');
    stop.abort();
    assert.equal(await first, undefined);
    assert.equal((await got(other)).password, 'right');
  });

  it('are used for the next node if they could not be tried', async () => {
    (await got(take('a', 'right'))).untried();
    assert.equal((await got(take('b', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a']);
  });

  it('are asked for separately for a node that refuses the common one, which is never tried there again', async () => {
    (await got(take('a', 'right'))).accepted();
    (await got(take('b', 'never'))).refused();
    const own = await got(take('b', 'other'));
    assert.equal(own.password, 'other');
    own.accepted();
    assert.equal((await got(take('b', 'never'))).password, 'other');
    assert.equal((await got(take('a', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a', 'b again']);
  });

  it('are used on a node that refused an earlier, wrong one', async () => {
    (await got(take('a', 'wrong'))).refused();
    (await got(take('b', 'right'))).accepted();
    assert.equal((await got(take('a', 'never'))).password, 'right');
    assert.deepEqual(asked, ['a', 'b again']);
  });

  it('are never used for another cluster', async () => {
    (await got(take('a', 'right'))).accepted();
    assert.equal((await got(take('a', 'other', { group: 'production' }))).password, 'other');
  });

  it('can be cleared', async () => {
    (await got(take('a', 'right'))).accepted();
    passwords.clear();
    assert.equal((await got(take('a', 'new'))).password, 'new');
  });
});
