import { Disposable, EventEmitter, languages, type Uri, window, workspace } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { planPage } from '../../view/plan-page.ts';
import { readClusterFile } from '../cluster/cluster-text.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { Runner } from '../run/runner.ts';
import { selectionOf } from '../run/selection.ts';
import type { RunStore } from '../stores/run-store.ts';
import { createDifferenceDocuments } from './differences.ts';
import { documentTarget, documentUri } from './uri.ts';

export interface PlanDocuments extends Disposable {
  /** `name` is the display name of the cluster. */
  show(target: Target, name: string): Promise<void>;
  /** Checks the target, then shows what a run would change there. */
  showDifferences(target: Target): Promise<void>;
}

/** The dry run as a read-only document, updated as the state of the nodes changes, and its differences as another. */
export function createPlanDocuments(runs: RunStore, runner: Runner): PlanDocuments {
  const differences = createDifferenceDocuments(runs, runner);
  const changed = new EventEmitter<Uri>();
  const registered = workspace.registerTextDocumentContentProvider(schemes.plan, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      const target = documentTarget(uri);
      const { cluster } = await readClusterFile(target.uri);
      if (!cluster) return `# ${t(msg('The cluster file cannot be read.'))}\n`;
      const state = runs.get(target.uri);
      return planPage({ cluster, selection: selectionOf(target), state, time: timeText }, t);
    },
  });
  const unsubscribe = runs.onDidChange((uris) => {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === schemes.plan && uris.has(documentTarget(uri).uri)) changed.fire(uri);
    }
  });
  return {
    show: async (target, name) => {
      const uri = documentUri(schemes.plan, t(msg('Plan of {0}', name)), target);
      changed.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, 'yaml');
      await window.showTextDocument(document, { preview: true });
    },
    showDifferences: differences.show,
    dispose: () => {
      unsubscribe();
      Disposable.from(registered, changed, differences).dispose();
    },
  };
}
