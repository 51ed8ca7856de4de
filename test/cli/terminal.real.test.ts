import assert from 'node:assert/strict';
import { hasProgram } from '../support/programs.ts';
import { builtCommand, printed, run, type Served, serve, start } from './built.ts';
import { type Folder, temporaryFolder } from './folder.ts';

describe('The built command line on a terminal', () => {
  let folder: Folder;
  let nodes: Served;
  before(async () => {
    folder = await temporaryFolder();
    nodes = await serve(folder.path, '--system', 'el9', '--pace', 'fast');
  });
  after(async () => {
    assert.equal(await nodes.stop(), 0);
    await folder.remove();
  });
  const command = (...args: readonly string[]): readonly string[] => {
    const [name = '', ...rest] = args;
    return [...builtCommand(), name, nodes.clusterFile, ...nodes.options, ...rest];
  };
  /** Runs the command in a new terminal with the given keys as input. */
  const inTerminal = (args: readonly string[], keys: string) => {
    const line = command(...args)
      .map((word) => `'${word}'`)
      .join(' ');
    return start(['script', '-qec', `stty cols 100 rows 30; ${line}`, '/dev/null'], keys);
  };

  it('redraws a bar for each node and leaves only the report', async function () {
    if (!hasProgram('script')) this.skip();
    const args = ['run', '--node', 'openstack[1:2]', '--step', 'upgrade', '--yes'];
    const { code, out } = await inTerminal(args, '').ended;
    assert.equal(code, 0, out);
    assert.match(out, /openstack1 {2}\x1b\[2m1\/1\x1b\[22m {2}upgrade {2}\x1b\[32m━+\x1b\[39m/);
    assert.match(out, /\x1b\[2A/, 'both lines are drawn over');
    const report = out.slice(out.lastIndexOf('\x1b[?25h'));
    assert.match(report, /upgrade.*✓ changed.*✓ changed/);
    assert.doesNotMatch(out, / │ /, 'no log lines without --verbose');
  });

  it('asks before it changes anything, and accepts a no', async function () {
    if (!hasProgram('script')) this.skip();
    const { code, out } = await inTerminal(['run', '--node', 'openstack3'], 'n\n').ended;
    assert.equal(code, 130, out);
    assert.match(out, /openstack3 \(root@127\.0\.0\.1:\d+\)/);
    assert.match(out, /Nothing was changed\./);
  });

  it('cancels on the nodes at Ctrl-C', async () => {
    const slow = await serve(folder.path, '--system', 'el9');
    const only = [slow.clusterFile, ...slow.options, '--node', 'openstack[3:4]', '--step', 'upgrade'];
    const running = start([...builtCommand(), 'run', ...only, '--yes']);
    await printed(running, /openstack3 │ upgrade │ started/);
    await printed(running, /openstack4 │ upgrade │ started/);
    running.child.kill('SIGINT');
    const { code, out } = await running.ended;
    assert.equal(code, 130);
    assert.match(out, /Cancelling on the nodes/);
    // A node that is slow to stop is left alone after two seconds.
    assert.match(out, /upgrade +⊘ cancelled +⊘ cancelled|is unfinished/);
    let after = '';
    const isNeeded = (): boolean => /upgrade +● needed +● needed/.test(after);
    for (const end = Date.now() + 60_000; !isNeeded() && Date.now() < end; )
      after = (await run('check', ...only)).out;
    assert.ok(isNeeded(), `nothing was changed: ${after}`);
    assert.equal(await slow.stop(), 0);
  });
});
