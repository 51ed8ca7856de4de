import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type Yaml, yamlDocument, yamlMap } from '../../src/export/yaml.ts';

/** Prints the document as JSON; text that is `!unsafe` is a list with one item. */
const read = `
import json, sys, yaml
yaml.SafeLoader.add_constructor("!unsafe", lambda loader, node: [loader.construct_scalar(node)])
print(json.dumps(yaml.safe_load(sys.stdin.buffer.read().decode())))
`;

function pyYaml(value: Yaml, comment = 'a comment'): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', read], {
    input: yamlDocument(value, comment),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const texts = [
  ...[
    '',
    ' ',
    '  two leading blanks',
    'blanks at the end  ',
    '- a dash',
    '-',
    '? a',
    ': b',
    '#c',
    'a #c',
    'a: b',
  ],
  ...[
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'null',
    '~',
    '1',
    '1.5',
    '0o7',
    '1e3',
    '12:30:00',
    '2026-12-01',
    '=',
    '<<',
    '.inf',
  ],
  ...[
    '{{ 7 * 7 }}',
    '{% raw %}',
    '{# c #}',
    '!unsafe x',
    '&a',
    '*a',
    '| literal',
    '> folded',
    '%YAML 1.2',
    '---',
    '...',
    '@x',
    '`x`',
  ],
  ...[
    `it's "quoted" \\ and \\n not a break`,
    'a\nb\n',
    '\n',
    '\n\n a',
    'a\tb',
    '\t',
    'a\r\nb',
    '\u0000\u0007\u001b[31m',
    '\u007f\u0085\u00a0',
  ],
  ...['\u2028\u2029\ufeff\u202e', 'é한글', '😀', '\ufffe', '$HOME `id` $(id)'],
  `${'word '.repeat(80)}end`,
  'x'.repeat(500),
  ' '.repeat(300),
  `${' '.repeat(150)}x${' '.repeat(150)}\n${'y'.repeat(250)}\n`,
  '\\'.repeat(201),
  '"'.repeat(203),
];

describe('YAML for PyYAML', () => {
  it('is read as what it was written from: values, keys, and texts that Ansible leaves alone', () => {
    const keys = texts.filter((text) => text.length < 100);
    const value = new Map<string, Yaml>([
      ['plain', texts],
      ['unsafe', texts.map((text) => ({ unsafe: text }))],
      ['keys', new Map(keys.map((text) => [text, { unsafe: text }]))],
      [
        'nested',
        [yamlMap({ list: [1, true, []], empty: new Map() }), yamlMap({ name: 'x', none: undefined })],
      ],
    ]);
    assert.deepEqual(pyYaml(value), {
      plain: texts,
      unsafe: texts.map((text) => [text]),
      keys: Object.fromEntries(keys.map((text) => [text, [text]])),
      nested: [{ list: [1, true, []], empty: {} }, { name: 'x' }],
    });
  });

  it('has no line of more than 160 characters, as ansible-lint demands', () => {
    const lines = yamlDocument(texts, 'x').split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > 160),
      [],
    );
  });

  it('keeps its comment on one line, whatever the name of the file is', () => {
    assert.deepEqual(pyYaml(yamlMap({ a: 1 }), 'x\nb: 2\r\u0085c: 3\u2028d: 4'), { a: 1 });
  });
});
