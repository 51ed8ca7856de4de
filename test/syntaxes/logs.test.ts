import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import { type IGrammar, parseRawGrammar, Registry } from 'vscode-textmate';

const root = join(import.meta.dirname, '../..');
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

async function grammar(name: string, scope = `text.${name}`): Promise<IGrammar> {
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new Registry({
    onigLib: Promise.resolve(oniguruma),
    loadGrammar: async () => {
      const path = join(root, `syntaxes/${name}.tmLanguage.json`);
      return parseRawGrammar(await readFile(path, 'utf8'), path);
    },
  });
  const found = await registry.loadGrammar(scope);
  assert.ok(found);
  return found;
}

/** The parts of a line that have a scope: `text scope`. */
function tokens(of: IGrammar, line: string): readonly string[] {
  return of.tokenizeLine(line, null).tokens.flatMap(({ startIndex, endIndex, scopes }) => {
    const text = line.slice(startIndex, endIndex).trim();
    const scope = scopes
      .slice(1)
      .join(' ')
      .replaceAll(/\.stackprep-\w+/g, '');
    return text === '' || scope === '' ? [] : [`${text} | ${scope}`];
  });
}

describe('The colors of a log', () => {
  let log: IGrammar;
  before(async () => {
    log = await grammar('stackprep-log');
  });

  const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
    ['Error: Nothing to do', ['Error: Nothing to do | token.error-token']],
    [
      '오류: 일치하는 항목을 찾을 수 없습니다: x',
      ['오류: 일치하는 항목을 찾을 수 없습니다: x | token.error-token'],
    ],
    ['No package chrny available.', ['No package chrny available. | token.warn-token']],
    ['Complete!', ['Complete! | markup.bold token.info-token']],
    ['==========================', ['========================== | comment.line']],
    ['Running transaction', ['Running transaction | markup.heading entity.name.section']],
    [
      '  Installing : nova-1:19.3-1.el7.x86_64                 3/99 ',
      [
        'Installing | keyword.other',
        'nova-1:19.3-1.el7.x86_64 | entity.name.type',
        '3/99 | constant.numeric',
      ],
    ],
    [
      ' kernel   x86_64   3.10.0-1160.el7   updates   50 M',
      [
        'kernel | entity.name.type',
        'x86_64 | comment.line',
        '3.10.0-1160.el7 | constant.numeric',
        'updates | variable.other',
        '50 M | comment.line',
      ],
    ],
    [
      '[3/5] Installing beta-2:1.2-1.noarch 100% |  14.9 MiB/s | 152.5 KiB |  00m00s',
      [
        '[3/5] | constant.numeric',
        'Installing | keyword.other',
        'beta-2:1.2-1.noarch | entity.name.type',
        '100% |  14.9 MiB/s | 152.5 KiB |  00m00s | comment.line',
      ],
    ],
    ['see https://example.org/a', ['https://example.org/a | markup.underline.link']],
    ['anything else at all', []],
  ];
  for (const [line, expected] of cases) {
    it(`are right for ${line.trim().slice(0, 40)}`, () => {
      assert.deepEqual(tokens(log, line), expected);
    });
  }

  it('start with node and step in the output channel', async () => {
    const output = await grammar('stackprep-output');
    assert.deepEqual(tokens(output, 'openstack1 | upgrade | Error: Nothing to do'), [
      'openstack1 | entity.name.tag.node',
      'upgrade | variable.other.step',
      'Error: Nothing to do | token.error-token',
    ]);
    assert.deepEqual(tokens(output, '== run of lab on a'), ['== run of lab on a | markup.heading']);
  });
});

describe('The colors of an answer file', () => {
  const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
    ['# Packstack 26.0.0', ['# Packstack 26.0.0 | comment.line']],
    ['[general]', ['[general] | entity.name.section']],
    [
      'CONFIG_HEAT_INSTALL=y',
      [
        'CONFIG_HEAT_INSTALL | variable.other.key',
        '= | keyword.operator.assignment',
        'y | constant.language',
      ],
    ],
    [
      'CONFIG_REDIS_PORT = 6379',
      [
        'CONFIG_REDIS_PORT | variable.other.key',
        '= | keyword.operator.assignment',
        '6379 | constant.numeric',
      ],
    ],
    [
      'CONFIG_SERVICE_WORKERS=%{::processorcount}',
      [
        'CONFIG_SERVICE_WORKERS | variable.other.key',
        '= | keyword.operator.assignment',
        '%{::processorcount} | variable.other.fact',
      ],
    ],
    [
      'CONFIG_NOVA_DB_PW=PW_PLACEHOLDER',
      [
        'CONFIG_NOVA_DB_PW | variable.other.key',
        '= | keyword.operator.assignment',
        'PW_PLACEHOLDER | constant.other.placeholder',
      ],
    ],
    [
      'CONFIG_CONTROLLER_HOST=10.0.0.1',
      [
        'CONFIG_CONTROLLER_HOST | variable.other.key',
        '= | keyword.operator.assignment',
        '10.0.0.1 | string.unquoted',
      ],
    ],
  ];
  let answers: IGrammar;
  before(async () => {
    answers = await grammar('packstack-answers', 'source.packstack-answers');
  });
  for (const [line, expected] of cases) {
    it(`are right for ${line}`, () => {
      const found = tokens(answers, line).map((token) => token.replaceAll('.packstack-answers', ''));
      assert.deepEqual(found, expected);
    });
  }
});
