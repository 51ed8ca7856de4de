import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { FileChange, NodeDifference, StepDifference } from '../../src/plan/differences.ts';
import { foldDifferences } from '../../src/view/differences/fold.ts';
import { differencePage, isShown } from '../../src/view/differences/page.ts';
import { customLines, differenceLines } from '../../src/view/differences/text.ts';
import { unifiedLines } from '../../src/view/differences/unified.ts';

const traits = { mode: '644', owner: 'root:root', size: 0 };
const text = (content: string, more = {}) => ({ kind: 'text' as const, ...traits, text: content, ...more });
const absent = { kind: 'absent' as const };
const step = (more: Partial<StepDifference>): StepDifference => ({
  ...{
    step: 'locale',
    end: 'whole',
    files: [],
    transactions: [],
    effects: [],
    notices: [],
    log: [],
    isCut: false,
  },
  ...more,
});
const shown = (change: FileChange): readonly string[] => unifiedLines(change).map((line) => line.text);
const linesOf = (difference: StepDifference): readonly string[] =>
  differenceLines(difference, english).map((line) => line.text);

describe('The difference of a file', () => {
  it('is a unified diff with mode, owner and SELinux context', () => {
    const before = text('a\nb\nc\nd\ne\n', { context: 'system_u:object_r:etc_t:s0' });
    const after = text('a\nb\nc\nd\nE\n', { mode: '600', context: 'system_u:object_r:etc_t:s0' });
    assert.deepEqual(shown({ path: '/etc/x', before, after }), [
      '--- /etc/x\t0644 root:root system_u:object_r:etc_t:s0',
      '+++ /etc/x\t0600 root:root system_u:object_r:etc_t:s0',
      '@@ -2,4 +2,4 @@',
      ...[' b', ' c', ' d', '-e', '+E'],
    ]);
  });

  it('names /dev/null on the side where the file is absent, and marks a last line without newline', () => {
    assert.deepEqual(shown({ path: '/etc/x', before: absent, after: text('one') }), [
      ...['--- /dev/null', '+++ /etc/x\t0644 root:root', '@@ -0,0 +1,1 @@'],
      ...['+one', '\\ No newline at end of file'],
    ]);
    assert.equal(shown({ path: '/etc/x', before: text('one\n'), after: absent })[1], '+++ /dev/null');
  });

  it('has no lines if only the mode differs, and shows where a link leads', () => {
    const before = text('same\n');
    assert.equal(shown({ path: '/etc/x', before, after: { ...before, mode: '600' } }).length, 2);
    const link = (to: string) => ({ kind: 'link' as const, ...traits, mode: '777', text: to });
    const lines = shown({ path: '/etc/localtime', before: link('UTC'), after: link('Seoul') });
    assert.deepEqual(lines.slice(3), ['--> UTC', '+-> Seoul']);
  });

  it('takes no time for two long files without a common line', () => {
    const long = (word: string) => text(Array.from({ length: 5_000 }, (_, at) => `${word} ${at}\n`).join(''));
    const lines = shown({ path: '/etc/x', before: long('old'), after: long('new') });
    assert.equal(lines.length, 10_002);
  });

  it('says why it has no lines, and shows nothing of a secret file', () => {
    const side = { kind: 'private' as const, ...traits };
    const lines = linesOf(step({ files: [{ path: '/etc/shadow', before: side, after: side }] }));
    assert.equal(lines.at(-1), 'The content is secret and stays on the node.');
  });
});

describe('The difference of a step', () => {
  it('lists packages with versions, repository and size, and marks security updates and kernels', () => {
    const known = { arch: 'x86_64', repository: 'updates', isDependency: false };
    const packages = [
      {
        ...{ ...known, action: 'upgrade' as const, name: 'bash', from: '5.1-6', to: '5.1-9', size: '1.7 M' },
        ...{ advisories: ['RHSA-2024:1'], isKernel: false },
      },
      {
        ...{ ...known, action: 'install' as const, name: 'kernel-core', to: '5.14-2', size: '20 M' },
        ...{ advisories: [], isKernel: true },
      },
      {
        ...{
          ...known,
          action: 'remove' as const,
          name: 'old',
          from: '1-1',
          size: '9 k',
          repository: '@base',
        },
        ...{ advisories: [], isKernel: false },
      },
    ];
    assert.deepEqual(linesOf(step({ transactions: [{ packages }] })), [
      'Packages',
      '^ bash.x86_64         5.1-6 → 5.1-9  updates  1.7 M  (security: RHSA-2024:1)',
      '+ kernel-core.x86_64  5.14-2         updates   20 M  (kernel, in use after a reboot)',
      '- old.x86_64          1-1            @base      9 k',
    ]);
  });

  it('groups commands by what they change, quoted as in a shell', () => {
    const effects = [
      { program: 'useradd', args: ['-m', 'anna'] },
      { program: 'systemctl', args: ['enable', 'chronyd'] },
      { program: 'packstack', args: ['--answer-file=/root/my answers'] },
    ];
    assert.deepEqual(linesOf(step({ effects })), [
      ...['Units', '$ systemctl enable chronyd', 'Users', '$ useradd -m anna'],
      ...['Commands', "$ packstack '--answer-file=/root/my answers'"],
    ]);
  });

  it('says where the preview had to end, and the failure of a package manager', () => {
    assert.match(linesOf(step({ end: 'waits' })).join(' '), /waits for its service/);
    const failed = linesOf(step({ end: 'failed', log: ['boom'], isCut: true }));
    assert.deepEqual(failed.slice(1), ['  boom', 'There is more, which is not shown.']);
    const lines = linesOf(step({ transactions: [{ packages: [], failure: ['No match for argument: x'] }] }));
    assert.deepEqual(lines.slice(1), ['The package manager would fail:', 'No match for argument: x']);
  });

  it('shows the commands of a custom step as they are', () => {
    assert.deepEqual(
      customLines('dnf -y install a\ntouch /b\n').map((line) => line.text),
      ['$ dnf -y install a', '$ touch /b'],
    );
  });
});

describe('Differences of several nodes', () => {
  const change = (content: string): StepDifference =>
    step({ files: [{ path: '/etc/x', before: absent, after: text(content) }] });
  const node = (name: string, ...steps: readonly StepDifference[]): NodeDifference => ({ node: name, steps });

  it('are folded where they are equal, in the order of the cluster file', () => {
    const { steps } = foldDifferences(
      [
        node('n3', { ...change('b'), step: 'timezone' }, change('a')),
        node('n2', change('b')),
        node('n1', change('a')),
      ],
      { steps: ['locale', 'timezone'], nodes: ['n1', 'n2', 'n3'] },
    );
    assert.deepEqual(
      steps.map(({ step: id, differences }) => [id, ...differences.map(({ nodes }) => nodes.join(' '))]),
      [
        ['locale', 'n1 n3', 'n2'],
        ['timezone', 'n3'],
      ],
    );
  });

  it('name the nodes that cannot show any', () => {
    const { unavailable } = foldDifferences(
      [
        { node: 'b', steps: [], unavailable: 'not-root' },
        { node: 'a', steps: [], unavailable: 'not-root' },
      ],
      { steps: [], nodes: ['a', 'b'] },
    );
    assert.deepEqual([...unavailable], [['not-root', ['a', 'b']]]);
  });
});

describe('The page of differences', () => {
  const change = (path: string, after: FileChange['after']): FileChange => ({ path, before: absent, after });
  const files = [
    change('/etc/hosts', text('one\n\u001B[31mtwo\u202E\n')),
    change('/etc/key', { ...traits, kind: 'private' as const }),
    change('/etc/last', text('x\n')),
  ];
  const difference = step({ files, effects: [{ program: 'systemctl', args: ['restart', 'x'] }] });
  const page = differencePage(
    {
      blocks: [
        { step: 'first', nodes: ['a', 'b'], lines: differenceLines(difference, english), files },
        { step: 'own', nodes: ['a'], lines: customLines('make it\n'), files: [] },
      ],
      unavailable: [{ nodes: ['c'], reason: 'No view.' }],
      ...{ cluster: 'lab', time: '10:00', missing: ['d'], isKnown: true },
    },
    english,
  );
  const lines = page.text.split('\n');

  it('names the cluster, the time, and the nodes without differences, each with its reason', () => {
    assert.deepEqual(lines.slice(0, 3), [
      '# What a run of lab would change, as of 10:00.',
      '# c: No view.',
      '# Not reached, so not known: d.',
    ]);
  });

  it('says that nothing would change only about nodes that were reached', () => {
    const said = (more: Partial<Parameters<typeof differencePage>[0]>): readonly string[] => {
      const nothing = { blocks: [], unavailable: [], missing: [], isKnown: true };
      const request = { ...nothing, cluster: 'lab', time: '10:00', ...more };
      return differencePage(request, english).text.trimEnd().split('\n').slice(1);
    };
    assert.deepEqual(said({}), ['# Nothing would change.']);
    assert.deepEqual(said({ missing: ['d (connection refused)'] }), [
      '# Nothing would change.',
      '# Not reached, so not known: d (connection refused).',
    ]);
    assert.deepEqual(said({ missing: ['c', 'd'], isKnown: false }), ['# Not reached, so not known: c, d.']);
    assert.deepEqual(said({ unavailable: [{ nodes: ['c'], reason: 'No view.' }] }), ['# c: No view.']);
  });

  it('knows the lines of each step and of each file, also after a file without lines', () => {
    const [first, own] = page.blocks;
    assert.deepEqual(
      page.blocks.map((block) => [lines[block.first], lines[block.last]]),
      [
        ['# first (a, b)', '$ systemctl restart x'],
        ['# own (a)', '$ make it'],
      ],
    );
    assert.deepEqual(
      first?.files.map(({ line, change: { path } }) => [path, lines[line], lines[line + 1]?.split('\t')[0]]),
      ['/etc/hosts', '/etc/key', '/etc/last'].map((path) => [path, '--- /dev/null', `+++ ${path}`]),
    );
    assert.deepEqual(own?.files, []);
  });

  it('makes visible what an editor would interpret, and offers a diff editor for text only', () => {
    assert.ok(page.text.includes('+<U+001B>[31mtwo<U+202E>'));
    assert.deepEqual(files.map(isShown), [true, false, true]);
  });
});
