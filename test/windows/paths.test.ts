import assert from 'node:assert/strict';
import { asWindows } from '../support/as-windows.ts';

const home = 'C:\\Users\\민수 Kim';
const other = { PATH: 'C:\\Windows' };

describe('The paths on Windows', () => {
  it('have the home folder in place of a tilde before either kind of slash', async () => {
    const { expandHome, defaultIdentities } =
      await asWindows<typeof import('../../src/remote/base/home.ts')>('remote/base/home.ts');
    assert.equal(expandHome('~/.ssh/id', home), `${home}\\.ssh\\id`);
    assert.equal(expandHome('~\\.ssh\\id', home), `${home}\\.ssh\\id`);
    assert.equal(expandHome('D:\\keys\\id', home), 'D:\\keys\\id');
    assert.equal(expandHome('~other/x', home), '~other/x');
    assert.equal(defaultIdentities(home)[0], `${home}\\.ssh\\id_ed25519`);
  });

  it('have the state and the configuration below the home folder, or below an absolute XDG path', async () => {
    const { stateFolderOf } = await asWindows<typeof import('../../src/cli/operation/state-folder.ts')>(
      'cli/operation/state-folder.ts',
    );
    const io = (env: Record<string, string>) =>
      ({ env: { ...other, ...env }, home, cwd: 'D:\\lab' }) as unknown as Parameters<typeof stateFolderOf>[0];
    assert.equal(stateFolderOf(io({}), undefined), `${home}\\.local\\state\\stackprep`);
    assert.equal(stateFolderOf(io({ XDG_STATE_HOME: 'D:\\state' }), undefined), 'D:\\state\\stackprep');
    assert.equal(
      stateFolderOf(io({ XDG_STATE_HOME: 'state' }), undefined),
      `${home}\\.local\\state\\stackprep`,
    );
    assert.equal(stateFolderOf(io({}), '..\\here'), 'D:\\here');
    const { configFile, decodeSources } =
      await asWindows<typeof import('../../src/app/secrets/sources.ts')>('app/secrets/sources.ts');
    assert.equal(configFile({ env: other, home }), `${home}\\.config\\stackprep\\config.json`);
    for (const [file, path] of [
      ['~\\secrets.json', `${home}\\secrets.json`],
      ['~/secrets.json', `${home}\\secrets.json`],
      ['D:\\secrets.json', 'D:\\secrets.json'],
      ['\\\\server\\share\\secrets.json', '\\\\server\\share\\secrets.json'],
    ])
      assert.deepEqual(decodeSources({ file }, 'x', { env: other, home }), { file: path });
    assert.ok('code' in decodeSources({ file: 'secrets.json' }, 'x', { env: other, home }));
  });

  it('give no node and no step the file name of a device', async () => {
    const { logFile, nameOfFile } =
      await asWindows<typeof import('../../src/app/logs/paths.ts')>('app/logs/paths.ts');
    for (const name of ['con', 'NUL', 'com1', 'lpt9.txt', 'aux.node', 'prn']) {
      const path = logFile('D:\\state', { run: 'r', node: name, step: name });
      assert.equal(path, `D:\\state\\runs\\r\\=${name}\\=${name}.log`);
      assert.equal(nameOfFile(`=${name}`), name);
    }
  });

  it('include the system-wide files of OpenSSH for Windows', async () => {
    const { defaultHostKeyFiles } = await asWindows<typeof import('../../src/remote/host-keys/host-keys.ts')>(
      'remote/host-keys/host-keys.ts',
    );
    const files = defaultHostKeyFiles(home, 'win32');
    assert.ok(files.includes(`${home}\\.ssh\\known_hosts`), files.join());
    assert.ok(files.includes('C:\\ProgramData\\ssh\\ssh_known_hosts'), files.join());
  });

  it('keep the backslashes of the ssh config, and the pipe of an agent whole', async () => {
    const { parseConfig, withLibrary } =
      await asWindows<typeof import('../../src/remote/ssh-config/read.ts')>('remote/ssh-config/read.ts');
    const { settingsOf } = await asWindows<typeof import('../../src/remote/ssh-config/settings.ts')>(
      'remote/ssh-config/settings.ts',
    );
    const context = { host: 'one', home, env: other };
    const pageant = '\\\\.\\pipe\\pageant.Kim.0a1b2c';
    // As `ssh -G` prints it, with the line ends of Windows.
    const printed = `hostname 10.0.0.1\r\nidentityfile C:\\\\Users\\\\Kim\\\\id\r\nidentityfile ~/.ssh/id_rsa\r\nidentityagent ${pageant}\r\nport 22\r\n`;
    const settings = settingsOf(parseConfig(printed), context);
    assert.equal(settings.hostName, '10.0.0.1');
    assert.equal(settings.agent, pageant);
    assert.ok(settings.identities?.includes(`${home}\\.ssh\\id_rsa`), settings.identities?.join());
    // What `pageant --openssh-config` writes, read without a client of OpenSSH.
    const written = `IdentityAgent "${pageant}"\r\n`;
    const values = withLibrary(written, { host: 'one' });
    assert.ok(values);
    assert.equal(settingsOf(values, context).agent, pageant);
  });

  it('have the home folder in place of a tilde in the arguments of ssh in a terminal', async () => {
    const { terminalArguments } = await asWindows<typeof import('../../src/client/terminal-arguments.ts')>(
      'client/terminal-arguments.ts',
    );
    const ssh = {
      host: '10.0.0.1',
      port: 22,
      user: 'root',
      become: 'none',
      identity: '~\\.ssh\\id',
    } as const;
    const node = { name: 'a', address: '10.0.0.1', roles: [], span: { start: 0, end: 0 }, ssh };
    const found = terminalArguments(node, { home, knownHosts: [`${home}\\known hosts`] });
    assert.ok(found.ok);
    assert.equal(found.words[found.words.indexOf('-i') + 1], `${home}\\.ssh\\id`);
    assert.match(found.words.join(' '), /"C:[\\]+Users[\\]+민수 Kim[\\]+known hosts"/);
  });
});

describe('The agent on Windows', () => {
  const pipe = '\\\\.\\pipe\\openssh-ssh-agent';
  it('is the pipe of OpenSSH unless a variable names another, as that of Pageant', async () => {
    const { agentSocket } =
      await asWindows<typeof import('../../src/remote/keys/agent.ts')>('remote/keys/agent.ts');
    assert.equal(agentSocket({}), pipe);
    assert.equal(agentSocket({ SSH_AUTH_SOCK: '' }), pipe);
    assert.equal(agentSocket({ SSH_AUTH_SOCK: '\\\\.\\pipe\\pageant.me.ab' }), '\\\\.\\pipe\\pageant.me.ab');
  });
});
