import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import * as vscode from 'vscode';
import { commands, logLanguageId, settings } from '../../../src/protocol/contributions.ts';
import { output, outputHas, set, startDemo, titles } from './demo.ts';
import { eventually, openInWorkspace } from './support.ts';

describe('A run on the demo cluster', function () {
  this.timeout(120_000);
  before(async () => {
    await set(settings.demoPace.key, 'fast');
    await set(settings.confirmRun.key, false);
  });
  after(async () => {
    await vscode.commands.executeCommand(commands.stopDemo);
    for (const { key } of [settings.demoPace, settings.confirmRun, settings.demoScenarios])
      await set(key, undefined);
  });

  it('checks, runs and checks again; the lenses follow and the log has the lines of every node', async () => {
    const { uri } = await startDemo([]);
    await eventually(async () => assert.ok((await titles(uri)).includes('▶ Run on 4 nodes')));
    await vscode.commands.executeCommand(commands.check);
    await eventually(async () => assert.ok((await titles(uri)).includes('48 needed')));
    await vscode.commands.executeCommand(commands.run);
    await eventually(async () =>
      assert.ok((await titles(uri)).includes('48 done'), (await titles(uri)).join('\n')),
    );
    await vscode.commands.executeCommand(commands.check);
    await eventually(async () => assert.ok((await titles(uri)).includes('48 done')));
    for (const name of ['openstack1', 'openstack2', 'openstack3', 'openstack4']) {
      await outputHas(new RegExp(`^${name} \\| upgrade \\| Complete!$`, 'm'));
    }
    await outputHas(/^openstack1 \| repositories \| == changed after /m);
    await vscode.commands.executeCommand(commands.showLog, {
      ...{ uri: uri.toString(), nodes: ['openstack3'], step: 'upgrade' },
    });
    const file = vscode.window.activeTextEditor?.document;
    assert.match(file?.uri.path ?? '', /\/upgrade · openstack3$/);
    assert.equal(file?.languageId, logLanguageId);
    assert.match(file?.getText() ?? '', /^Complete!$/m);
  });

  it('shows a log that folds, has an outline and explains its error', async () => {
    const { uri } = await startDemo(['dead-mirrors']);
    await eventually(async () => assert.ok((await titles(uri)).includes('▶ Run on 4 nodes')));
    await vscode.commands.executeCommand(commands.run, { uri: uri.toString(), step: 'repositories' });
    const of = (node: string) => ({ uri: uri.toString(), nodes: [node], step: 'repositories' });
    await vscode.commands.executeCommand(commands.showLog, of('openstack3'));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { document } = editor;
    assert.deepEqual([document.uri.scheme, document.languageId], ['stackprep-log', logLanguageId]);
    assert.match(document.lineAt(editor.selection.active.line).text, /mirrorlist\.centos\.org/);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      editor.selection.active,
    );
    const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    assert.match(texts.map(({ value }) => value).join(), /shut(?:&nbsp;| )down/);
    await vscode.commands.executeCommand(commands.nextError);
    assert.match(
      document.lineAt(editor.selection.active.line).text,
      /^ One of the configured repositories failed/,
    );
    await vscode.commands.executeCommand(commands.nextError);
    assert.match(document.lineAt(editor.selection.active.line).text, /Cannot find a valid baseurl/);
    assert.equal(await vscode.workspace.fs.isWritableFileSystem('stackprep-log'), false);

    await vscode.commands.executeCommand(commands.showLog, of('openstack1'));
    const log = vscode.window.activeTextEditor?.document;
    assert.ok(log);
    const symbols = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        log.uri,
      );
      assert.ok(found.length > 0);
      return found;
    });
    assert.ok(
      symbols.some(({ name }) => /^Transaction \(\d+\)$/.test(name)),
      symbols.map(({ name }) => name).join(),
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      log.uri,
    );
    assert.ok(folds.length >= 3);
  });

  it('names the node that is unreachable and continues with the others', async () => {
    const { uri } = await startDemo(['node-down']);
    await eventually(async () => assert.ok((await titles(uri)).includes('▶ Run on 4 nodes')));
    await vscode.commands.executeCommand(commands.run, { uri: uri.toString(), step: 'hosts-file' });
    await eventually(async () => {
      const all = await titles(uri);
      assert.ok(all.includes('✗ connection refused'), all.join('\n'));
      assert.ok(all.includes('1 unreachable · 3 done'), all.join('\n'));
    });
    await outputHas(/^openstack4 \| == openstack4 \(127\.0\.0\.1:\d+\) refuses SSH connections\./m);
  });

  it('reports what differs between nodes and file, and clears it when the file is corrected', async () => {
    const document = await startDemo([]);
    const { uri } = document;
    await eventually(async () => assert.ok((await titles(uri)).includes('▶ Run on 4 nodes')));
    await vscode.commands.executeCommand(commands.check, { uri: uri.toString(), step: 'hosts-file' });
    const messages = () =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ code }) => typeof code === 'object' && String(code.value).startsWith('live-'))
        .map(({ message }) => message);
    assert.deepEqual(messages(), []);
    const edit = new vscode.WorkspaceEdit();
    const start = document.getText().indexOf('eth0', document.getText().indexOf('networks:'));
    edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(start + 4)), 'ens3');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(() => {
      assert.match(
        messages()[0] ?? '',
        /^Interface ens3 does not exist on openstack1, .*\. Available interfaces: eth0, eth1\. As of .+\.$/,
      );
    });
    const at = document.positionAt(document.getText().indexOf('ens3'));
    await eventually(async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        at,
      );
      const values = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.Value);
      const labels = values.map(({ label }) => (typeof label === 'string' ? label : label.label));
      // Those in the file come first.
      assert.deepEqual(labels, ['eth1', 'eth0']);
    });
    await vscode.commands.executeCommand(commands.clear, { uri: uri.toString() });
    await eventually(() => assert.deepEqual(messages(), []));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('shows its log while it is written, and prevents a second run of the cluster', async () => {
    await set(settings.demoPace.key, 'realistic');
    const { uri } = await startDemo([]);
    await eventually(async () => assert.ok((await titles(uri)).includes('▶ Run on 4 nodes')));
    const run = vscode.commands.executeCommand(commands.run, { uri: uri.toString(), step: 'upgrade' });
    await eventually(
      async () => assert.ok((await titles(uri)).some((title) => /^⟳ 0\/4/.test(title))),
      20_000,
    );
    // The log follows while it is written.
    const wanted = { uri: uri.toString(), nodes: ['openstack1'], step: 'upgrade' };
    const log = await eventually(async () => {
      // It does not exist before the step has started on that node.
      await vscode.commands.executeCommand(commands.showLog, wanted);
      const shown = vscode.window.activeTextEditor?.document;
      assert.match(shown?.uri.path ?? '', /\/upgrade · openstack1$/);
      return shown;
    }, 20_000);
    const lines = log?.lineCount ?? 0;
    await eventually(() => assert.ok((log?.lineCount ?? 0) > lines, `still ${lines} lines`), 20_000);
    // A second run of the same cluster is refused: it returns at once and starts nothing.
    const checks = (await output()).match(/^== check of/gm)?.length;
    await vscode.commands.executeCommand(commands.check, { uri: uri.toString() });
    await run;
    assert.equal((await output()).match(/^== check of/gm)?.length, checks);
    await eventually(async () =>
      assert.deepEqual(
        (await titles(uri)).filter((title) => title.startsWith('⟳')),
        [],
      ),
    );
    await set(settings.demoPace.key, 'fast');
  });

  it('shows the dry run and the exact script as read-only documents', async () => {
    const { uri } = await startDemo([]);
    await vscode.commands.executeCommand(commands.plan, { uri: uri.toString() });
    const plan = vscode.window.activeTextEditor?.document;
    assert.equal(plan?.uri.scheme, 'stackprep-plan');
    await eventually(() =>
      assert.match(plan?.getText() ?? '', /^ {2}upgrade: needed +# \d+ packages can be updated\.$/m),
    );
    await vscode.commands.executeCommand(commands.showScript, {
      uri: uri.toString(),
      step: 'upgrade',
      nodes: ['openstack1'],
    });
    const script = vscode.window.activeTextEditor?.document;
    assert.equal(script?.uri.scheme, 'stackprep-script');
    assert.equal(script?.languageId, 'shellscript');
    assert.match(script?.getText() ?? '', /^# Step `upgrade` on openstack1 \(/);
    assert.match(script?.getText() ?? '', /^upgrade_check\(\) /m);
  });

  it('opens a terminal with the system’s ssh and its arguments as a list', async () => {
    const { uri } = await startDemo([]);
    await vscode.commands.executeCommand(commands.openTerminal, {
      uri: uri.toString(),
      nodes: ['openstack2'],
    });
    const terminal = await eventually(() => {
      const found = vscode.window.terminals.find(({ name }) => name === 'openstack2');
      assert.ok(found);
      return found;
    });
    const { shellPath, shellArgs } = terminal.creationOptions as vscode.TerminalOptions;
    assert.equal(shellPath, 'ssh');
    assert.deepEqual(shellArgs?.slice(-2), ['--', '127.0.0.1']);
    terminal.dispose();
  });

  it('connects to no node while the file has errors', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const text = `cluster: faulty\nnodes:\n  a: { address: 127.0.0.1, port: ${port} }\nsteps: [upgrade]\n`;
      const { document } = await openInWorkspace('faulty.cluster.yaml', `${text}bogus: 1\n`);
      const target = { uri: document.uri.toString() };
      await vscode.commands.executeCommand(commands.check, target);
      await vscode.commands.executeCommand(commands.run, target);
      assert.equal(connections, 0);
      await openInWorkspace('faulty.cluster.yaml', text);
      await eventually(() => assert.equal(document.getText(), text));
      await vscode.commands.executeCommand(commands.check, target);
      assert.equal(connections, 1);
    } finally {
      server.close();
    }
  });
});
