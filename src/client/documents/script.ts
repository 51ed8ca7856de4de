import { homedir } from 'node:os';
import { Disposable, EventEmitter, languages, type Uri, window, workspace } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { loginText } from '../../cluster/login.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import { payloadCommand } from '../../plan/command.ts';
import { buildPlan } from '../../plan/plan.ts';
import { schemes } from '../../protocol/contributions.ts';
import { printableCommand } from '../../shell/command.ts';
import type { Target } from '../../view/live.ts';
import { scriptHeader } from '../../view/script-header.ts';
import { readClusterFile } from '../cluster/cluster-text.ts';
import { t } from '../editor/texts.ts';
import { selectionOf } from '../run/selection.ts';
import { documentTarget, documentUri } from './uri.ts';

/** Placeholder for the random nonce of a run. */
const nonce = 'NONCE';

/** The script of a step on a node, as it would be sent. */
interface NodeScript {
  readonly node: ClusterNode;
  readonly step: string;
  readonly text: string;
}

async function scriptsOf(target: Target): Promise<readonly NodeScript[]> {
  const { cluster: read } = await readClusterFile(target.uri);
  if (!read) return [];
  const selection = selectionOf(target);
  const { readyPlan, withPublicKeys } = await import('../../app/entry.ts');
  const cluster = await withPublicKeys(read, selection, homedir());
  return buildPlan(cluster, new Map(), selection).nodes.flatMap((plan) =>
    readyPlan(cluster, plan).jobs.flatMap(({ step, payload }) =>
      payload ? [{ node: plan.node, step, text: payload.text(nonce) }] : [],
    ),
  );
}

/** The node to show: the only one, any if all have the same script, or the one that the user picks. */
async function chooseNode(scripts: readonly NodeScript[]): Promise<string | undefined> {
  const [first] = scripts;
  if (new Set(scripts.map(({ text }) => text)).size <= 1) return first?.node.name;
  const names = scripts.map(({ node }) => node.name);
  return await window.showQuickPick(names, {
    title: t(msg('The script differs between nodes. Select a node')),
  });
}

/** The script with a header that describes it. */
async function textOf([script]: readonly NodeScript[]): Promise<string> {
  if (!script) return '';
  const { node, step, text } = script;
  const { decidedLogin } = await import('../../app/entry.ts');
  const login = loginText(await decidedLogin(node, { home: homedir(), env: process.env }));
  const command = printableCommand(payloadCommand(node, ''));
  return scriptHeader({ step, node: node.name, login, command }, nonce, t) + text;
}

export interface ScriptDocuments extends Disposable {
  show(target: Target & { readonly step: string }): Promise<void>;
}

/** The exact script of a step on a node as a read-only document. */
export function createScriptDocuments(): ScriptDocuments {
  const changed = new EventEmitter<Uri>();
  const registered = workspace.registerTextDocumentContentProvider(schemes.script, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => await textOf(await scriptsOf(documentTarget(uri))),
  });
  return {
    show: async (target) => {
      const scripts = await scriptsOf(target);
      const node = await chooseNode(scripts);
      if (node === undefined) {
        if (scripts.length > 0) return;
        void window.showInformationMessage(
          t(msg('This version has no script for {0} on this node.', target.step)),
        );
        return;
      }
      const uri = documentUri(schemes.script, `${target.step} — ${node}.sh`, { ...target, nodes: [node] });
      changed.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, 'shellscript');
      await window.showTextDocument(document, { preview: true });
    },
    dispose: () => Disposable.from(registered, changed).dispose(),
  };
}
