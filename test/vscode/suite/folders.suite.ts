import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../../src/protocol/contributions.ts';
import { outputDocument, outputHas, set, startDemo, titles } from './demo.ts';
import { eventually, openInWorkspace } from './support.ts';

const name = 'lab.cluster.yaml';
const step = 'locale';

/** The files that the links of the output channel open, by the node’s name in the channel. */
async function linked(): Promise<ReadonlyMap<string, string>> {
  const log = await outputDocument();
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    log.uri,
    1000,
  );
  const found = links.flatMap(({ range, target }): [string, string][] => {
    const [to] = target?.scheme === 'command' ? JSON.parse(decodeURIComponent(target.query)) : [];
    const [node = ''] = log.getText(range).split(' | ');
    return to ? [[node, to.uri]] : [];
  });
  return new Map(found);
}

describe('Two folders with cluster files of the same name', function () {
  this.timeout(60_000);
  let demo = '';
  before(async () => {
    await set(settings.demoPace.key, 'fast');
    const { uri } = await startDemo([]);
    const bytes = await vscode.workspace.fs.readFile(uri);
    demo = new TextDecoder()
      .decode(bytes)
      .replace(/^cluster: .*$/m, 'cluster: same')
      .replace(/openstack(?=\d:)/g, 'rack');
  });
  after(async () => {
    await vscode.commands.executeCommand(commands.stopDemo);
    await set(settings.demoPace.key, undefined);
  });

  it('keep their problems, states and logs apart', async () => {
    const { document: two } = await openInWorkspace(name, `${demo}bogus: 1\n`, 1);
    const { document: one } = await openInWorkspace(name, demo, 0);
    const errors = (uri: vscode.Uri) =>
      vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === 0);
    await eventually(() => assert.equal(errors(two.uri).length, 1));
    assert.equal(errors(one.uri).length, 0);
    const hasTitle = async (uri: vscode.Uri, text: RegExp) =>
      assert.ok(
        (await titles(uri)).some((title) => text.test(title)),
        (await titles(uri)).join('\n'),
      );
    await eventually(() => hasTitle(one.uri, /^▶ Run on 4 nodes$/));

    await vscode.commands.executeCommand(commands.check, { uri: one.uri.toString(), step });
    await eventually(() => hasTitle(one.uri, /^\d (?:done|needed)/));
    assert.ok(!(await titles(two.uri)).some((title) => /\d (?:done|needed)/.test(title)));
    assert.deepEqual(errors(one.uri), []);

    await vscode.window.showTextDocument(two);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(two.uri, two.lineAt(two.lineCount - 2).rangeIncludingLineBreak);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.commands.executeCommand(commands.check, { uri: two.uri.toString(), step });
    await eventually(() => hasTitle(two.uri, /^\d (?:done|needed)/));
    for (const folder of ['one', 'two']) await outputHas(new RegExp(`^rack1@${folder}/${name} \\| `, 'm'));
    await eventually(async () => {
      const links = await linked();
      for (const { uri } of [one, two]) {
        const folder = uri.path.split('/').at(-2);
        assert.equal(links.get(`rack1@${folder}/${name}`), uri.toString());
      }
    });
  });

  it('work together with one that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'openstack-cluster',
      content: demo,
    });
    await vscode.window.showTextDocument(document);
    await eventually(async () => assert.ok((await titles(document.uri)).includes('▶ Run on 4 nodes')));
    // Without an argument, a command applies to the active file.
    await vscode.commands.executeCommand(commands.check);
    await eventually(async () => {
      const all = await titles(document.uri);
      assert.ok(
        all.some((title) => /^\d+ (?:done|needed)/.test(title)),
        all.join('\n'),
      );
    }, 20_000);
    await outputHas(/^rack1@Untitled-\d \| /m);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
