import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { commands, everywhere } from '../../src/cli/command-line/options.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const cluster = `cluster: x
ssh: { user: root }
nodes:
  controller: { address: 10.0.0.1, roles: [controller] }
  "compute[1:2]": { address: "10.0.0.[2:3]", roles: [compute] }
steps:
  - hostname
  - { name: my-own, run: 'true', check: 'true' }
`;

describe('The completion of command lines', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
    await folder.write('x.cluster.yaml', cluster);
    await folder.write('broken.cluster.yaml', 'cluster: [\n');
    await folder.write('my lab.yaml', cluster);
  });
  after(() => folder.remove());

  /** The kind of paths, the lead, and the values that complete the last word. */
  async function completed(words: readonly string[], current: string) {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
    const code = await main(['__complete', ...words, `=${current}`], io);
    const [head = '', ...lines] = stdout.text().split('\n');
    assert.deepEqual([code, stderr.text(), lines.pop()], [0, '', '']);
    const [paths, lead] = head.split('\t');
    return { paths, lead, values: lines.map((line) => line.split('\t')[0]) };
  }
  const values = async (...words: readonly string[]) =>
    (await completed(words.slice(0, -1), words.at(-1) ?? '')).values;

  it('knows every command and every option of each command from the table of the help', async () => {
    const names = commands.map(({ name }) => name);
    assert.deepEqual(await values(''), names);
    for (const { name, options } of commands)
      assert.deepEqual(
        await values(name, '--'),
        [...options, ...everywhere].map((option) => `--${option.name}`),
      );
    assert.deepEqual(await values('fr', ''), []);
  });

  it('completes nodes and steps from the cluster file on the command line', async () => {
    assert.deepEqual(await values('run', 'x.cluster.yaml', '--node', ''), [
      'controller',
      'compute1',
      'compute2',
    ]);
    assert.deepEqual(await values('undo', '--json', 'x.cluster.yaml', '--step', ''), ['hostname', 'my-own']);
    assert.deepEqual(await values('script', '~/my\\ lab.yaml', '--node', 'con'), ['controller']);
    assert.deepEqual(await values('script', '"my lab.yaml"', '--node', 'con'), ['controller']);
  });

  it('completes the known steps without a file, and nothing for a file that cannot be read', async () => {
    assert.ok((await values('run', '--step', 'ch')).includes('chrony'));
    assert.deepEqual(await values('run', '--node', ''), []);
    for (const file of ['broken.cluster.yaml', 'none.cluster.yaml', '.'])
      assert.deepEqual(await values('run', file, '--node', ''), [], file);
  });

  it('completes a value in the word of its option', async () => {
    assert.deepEqual(await completed(['run', 'x.cluster.yaml'], '--node=compute'), {
      paths: '-',
      lead: '--node=',
      values: ['compute1', 'compute2'],
    });
    assert.deepEqual((await completed(['run'], '--state-dir=')).paths, 'folder');
    assert.deepEqual(await values('run', '--json=t'), []);
  });

  it('leaves paths to the shell, and says which kind fits', async () => {
    assert.equal((await completed(['run'], '')).paths, 'cluster-file');
    assert.equal((await completed(['run', 'x.cluster.yaml'], '')).paths, '-');
    assert.equal((await completed(['validate', 'x.cluster.yaml'], '')).paths, 'cluster-file');
    assert.equal((await completed(['run', '--known-hosts'], '')).paths, 'file');
    assert.equal((await completed(['run', '--state-dir'], '')).paths, 'folder');
    assert.equal((await completed(['export', 'packstack'], '')).paths, 'cluster-file');
    assert.equal((await completed(['run', '--'], '--n')).paths, 'cluster-file');
  });

  it('completes fixed words', async () => {
    assert.deepEqual(await values('demo', '--pace', ''), ['slow', 'realistic', 'fast']);
    assert.deepEqual(await values('export', ''), [
      ...['packstack', 'ansible', 'inventory', 'ssh-config', 'hosts'],
    ]);
    assert.deepEqual(await values('completion', 'z'), ['zsh']);
    assert.deepEqual(await values('check', '--lang', 'k'), ['ko']);
  });

  it('describes in the language of the user, on one line each', async () => {
    const { io, stdout } = fakeIo({ env: { LANG: 'ko_KR.UTF-8' } });
    await main(['__complete', '=che'], io);
    assert.match(stdout.text(), /^-\t\ncheck\t[^\n]*[가-힣][^\n]*\n$/);
  });

  it('prints a script per shell, and refuses other shells', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { io, stdout } = fakeIo();
      assert.equal(await main(['completion', shell], io), 0);
      assert.match(stdout.text(), /__complete/);
    }
    for (const argv of [['completion'], ['completion', 'csh'], ['completion', 'zsh', 'x']]) {
      const { io, stderr } = fakeIo();
      assert.equal(await main(argv, io), 2);
      assert.match(stderr.text(), /completion requires a shell: bash, zsh, fish, powershell\.\n$/);
    }
  });
});
