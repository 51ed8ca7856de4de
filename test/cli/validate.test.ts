import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';
import { sarifViolations } from './sarif-schema.ts';

const good = `cluster: lab
nodes:
  a: { address: 10.0.0.1 }
steps: [locale]
`;
const invalid = `cluster: lab
nodes:
  a: { address: 10.0.0.1 }
  한국: { adress: 10.0.0.2 }
steps: [locale]
`;

describe('stackprep validate', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
    await folder.write('good.cluster.yaml', good);
    await folder.write('invalid.cluster.yaml', invalid);
    await folder.write('latin1.cluster.yaml', Buffer.from([0x63, 0x3a, 0x20, 0xe9, 0x0a]));
    await folder.write('bom.cluster.yaml', `\ufeff${good}`);
    await folder.write('large.cluster.yaml', 'x'.repeat(1_000_001));
  });
  after(() => folder.remove());

  async function call(argv: readonly string[], { isTTY = false, env = {} } = {}) {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path, isTTY, env });
    const code = await main(['validate', ...argv], io);
    return { code, out: stdout.text(), err: stderr.text() };
  }

  it('reports that a file without problems has none', async () => {
    for (const name of ['good.cluster.yaml', 'bom.cluster.yaml']) {
      const { code, out, err } = await call([name]);
      assert.deepEqual({ code, out, err }, { code: 0, out: `No problems found in ${name}.\n`, err: '' });
    }
  });

  it('reports each problem with its line, and marks it correctly after wide characters', async () => {
    const { code, out } = await call(['invalid.cluster.yaml']);
    assert.equal(code, 1);
    const lines = out.split('\n');
    const at = lines.findIndex((line) => line.includes('[key-unknown]'));
    assert.match(lines[at] ?? '', /^invalid\.cluster\.yaml:4:9 error .*adress.* \[key-unknown\]$/);
    assert.equal(lines[at + 1], '    4 │   한국: { adress: 10.0.0.2 }');
    assert.equal(lines[at + 2], '      │           ^^^^^^');
    assert.match(lines[0] ?? '', /^invalid\.cluster\.yaml:4:3 error 한국 .* \[node-name\]$/);
    assert.match(out, /2 errors in invalid\.cluster\.yaml\.\n$/);
  });

  it('prints no control character of the file', async () => {
    await folder.write(
      'hostile.cluster.yaml',
      'cluster: lab\n"\x1b[2J\u202e": 1\nnodes: { a: { address: 10.0.0.1 } }\n',
    );
    const { code, out } = await call(['hostile.cluster.yaml']);
    assert.equal(code, 1);
    assert.doesNotMatch(out, /[\x1b\u202e]/);
  });

  it('uses colors on a terminal only, and never with NO_COLOR', async () => {
    assert.match((await call(['invalid.cluster.yaml'], { isTTY: true })).out, /\x1b\[31merror\x1b\[39m/);
    for (const options of [
      {},
      { isTTY: true, env: { NO_COLOR: '1' } },
      { isTTY: true, env: { TERM: 'dumb' } },
    ])
      assert.doesNotMatch((await call(['invalid.cluster.yaml'], options)).out, /\x1b/);
  });

  it('prints an array with --json, with positions counted from 1', async () => {
    const { code, out } = await call(['invalid.cluster.yaml', '--json']);
    assert.equal(code, 1);
    const list = JSON.parse(out);
    const problem = list.find((each: { code: string }) => each.code === 'key-unknown');
    const { message, ...rest } = problem;
    assert.match(message, /adress/);
    const place = { line: 4, column: 9, endLine: 4, endColumn: 15 };
    assert.deepEqual(rest, { code: 'key-unknown', severity: 'error', ...place });
    assert.equal((await call(['good.cluster.yaml', '--json'])).out, '[]\n');
  });

  it('prints the name of the file in the array if there are several', async () => {
    const { code, out } = await call(['good.cluster.yaml', 'invalid.cluster.yaml', '--json']);
    assert.equal(code, 1);
    const files = new Set(JSON.parse(out).map((each: { file: string }) => each.file));
    assert.deepEqual([...files], ['invalid.cluster.yaml']);
  });

  it('prints SARIF 2.1.0 with a rule for each result, and a fix if there is one', async () => {
    await folder.write('한 글#.cluster.yaml', invalid);
    const { code, out } = await call(['good.cluster.yaml', './한 글#.cluster.yaml', '--format', 'sarif']);
    assert.equal(code, 1);
    const log = JSON.parse(out);
    assert.deepEqual(sarifViolations(log), []);
    const [run] = log.runs;
    const uri = '%ED%95%9C%20%EA%B8%80%23.cluster.yaml';
    assert.deepEqual(run.artifacts, [
      { location: { uri: 'good.cluster.yaml', uriBaseId: '%SRCROOT%' } },
      { location: { uri, uriBaseId: '%SRCROOT%' } },
    ]);
    const result = run.results.find((each: { ruleId: string }) => each.ruleId === 'key-unknown');
    assert.equal(result.level, 'error');
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, 'key-unknown');
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
          region: { startLine: 4, startColumn: 9, endLine: 4, endColumn: 15 },
        },
      },
    ]);
    assert.deepEqual(result.fixes[0].artifactChanges[0].replacements, [
      {
        deletedRegion: { startLine: 4, startColumn: 9, endLine: 4, endColumn: 15 },
        insertedContent: { text: 'address' },
      },
    ]);
  });

  it('prints SARIF without results for a valid file, and JSON with either option', async () => {
    const { code, out } = await call(['good.cluster.yaml', '--format=sarif']);
    assert.equal(code, 0);
    assert.deepEqual(sarifViolations(JSON.parse(out)), []);
    assert.deepEqual(JSON.parse(out).runs[0].results, []);
    const [one, other] = [['--json'], ['--format', 'json']];
    const [first, second] = [
      await call(['invalid.cluster.yaml', ...one]),
      await call(['invalid.cluster.yaml', ...other]),
    ];
    assert.equal(first.out, second.out);
    const wrong = await call(['good.cluster.yaml', '--format', 'xml']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /Invalid value for --format: xml\. Use one of: text, json, sarif\./);
  });

  const unreadable: readonly (readonly [name: string, text: RegExp])[] = [
    ['missing.cluster.yaml', /missing\.cluster\.yaml does not exist/],
    ['good.cluster.yaml/x', /does not exist/],
    ['.', /\. is a folder/],
    ['latin1.cluster.yaml', /not UTF-8/],
    ['large.cluster.yaml', /too large/],
  ];
  for (const [name, text] of unreadable) {
    it(`refuses ${name} in one line`, async () => {
      const { code, out, err } = await call([name]);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, text);
      assert.match(err, /^stackprep: [^\n]*\n$/);
    });
  }
});
