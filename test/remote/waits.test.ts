import assert from 'node:assert/strict';
import { Waits } from '../../src/remote/base/waits.ts';

describe('What a login waits for', () => {
  /** Resolves with each wait that is shown; `none` when nothing is. */
  function watch(noticeMs: number) {
    const shown: string[] = [];
    let wake: () => void = () => undefined;
    const waits = new Waits(noticeMs, (wait) => {
      shown.push(wait ? [wait.code, ...wait.args].join(' ') : 'none');
      wake();
    });
    const until = async (count: number) => {
      while (shown.length < count)
        await new Promise<void>((resolve) => {
          // The timers of waits do not keep the process.
          const keep = setTimeout(resolve, 50);
          wake = () => {
            clearTimeout(keep);
            resolve();
          };
        });
      return shown;
    };
    return { waits, shown, until };
  }

  it('is shown after a while, and no longer when it is over', async () => {
    const { waits, until } = watch(5);
    const end = waits.begin('wait-login', 'node:22', 'root');
    assert.deepEqual(await until(1), ['wait-login node:22 root']);
    end();
    end();
    assert.deepEqual(await until(2), ['wait-login node:22 root', 'none']);
  });

  it('is not shown if it is over before', async () => {
    const { waits, shown } = watch(60_000);
    assert.equal(await waits.during(async () => 'done', 'wait-agent'), 'done');
    await assert.rejects(waits.during(() => Promise.reject(new Error('x')), 'wait-agent'));
    assert.deepEqual(shown, []);
  });

  it('is the innermost of several', async () => {
    const { waits, until } = watch(5);
    const endOuter = waits.begin('wait-jump', 'jump');
    await until(1);
    const endInner = waits.begin('wait-dial', 'place');
    await until(2);
    endInner();
    endOuter();
    assert.deepEqual(await until(4), ['wait-jump jump', 'wait-dial place', 'wait-jump jump', 'none']);
  });

  it('is not shown while the user is asked, and begins again after the answer', async () => {
    const { waits, shown, until } = watch(5);
    const end = waits.begin('wait-login', 'place', 'root');
    await until(1);
    await waits.whilePrompt(async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      assert.deepEqual(shown, ['wait-login place root', 'none']);
    });
    await until(3);
    end();
    assert.deepEqual(shown, ['wait-login place root', 'none', 'wait-login place root', 'none']);
  });
});
