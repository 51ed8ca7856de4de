import assert from 'node:assert/strict';
import type { YumEvent } from '../../src/yum/events.ts';
import { summarize } from '../../src/yum/summarize.ts';
import { parse } from './logs.ts';

/** The events of some lines without their positions and without implied ones. */
function events(...lines: readonly string[]): readonly YumEvent[] {
  return parse(`${lines.join('\n')}\n`).flatMap(({ row: _, rows, ...event }) =>
    rows > 0 ? [event as YumEvent] : [],
  );
}

const rule = '='.repeat(80);
const table = [rule, ' Package Arch Version Repository Size', rule];

describe('A line of yum or dnf', () => {
  it('is parsed as a package when it is a row of the table', () => {
    assert.deepEqual(
      events(...table, 'Installing for dependencies:', ' libchat  x86_64  2:2.0-3.el7  base  21 k').at(-1),
      {
        type: 'package',
        action: 'install',
        name: 'libchat',
        arch: 'x86_64',
        version: '2:2.0-3.el7',
        repository: 'base',
        size: '21 k',
        dependency: true,
      },
    );
  });

  it('is parsed with the package that another one replaces', () => {
    const found = events(
      ...table,
      'Installing:',
      ' new noarch 2-1 base 1 k',
      '     replacing  old.noarch 1.0-1.el7',
    ).at(-1);
    assert.deepEqual(
      [found?.type === 'package' && [found.action, found.name, found.version]],
      [['obsolete', 'old', '1.0-1.el7']],
    );
  });

  it('is parsed as a summary whose first count is empty when only dependencies are installed', () => {
    assert.deepEqual(
      events(...table, 'Transaction Summary', rule, 'Upgrade             (  3 Dependent packages)').at(-1),
      {
        type: 'summary',
        action: 'upgrade',
        count: 0,
        dependent: 3,
      },
    );
  });

  it('is parsed as a step by its shape in any language', () => {
    const line = `  Sfsfsf sfs       : ${'alpha-1.0-1.el9.noarch'.padEnd(50)} 12/34 `;
    assert.deepEqual(events(line), [
      { type: 'step', action: 'Sfsfsf sfs', name: 'alpha-1.0-1.el9.noarch', done: 12, total: 34 },
    ]);
  });

  it('is parsed as a step of RHEL 5 with its bar and brackets', () => {
    assert.deepEqual(
      events('Running Transaction', '  Erasing   : pam-devel    ######################### [1/1]').at(-1),
      {
        type: 'step',
        action: 'Erasing',
        name: 'pam-devel',
        done: 1,
        total: 1,
      },
    );
  });

  it('is parsed as a step of dnf 5, where German puts the name before the verb', () => {
    const line = '[3/4] beta-2:1.3-1.el9.noarch wird inst 100% |  49.4 MiB/s | 151.6 KiB |  00m00s';
    const found = events('Transaktion wird ausgeführt', line).at(-1);
    assert.deepEqual(found, {
      type: 'step',
      action: 'wird inst',
      name: 'beta-2:1.3-1.el9.noarch',
      done: 3,
      total: 4,
    });
  });

  it('is parsed as a key with its owner once both lines have arrived', () => {
    assert.deepEqual(events('Importing GPG key 0xE451E5B5:', ' Userid     : "CentOS Storage SIG <a@b>"'), [
      { type: 'key-import', key: '0xE451E5B5', user: 'CentOS Storage SIG <a@b>' },
    ]);
  });

  it('is parsed as repository metadata before the table and as a download after it', () => {
    const line = '(1/2): base/7/x86_64/primary_db    | 6.1 MB  00:00:00';
    const file = '(1/2): httpd-2.4.6-93.el7.x86_64.rpm  | 2.7 MB  00:00:00';
    assert.deepEqual(events(line, 'Downloading packages:', file), [
      { type: 'repository', id: 'base/7/x86_64/primary_db' },
      { type: 'phase', phase: 'download' },
      { type: 'download', file: 'httpd-2.4.6-93.el7.x86_64.rpm', done: 1, total: 2 },
    ]);
  });

  it('is read as a terminal finally shows it when a progress bar overwrote it', () => {
    const found = events(
      'Downloading packages:',
      '\r(1/2): a-1-1.rpm  50% [==-  ] 5 kB/s | 1 kB 00:01 ETA\r(1/2): a-1-1.rpm   5 kB/s | 2 kB     00:00    \r',
    );
    assert.deepEqual(found.at(-1), { type: 'download', file: 'a-1-1.rpm', done: 1, total: 2 });
  });

  it('is parsed as the explanation of the preceding error until a blank line', () => {
    const severities = events(
      'Error: Transaction test error:',
      '  file /a conflicts',
      'more',
      '',
      'other',
    ).map((event) => (event.type === 'error' ? event.severity : event.type));
    assert.deepEqual(severities, ['fatal', 'detail', 'detail', 'unparsed']);
  });

  it('is not attributed to the tool when it appears among the steps and does not match them', () => {
    const running = ['Running transaction', `  Installing : ${'a-1-1.el7.noarch'.padEnd(60)} 1/2`];
    for (const line of [
      'Complete!',
      'Error: gone',
      'Nothing to do',
      '  Installing : b-1-1.noarch 3/9',
      'Installed:',
    ])
      assert.equal(events(...running, line).at(-1)?.type, 'scriptlet', line);
  });
});

describe('The outcome of a yum or dnf run', () => {
  const text = (...lines: readonly string[]) => parse(`${lines.join('\n')}\n`);

  it('follows the exit code when that is known', () => {
    const done = text('Loaded plugins: a', 'Complete!');
    assert.equal(summarize(done).outcome, 'success');
    assert.equal(summarize(done, 1).outcome, 'failed');
    assert.equal(summarize(text('Loaded plugins: a', 'Error: x'), 0).outcome, 'success');
  });

  it('is incomplete when the tool was killed or its output is cut off', () => {
    assert.equal(summarize(text('Loaded plugins: a'), 137).outcome, 'incomplete');
    assert.equal(summarize(text('Loaded plugins: a'), 1).outcome, 'incomplete');
    assert.equal(summarize(text('Loaded plugins: a')).outcome, 'incomplete');
  });

  it('is failed when something other than the tool printed the output', () => {
    const found = summarize(text('bash: yum: command not found'), 127);
    assert.deepEqual([found.outcome, found.mainError], ['failed', 'bash: yum: command not found']);
  });

  it('is a success when the run listed available updates', () => {
    assert.equal(summarize(text('', 'kernel.x86_64  3.10.0-1160.11.1.el7  updates'), 100).outcome, 'success');
  });

  it('includes the lines that explain the main error', () => {
    const found = summarize(
      text('Error: ', ' Problem: conflicting requests', '  - nothing provides b needed by a'),
      1,
    );
    assert.deepEqual(
      [found.mainError, found.details],
      ['  - nothing provides b needed by a', [' Problem: conflicting requests']],
    );
  });
});
