import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  type Disposable,
  EventEmitter,
  languages,
  Range,
  workspace,
} from 'vscode';
import { type LensAction, type LensView, lensesOf } from '../../core/view/lens.ts';
import type { ClusterSource } from '../../core/view/live.ts';
import { commands, languageId } from '../../protocol/contributions.ts';
import { t } from '../texts.ts';

export interface Lenses extends Disposable {
  /** Lets the editor ask again where the lenses have changed. */
  update(): void;
}

/** The command behind each action; trusting a workspace is VS Code's own. */
const actions: Readonly<Record<LensAction, string>> = {
  run: commands.run,
  check: commands.check,
  reveal: commands.reveal,
  plan: commands.plan,
  log: commands.showLog,
  script: commands.showScript,
  cancel: commands.cancel,
  trust: 'workbench.trust.manage',
};

function commandOf({ title, action, target }: LensView): Command {
  // An empty command is drawn as text that cannot be clicked.
  return { title: t(title), command: action ? actions[action] : '', arguments: action ? [target] : [] };
}

/** The code lenses' adapter. */
export function createLenses(source: (uri: string) => ClusterSource | undefined): Lenses {
  const changed = new EventEmitter<void>();
  const given = new Map<string, string>();
  const lensesFor = (uri: string): readonly LensView[] => {
    const cluster = source(uri);
    return cluster ? lensesOf(cluster, { trusted: workspace.isTrusted }) : [];
  };
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => {
      const uri = document.uri.toString();
      const lenses = lensesFor(uri);
      given.set(uri, JSON.stringify(lenses));
      return lenses.map((lens) => {
        const range = new Range(document.positionAt(lens.span.start), document.positionAt(lens.span.end));
        return new CodeLens(range, commandOf(lens));
      });
    },
  };
  const registered = languages.registerCodeLensProvider({ language: languageId }, provider);
  const trusted = workspace.onDidGrantWorkspaceTrust(() => changed.fire());
  const closed = workspace.onDidCloseTextDocument(({ uri }) => void given.delete(uri.toString()));
  return {
    update: () => {
      if ([...given].some(([uri, text]) => JSON.stringify(lensesFor(uri)) !== text)) changed.fire();
    },
    dispose: () => {
      registered.dispose();
      trusted.dispose();
      closed.dispose();
      changed.dispose();
    },
  };
}
