import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from './fake-io.ts';

async function call(argv: readonly string[], env: Record<string, string> = {}) {
  const { io, stdout, stderr } = fakeIo({ env });
  const code = await main(argv, io);
  return { code, out: stdout.text(), err: stderr.text() };
}

describe('The command line', () => {
  it('prints its help with all commands and exit codes', async () => {
    const { code, out, err } = await call(['--help']);
    assert.equal(code, 0);
    assert.equal(err, '');
    for (const word of ['validate', 'plan', 'check', 'run', 'script', 'demo', '130', '--lang'])
      assert.ok(out.includes(word), word);
  });

  it('prints the help of one command, even if the other arguments are wrong', async () => {
    const { code, out } = await call(['run', '--nonsense', '--help']);
    assert.equal(code, 0);
    assert.match(out, /-y, --yes/);
    assert.doesNotMatch(out, /--serve/);
  });

  it('prints its help and fails if there are no arguments', async () => {
    const { code, out } = await call([]);
    assert.equal(code, 2);
    assert.match(out, /Usage/);
  });

  it('prints its version', async () => {
    assert.match((await call(['--version'])).out, /^Stackprep \d+\.\d+\.\d+\n$/);
  });

  const refusals: readonly (readonly [argv: readonly string[], text: RegExp])[] = [
    [['chek', 'x'], /Unknown command: chek\. Did you mean check\?/],
    [['frobnicate'], /Unknown command: frobnicate\. See stackprep --help/],
    [['--json', 'validate'], /Unknown option: --json/],
    [['run'], /requires a cluster file: stackprep run FILE/],
    [['run', 'a', 'b'], /takes one cluster file, not 2/],
    [['demo', 'a'], /takes no file: a/],
    [['run', 'a', '--jsn'], /Unknown option: --jsn\. Did you mean --json\?/],
    [['run', 'a', '--node'], /--node requires a value: --node NAME/],
    [['run', 'a', '--node', '--json'], /--node requires a value/],
    [['run', 'a', '--node='], /--node requires a value/],
    [['run', 'a', '--json=yes'], /--json takes no value/],
    [['run', 'a', '--limit', '0'], /Invalid value for --limit: 0\. Use a number from 1 to 9999\.$/m],
    [['run', 'a', '--limit', '10000'], /Invalid value for --limit: 10000\. Use a number from 1 to 9999\.$/m],
    [['run', 'a', '--step-timeout', '1.5'], /--step-timeout: 1\.5\. Use a number/],
    [['run', 'a', '--batch', '1,0'], /--batch: 1,0\. Use sizes such as 1,5,25%\.$/m],
    [['run', 'a', '--max-failed', '101%'], /--max-failed: 101%\. Use a number of nodes, or a percentage/],
    [['run', 'a', '--resume', '--batch', '1'], /--batch and --max-failed cannot be combined with --resume/],
    [['check', 'a', '--batch', '1'], /Unknown option: --batch/],
    [['demo', '--pace', 'brisk'], /--pace: brisk\. Use one of: slow, realistic, fast/],
    [['demo', '--scenario', 'x'], /--scenario: x\./],
    [['validate', 'a', '--yes'], /Unknown option: --yes/],
  ];
  for (const [argv, text] of refusals) {
    it(`refuses "${argv.join(' ')}" in one line`, async () => {
      const { code, out, err } = await call(argv);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, text);
      assert.match(err, /^stackprep: [^\n]*\n$/);
    });
  }

  it('accepts arguments after two dashes as files', async () => {
    const { code, err } = await call(['validate', '--', '--json']);
    assert.equal(code, 2);
    assert.match(err, /--json does not exist/);
  });

  it('prefers the language of --lang to that of the environment', async () => {
    const korean = /[가-힣]/;
    assert.match((await call(['--help'], { LANG: 'ko_KR.UTF-8' })).out, korean);
    assert.match((await call(['--help', '--lang', 'ko'])).out, korean);
    assert.match((await call(['--lang=ko', '--help'])).out, korean);
    assert.doesNotMatch((await call(['--help', '--lang', 'en'], { LANG: 'ko_KR.UTF-8' })).out, korean);
    assert.doesNotMatch((await call(['--help'], { LC_ALL: 'C', LANG: 'ko_KR.UTF-8' })).out, korean);
    assert.doesNotMatch((await call(['--help'], { LANG: 'kok_IN' })).out, korean);
  });
});
