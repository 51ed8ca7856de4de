import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApplyWorkspaceEditParams, CodeLens, Hover, SymbolInformation } from 'vscode-languageserver';
import { interfacesNotification } from '../../src/protocol/interfaces.ts';
import type { KnownInterfaces } from '../../src/view/interfaces.ts';
import { type Editor, startEditor } from './client.ts';

const uri = 'untitled:Untitled-1';
const valid = 'cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [upgrade]\n';

describe('The language server', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor();
  });
  afterEach(() => editor.dispose());

  it('sends the problems and the outline of a document that was never saved', async () => {
    await editor.open(uri, `${valid}bogus: 1\n`);
    await editor.until(() => editor.diagnostics.length === 1 && editor.outlines.length === 1);
    assert.deepEqual(
      editor.diagnostics[0]?.diagnostics.map(({ code }) => code),
      ['key-unknown'],
    );
    assert.deepEqual(editor.outlines[0]?.outline?.nodes[0]?.id, 'a');
    assert.equal(editor.outlines[0]?.uri, uri);
    assert.equal(editor.outlines[0]?.errors, 1);
  });

  it('waits for a pause in typing, then sends the result for the newest text only', async () => {
    await editor.open(uri, valid);
    await editor.until(() => editor.outlines.length === 1);
    for (let version = 2; version < 22; version += 1)
      await editor.change(uri, version, `${valid}# ${version}\n`);
    await editor.until(() => editor.outlines.some(({ outline }) => outline?.version === 21));
    const versions = editor.outlines.map(({ outline }) => outline?.version ?? 0);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
    // Under load, the pause may end between two changes.
    assert.ok(versions.length < 20, versions.join(' '));
  });

  it('sends no outline while the nodes cannot be read', async () => {
    await editor.open(uri, '[1, 2');
    await editor.until(() => editor.diagnostics.length === 1 && editor.outlines.length === 1);
    assert.deepEqual(editor.outlines, [{ uri, errors: editor.diagnostics[0]?.diagnostics.length }]);
  });

  it('answers requests for text that was typed just before', async () => {
    await editor.open(uri, valid);
    await editor.change(uri, 2, `${valid}repositories:\n  epel: \n`);
    const at = { textDocument: { uri }, position: { line: 5, character: 8 } };
    const items = await editor.connection.sendRequest<{ label: string }[]>('textDocument/completion', at);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['enabled', 'disabled'],
    );
    const onStep = { textDocument: { uri }, position: { line: 3, character: 9 } };
    const hover = await editor.connection.sendRequest('textDocument/hover', onStep);
    assert.match(JSON.stringify(hover), /All packages up to date/);
  });

  it('completes the interfaces that the client reports, until the nodes are no longer known', async () => {
    await editor.open(uri, `${valid}networks:\n  management: { interface: }\n`);
    const at = { textDocument: { uri }, position: { line: 5, character: 27 } };
    const labels = async () => {
      const items = await editor.connection.sendRequest<{ label: string }[]>('textDocument/completion', at);
      return items.map(({ label }) => label);
    };
    assert.deepEqual(await labels(), []);
    const send = (interfaces: KnownInterfaces, of = uri) =>
      editor.connection.sendNotification(interfacesNotification, { uri: of, interfaces });
    await send({ eth0: 3, eth1: 1 });
    await send({ ens9: 1 }, 'file:///other.cluster.yaml');
    assert.deepEqual(await labels(), ['eth0', 'eth1']);
    await send({});
    assert.deepEqual(await labels(), []);
  });

  it('renames a symbol, or refuses with a reason', async () => {
    await editor.open(uri, valid);
    const rename = (line: number, character: number) =>
      editor.connection.sendRequest<{ changes: Record<string, unknown[]> }>('textDocument/rename', {
        textDocument: { uri },
        position: { line, character },
        newName: 'b',
      });
    assert.equal((await rename(2, 2)).changes[uri]?.length, 1);
    await assert.rejects(rename(0, 10), /Only names can be renamed/);
  });

  it('keeps the last valid outline of the editor while nothing can be read', async () => {
    await editor.open(uri, valid);
    const ask = () =>
      editor.connection.sendRequest<{ name: string }[]>('textDocument/documentSymbol', {
        textDocument: { uri },
      });
    const before = await ask();
    assert.equal(before.length, 3);
    await editor.change(uri, 2, `{\n${valid}`);
    assert.deepEqual(await ask(), before);
  });

  it('supports answer files of Packstack: problems with fixes, keys, values and hovers', async () => {
    const answers = 'untitled:Untitled-2';
    await editor.open(
      answers,
      '[general]\nCONFIG_NOVA_INSTAL=y\nCONFIG_HEAT_INSTALL=\n\n',
      'packstack-answers',
    );
    await editor.until(() => editor.diagnostics.length === 1);
    const found = editor.diagnostics[0]?.diagnostics ?? [];
    assert.deepEqual(
      found.map(({ code }) => code),
      ['answers-key-unknown'],
    );
    const at = (line: number, character: number) => ({
      textDocument: { uri: answers },
      position: { line, character },
    });
    const actions = await editor.connection.sendRequest<{ title: string }[]>('textDocument/codeAction', {
      textDocument: { uri: answers },
      range: found[0]?.range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to CONFIG_NOVA_INSTALL', 'Ignore answers-key-unknown here'],
    );
    const values = await editor.connection.sendRequest<{ label: string }[]>(
      'textDocument/completion',
      at(2, 20),
    );
    assert.deepEqual(
      values.map(({ label }) => label),
      ['y', 'n'],
    );
    const keys = await editor.connection.sendRequest<{ label: string; detail?: string }[]>(
      'textDocument/completion',
      at(3, 0),
    );
    assert.equal(
      keys.find(({ label }) => label === 'CONFIG_COMPUTE_HOSTS')?.detail,
      'Compute hosts, separated by commas.',
    );
    assert.equal(
      keys.some(({ label }) => label === 'CONFIG_HEAT_INSTALL'),
      false,
    );
    const hover = await editor.connection.sendRequest('textDocument/hover', at(2, 3));
    assert.match(JSON.stringify(hover), /Whether to install heat \(orchestration\)/);
    assert.deepEqual(editor.outlines, []);
  });

  it('recognizes an answer file by its name when the editor does not know the language', async () => {
    await editor.open(
      'file:///root/packstack-answers-20260101-101010.txt',
      '[general]\nCONFIG_HEAT_INSTALL=on\n',
      'plaintext',
    );
    await editor.until(() => editor.diagnostics.length === 1);
    assert.deepEqual(
      editor.diagnostics[0]?.diagnostics.map(({ code }) => code),
      ['answers-value'],
    );
  });

  it('clears the diagnostics when a document is closed', async () => {
    await editor.open(uri, 'bogus: 1\n');
    await editor.until(() => editor.diagnostics.length === 1);
    await editor.close(uri);
    await editor.until(() => editor.diagnostics.length === 2);
    assert.deepEqual(editor.diagnostics[1], { uri, diagnostics: [] });
  });

  it('does not parse a document that was closed in the meantime', async () => {
    await editor.open(uri, valid);
    await editor.until(() => editor.outlines.length === 1);
    await editor.change(uri, 2, 'bogus: 1\n');
    await editor.close(uri);
    await delay(400);
    assert.equal(editor.outlines.length, 1);
  });

  it('still responds after it received a huge file', async () => {
    const huge = `cluster: lab\nnodes:\n${'  a: { address: 10.0.0.1 }\n'.repeat(50_000)}`;
    await editor.open('file:///huge.cluster.yaml', huge);
    await editor.open(uri, valid);
    await editor.until(() => editor.diagnostics.some((params) => params.uri === uri));
    const codes = editor.diagnostics
      .find((params) => params.uri !== uri)
      ?.diagnostics.map(({ code }) => code);
    assert.deepEqual(codes, ['file-too-large']);
  });
});

describe('The language server with Korean as the display language', () => {
  it('sends Korean texts', async () => {
    const bundle = {
      'The file is empty. It needs at least the keys cluster and nodes.': '파일이 비어 있습니다.',
    };
    const editor = await startEditor({ locale: 'ko', bundle });
    try {
      await editor.open(uri, '');
      await editor.until(() => editor.diagnostics.length === 1);
      assert.equal(editor.diagnostics[0]?.diagnostics[0]?.message, '파일이 비어 있습니다.');
    } finally {
      editor.dispose();
    }
  });

  it('gives a client what it can show: plain text, a list of symbols, no links; and serves no other YAML', async () => {
    const plain = await startEditor({}, { textDocument: {} });
    try {
      const uri = 'file:///plain.cluster.yaml';
      await plain.open(uri, 'cluster: a\nnodes:\n  n1: { adress: 10.0.0.1 }\n', 'yaml');
      await plain.open('file:///compose.yaml', 'services: []\n', 'yaml');
      await plain.until(() => plain.diagnostics.some((each) => each.uri === uri));
      const [found] = plain.diagnostics.find((each) => each.uri === uri)?.diagnostics ?? [];
      assert.equal(found?.codeDescription, undefined);
      const at = { textDocument: { uri }, position: { line: 1, character: 1 } };
      const hover: Hover | null = await plain.connection.sendRequest('textDocument/hover', at);
      assert.ok(hover && typeof hover.contents === 'object' && 'kind' in hover.contents);
      assert.equal(hover.contents.kind, 'plaintext');
      assert.ok(!hover.contents.value.includes('**'), hover.contents.value);
      const symbols: SymbolInformation[] = await plain.connection.sendRequest(
        'textDocument/documentSymbol',
        at,
      );
      assert.deepEqual(
        symbols.map(({ name, containerName }) => [name, containerName]),
        [
          ['cluster', undefined],
          ['nodes', undefined],
          ['n1', 'nodes'],
        ],
      );
      const other = { textDocument: { uri: 'file:///compose.yaml' } };
      assert.deepEqual(await plain.connection.sendRequest('textDocument/documentSymbol', other), []);
      assert.ok(
        !plain.diagnostics.some((each) => each.uri.endsWith('compose.yaml') && each.diagnostics.length > 0),
      );
    } finally {
      plain.dispose();
    }
  });

  it('offers a client that takes edits a lens that fixes all problems; the extension has its own lenses', async () => {
    const takesEdits = { workspace: { applyEdit: true } };
    const uri = 'file:///lens.cluster.yaml';
    const asked = { textDocument: { uri } };
    for (const [options, abilities] of [
      [{ wantsOutlines: true }, takesEdits],
      [{ wantsOutlines: false }, {}],
    ] as const) {
      const editor = await startEditor(options, abilities);
      assert.equal(editor.serverCapabilities.codeLensProvider, undefined);
      editor.dispose();
    }
    const editor = await startEditor({ wantsOutlines: false }, takesEdits);
    try {
      const applied: ApplyWorkspaceEditParams[] = [];
      editor.connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
        applied.push(params);
        return { applied: true };
      });
      await editor.open(uri, 'cluster: a\nnodes:\n  n1: { adress: 10.0.0.1, roles: [compute] }\n');
      const [lens, ...others]: CodeLens[] = await editor.connection.sendRequest(
        'textDocument/codeLens',
        asked,
      );
      assert.deepEqual(others, []);
      const { command = '', arguments: args = [] } = lens?.command ?? {};
      assert.ok(editor.serverCapabilities.executeCommandProvider?.commands.includes(command));
      await editor.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
      const [edit] = applied[0]?.edit.changes?.[uri] ?? [];
      assert.equal(edit?.newText, 'address');
      await editor.change(uri, 2, 'cluster: a\nnodes:\n  n1: { address: 10.0.0.1, roles: [compute] }\n');
      assert.deepEqual(await editor.connection.sendRequest('textDocument/codeLens', asked), []);
      await editor.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
      assert.equal(applied.length, 1, 'nothing is left to fix');
    } finally {
      editor.dispose();
    }
  });
});
