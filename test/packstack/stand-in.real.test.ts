import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packstackText } from '../lab/distributions/packstack.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { hasProgram } from '../support/programs.ts';

const logs = join(import.meta.dirname, '../cases/packstack-logs');
/** Addresses of this computer that are as long as those of the recorded runs. */
const [first, second] = ['127.18.88.171', '127.18.88.172'];

/** Programs as a node has them, so that only the stand-in itself is tested; `ssh` has a folder for each host. */
const programs: Readonly<Record<string, string>> = {
  ssh: `host=; for i; do case $i in root@*) host=\${i#root@};; esac; done
n=$(($(cat "$LAB_ROOT/calls" 2>/dev/null || echo 0) + 1)); echo $n >"$LAB_ROOT/calls"
if [ "$n" = "$LAB_FAILS" ]; then cat "$LAB_ROOT/failing-stdout"; cat "$LAB_ROOT/failing-stderr" >&2; exit 1; fi
echo "$host" >>"$LAB_ROOT/hosts"
mkdir -p "$LAB_ROOT/$host"; HOME=$LAB_ROOT/$host exec bash -x`,
  ip: `case $* in *route*) echo "default via 127.18.88.1 dev lo";; *) echo "1: lo    inet ${first}/8 scope host lo";; esac`,
  systemctl: 'case $1 in is-enabled) echo enabled;; is-active) echo active;; esac',
  'systemd-run': ':',
  seq: ':',
  rpm: 'echo "kernel-5.14.0-1.el9.x86_64   Sun Nov 29 2026"',
  uname: 'echo 5.14.0-1.el9.x86_64',
};

interface CommandResult {
  readonly code: number;
  readonly text: string;
  readonly answers: string;
}

describe('The stand-in for Packstack', () => {
  let root: string;
  let server: Server;

  before(function () {
    if (!hasProgram('python3') || !hasProgram('bash')) this.skip();
  });

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'stackprep-packstack-'));
    mkdirSync(join(root, 'bin'));
    for (const [name, text] of Object.entries(programs))
      writeFileSync(join(root, 'bin', name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
    for (const folder of ['root', 'etc', '.ssh']) mkdirSync(join(root, folder));
    writeFileSync(join(root, '.ssh/id_ed25519.pub'), 'ssh-ed25519 AAAA root@c1\n');
    server = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  });

  afterEach(async () => {
    await new Promise((done) => server.close(done));
    clearAwaySync(root);
  });

  const run = (version: string, answers: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    new Promise<CommandResult>((done) => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      writeFileSync(join(root, 'packstack.py'), packstackText(version));
      writeFileSync(join(root, 'answers'), `[general]\n${answers.join('\n')}\n`);
      const child = execFile(
        'python3',
        [join(root, 'packstack.py'), `--answer-file=${join(root, 'answers')}`],
        {
          env: {
            ...process.env,
            PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}`,
            HOME: root,
            LAB_ROOT: root,
            LAB_SSH_PORT: String(port),
            PYTHONUNBUFFERED: '1',
            ...env,
          },
        },
        (_error, stdout, stderr) => {
          const text = stdout + stderr;
          done({ code: child.exitCode ?? -1, text, answers: readFileSync(join(root, 'answers'), 'utf8') });
        },
      );
    });

  /** A text in the form of the recorded logs: each `\r` a new line, one name for the folder of every run, the addresses of this computer. */
  function normalized(text: string): readonly string[] {
    return text
      .replaceAll('\r', '\n')
      .replaceAll(root, '')
      .replaceAll('198.18.88.', '127.18.88.')
      .replace(/(var\/tmp\/packstack\/)\d{8}-\d{6}-\w+/g, '$1RUN')
      .replace(
        /(is active on )(\S+), (\S+)\./g,
        (_all, start: string, ...hosts: readonly string[]) =>
          `${start}${hosts.slice(0, 2).sort().join(', ')}.`,
      )
      .replace(/^packstack \d+\.\d+\.\d+\n/, '')
      .replace(/rc \d+\n$/, '')
      .split('\n');
  }

  const log = (name: string) => readFileSync(join(logs, name), 'utf8');
  const none = ['CINDER', 'SWIFT', 'CEILOMETER', 'AODH', 'HEAT'].map((part) => `CONFIG_${part}_INSTALL=n`);
  const hosts = [
    `CONFIG_CONTROLLER_HOST=${first}`,
    `CONFIG_NETWORK_HOSTS=${first}`,
    `CONFIG_COMPUTE_HOSTS=${second}`,
  ];

  it('prints what Packstack 26.0.0 printed, including its colors', async () => {
    const { code, text } = await run('26.0.0', [...hosts, 'CONFIG_HEAT_INSTALL=y']);
    assert.equal(code, 0, text);
    assert.deepEqual(normalized(text), normalized(log('real-26.0.0-02-full.log')));
    assert.match(text, /\n\r127\.18\.88\.171_controller\.pp:/);
  });

  it('prints what Packstack 15.1.0 printed with a separate network node, without a second manifest of the controller', async () => {
    const { code, text } = await run('15.1.0', [
      `CONFIG_CONTROLLER_HOST=${first}`,
      `CONFIG_NETWORK_HOSTS=${second}`,
      `CONFIG_COMPUTE_HOSTS=${second}`,
      ...none,
    ]);
    assert.equal(code, 0, text);
    // The recording of Packstack 15.1.0 lacks the code that ends the color of one message.
    const recorded = log('real-15.1.0-full-success.log').replace(
      'tenant networks\n',
      'tenant networks\x1b[0m\n',
    );
    assert.deepEqual(normalized(text), normalized(recorded));
  });

  it('fails like Packstack when a script on a host fails: its messages directly follow the error', async () => {
    const recorded = log('real-26.0.0-01-nostub.log');
    const [, stdout = '', stderr = ''] =
      /stdout: ([\s\S]*?)\nstderr: ([\s\S]*?)\x1b\[0m\n/.exec(recorded) ?? [];
    writeFileSync(join(root, 'failing-stdout'), stdout);
    writeFileSync(join(root, 'failing-stderr'), stderr);
    const { code, text } = await run('26.0.0', hosts, { LAB_FAILS: '5' });
    assert.equal(code, 1);
    assert.deepEqual(normalized(text), normalized(recorded));
  });

  it('fails like Packstack when Puppet reports an error', async () => {
    const recorded = log('real-26.0.0-04-fail-keystone.log');
    writeFileSync(join(root, 'etc/lab-puppet-error'), `${/^Error: .*(?=\x1b)/m.exec(recorded)?.[0] ?? ''}\n`);
    const { code, text } = await run('26.0.0', [...hosts, 'CONFIG_HEAT_INSTALL=y']);
    assert.equal(code, 1);
    assert.deepEqual(normalized(text), normalized(recorded));
  });

  it('leaves ~/.ssh 0500 and authorized_keys 0400 on every host', async () => {
    await run('26.0.0', hosts);
    for (const host of [first, second])
      assert.deepEqual(
        ['.ssh', '.ssh/authorized_keys'].map((path) => statSync(join(root, host, path)).mode & 0o777),
        [0o500, 0o400],
      );
  });

  it('neither logs in to an excluded host nor applies its manifest, and accepts deprecated names', async () => {
    const { code, text, answers } = await run('26.0.0', [
      `CONFIG_KEYSTONE_HOST=${first}`,
      `CONFIG_NEUTRON_L3_HOSTS=${first}`,
      `CONFIG_NOVA_COMPUTE_HOSTS=${second}`,
      'CONFIG_MYSQL_PW=hunter2',
      `EXCLUDE_SERVERS=${second}`,
    ]);
    assert.equal(code, 0, text);
    assert.doesNotMatch(text, /172_compute\.pp/);
    assert.doesNotMatch(readFileSync(join(root, 'hosts'), 'utf8'), /172/);
    assert.match(
      text,
      /^ \* Deprecated parameter has been used in answer file\. Please use parameter CONFIG_MARIADB_PW next time/m,
    );
    assert.match(answers, /^CONFIG_MARIADB_PW=hunter2$/m);
    assert.match(answers, new RegExp(`^CONFIG_COMPUTE_HOSTS=${second}$`, 'm'));
    assert.doesNotMatch(answers, /MYSQL/);
  });

  it('stops at two values for deprecated names of one key, and at a value that its validators reject', async () => {
    const two = await run('26.0.0', [
      ...hosts.slice(1),
      `CONFIG_KEYSTONE_HOST=${first}`,
      `CONFIG_GLANCE_HOST=${second}`,
    ]);
    assert.equal(two.code, 1);
    assert.match(
      two.text,
      /ERROR : Failed handling answer file: Parameter CONFIG_CONTROLLER_HOST deprecates following parameters:/,
    );
    const wrong = await run('26.0.0', [...hosts, 'CONFIG_HEAT_INSTALL=yes']);
    assert.match(
      wrong.text,
      /^Parameter CONFIG_HEAT_INSTALL failed validation: Given value is not member of allowed values \['y', 'n'\]: yes$/m,
    );
    assert.equal((await run('26.0.0', [...hosts, 'CONFIG_HEAT_INSTALL='])).code, 0);
  });

  it('keeps the placeholder of a component that is not installed, and its passwords in a second run', async () => {
    const { answers } = await run('26.0.0', [...hosts, 'CONFIG_HEAT_INSTALL=n']);
    assert.match(answers, /^CONFIG_HEAT_KS_PW=PW_PLACEHOLDER$/m);
    const password = /^CONFIG_NOVA_DB_PW=([0-9a-f]{16})$/m.exec(answers)?.[0] ?? '';
    const again = await run('26.0.0', [answers.replace('[general]\n', '')]);
    assert.equal(again.code, 0, again.text);
    assert.ok(password !== '' && again.answers.includes(`${password}\n`));
  });
});
