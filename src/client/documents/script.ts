import { homedir } from 'node:os';
import {
  Disposable,
  EventEmitter,
  env,
  languages,
  Range,
  Selection,
  TextEditorRevealType,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { msg } from '../../base/l10n.ts';
import { visibleText } from '../../base/visible.ts';
import { loginText } from '../../cluster/login.ts';
import type { ClusterNode, SshSettings } from '../../cluster/model.ts';
import { payloadCommand } from '../../plan/command.ts';
import { buildPlan } from '../../plan/plan.ts';
import { schemes } from '../../protocol/contributions.ts';
import { printableCommand } from '../../shell/command.ts';
import type { StepIntent } from '../../steps/common/definition.ts';
import type { Target } from '../../view/live.ts';
import { scriptHeader } from '../../view/script-header.ts';
import { scriptParts } from '../../view/script-parts.ts';
import { readClusterFile } from '../cluster/cluster-text.ts';
import { foldRows } from '../editor/fold.ts';
import { pickName } from '../editor/pick.ts';
import { t } from '../editor/texts.ts';
import { selectionOf } from '../run/selection.ts';
import { registerScriptStructure } from './script-structure.ts';
import { documentTarget, documentUri } from './uri.ts';

/** Placeholder for the random nonce of a run. */
const nonce = 'NONCE';

/** The script of a step on a node, as it would be sent. */
interface NodeScript {
  readonly node: ClusterNode;
  readonly step: string;
  readonly intent: StepIntent;
  readonly text: string;
}

async function scriptsOf(target: Target): Promise<readonly NodeScript[]> {
  const { cluster: read } = await readClusterFile(target.uri);
  if (!read) return [];
  const selection = selectionOf(target);
  const { readyPlan, withPublicKeys } = await import('../../app/entry.ts');
  const cluster = await withPublicKeys(read, selection, homedir());
  return buildPlan(cluster, new Map(), selection).nodes.flatMap((plan) =>
    readyPlan(cluster, plan).jobs.flatMap(({ step, payload }) => {
      const intent = payload?.header.steps.find(({ id }) => id === step)?.intent ?? {};
      return payload ? [{ node: plan.node, step, intent, text: payload.text(nonce) }] : [];
    }),
  );
}

/** The node to show: the only one, any if all have the same script, or the one that the user picks. */
async function chooseNode(scripts: readonly NodeScript[]): Promise<string | undefined> {
  const [first] = scripts;
  if (new Set(scripts.map(({ text }) => text)).size <= 1) return first?.node.name;
  const names = scripts.map(({ node }) => node.name);
  return await pickName(names, {
    title: t(msg('The script differs between nodes. Select a node')),
  });
}

/** The login of a run. For a file of an untrusted workspace ssh is not asked: its config may start a program for any name. */
async function loginOf(node: ClusterNode): Promise<SshSettings> {
  if (!workspace.isTrusted) return node.ssh;
  const { decidedLogin } = await import('../../app/entry.ts');
  return await decidedLogin(node, { home: homedir(), env: process.env });
}

/** The script with a header that describes it. */
async function textOf([script]: readonly NodeScript[]): Promise<string> {
  if (!script) return '';
  const { node, step, intent, text } = script;
  const login = loginText(await loginOf(node));
  const command = printableCommand(payloadCommand(node, ''));
  return scriptHeader({ step, node: node.name, login, command, intent }, nonce, t) + visibleText(text);
}

export interface ScriptDocuments extends Disposable {
  /** Copies a displayed script to the clipboard. */
  copy(uri: Uri): Promise<void>;
  show(target: Target & { readonly step: string }): Promise<void>;
}

/** The exact script of a step on a node as a read-only document. */
export function createScriptDocuments(): ScriptDocuments {
  const changed = new EventEmitter<Uri>();
  const registered = workspace.registerTextDocumentContentProvider(schemes.script, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => await textOf(await scriptsOf(documentTarget(uri))),
  });
  const structure = registerScriptStructure();
  return {
    copy: async (uri) => {
      await env.clipboard.writeText((await workspace.openTextDocument(uri)).getText());
      window.setStatusBarMessage(t(msg('The script was copied.')), 4000);
    },
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
      const uri = documentUri(schemes.script, `${target.step} · ${node}`, { ...target, nodes: [node] });
      changed.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, 'shellscript');
      const editor = await window.showTextDocument(document, { preview: true });
      const { own, library } = scriptParts(document.getText());
      const at = document.lineAt(own).range.start;
      editor.selection = new Selection(at, at);
      editor.revealRange(new Range(0, 0, own, 0), TextEditorRevealType.AtTop);
      await foldRows(library ? [library.first] : []);
    },
    dispose: () => Disposable.from(registered, structure, changed).dispose(),
  };
}
