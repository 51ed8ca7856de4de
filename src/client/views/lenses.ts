import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  type Disposable,
  EventEmitter,
  languages,
  Range,
  window,
  workspace,
} from 'vscode';
import { commands, languageId, views } from '../../protocol/contributions.ts';
import { type LensAction, type LensDensity, type LensView, lensesOf } from '../../view/lens.ts';
import type { ClusterSource } from '../../view/live.ts';
import { iconText } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';

export interface Lenses extends Disposable {
  /** Makes VS Code request the lenses again if they have changed. */
  update(): void;
}

/** The command of each action; VS Code provides the one for trusting a workspace. */
const actions: Readonly<Record<LensAction, string>> = {
  run: commands.run,
  check: commands.check,
  reveal: commands.reveal,
  plan: commands.plan,
  log: commands.showLog,
  script: commands.showScript,
  cancel: commands.cancel,
  difference: commands.showDifference,
  resume: commands.resumeRun,
  runs: `${views.runs}.focus`,
  trust: 'workbench.trust.manage',
  problems: commands.showProblems,
};

function commandOf({ title, action, target }: LensView): Command {
  // A lens with an empty command is shown as text that cannot be clicked.
  return {
    title: iconText(title),
    command: action ? actions[action] : '',
    arguments: action ? [target] : [],
  };
}

/** How many times, and after how many milliseconds each, a new editor is notified about its lenses. */
const maxAttempts = 5;
const askAgain = 1500;

/** The provider of code lenses. */
export function createLenses(
  source: (uri: string) => ClusterSource | undefined,
  density: () => LensDensity,
): Lenses {
  const changed = new EventEmitter<void>();
  const given = new Map<string, string>();
  const lensesFor = (uri: string): readonly LensView[] => {
    const cluster = source(uri);
    return cluster
      ? lensesOf(cluster, { trusted: workspace.isTrusted, density: density(), time: timeText })
      : [];
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
  let timer: NodeJS.Timeout | undefined;
  const isStale = (uri: string): boolean => (given.get(uri) ?? '[]') !== JSON.stringify(lensesFor(uri));
  // VS Code may not request lenses for an editor that opens during startup; notify it a few times.
  const update = (attempts: number): void => {
    clearTimeout(timer);
    const shown = window.visibleTextEditors.filter(({ document }) => document.languageId === languageId);
    const uris = shown.map(({ document }) => document.uri.toString());
    if (![...uris, ...given.keys()].some(isStale)) return;
    changed.fire();
    if (attempts > 1 && uris.some((uri) => !given.has(uri)))
      timer = setTimeout(update, askAgain, attempts - 1);
  };
  const opened = window.onDidChangeVisibleTextEditors(() => update(maxAttempts));
  return {
    update: () => update(maxAttempts),
    dispose: () => {
      registered.dispose();
      trusted.dispose();
      closed.dispose();
      opened.dispose();
      clearTimeout(timer);
      changed.dispose();
    },
  };
}
