import { Disposable, TestRunProfileKind, tests, workspace } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { languageId } from '../../protocol/contributions.ts';
import { t } from '../editor/texts.ts';
import type { Cancel } from '../run/cancel.ts';
import type { Runner } from '../run/runner.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import type { RunStore } from '../stores/run-store.ts';
import { createTestItems } from './items.ts';
import { runTests } from './run.ts';

export interface TestingNeeds {
  readonly outlines: OutlineStore;
  readonly runs: RunStore;
  readonly runner: Pick<Runner, 'check'>;
  readonly cancel: Cancel;
  /** Searches for cluster files again. */
  readonly refresh: () => Promise<void>;
  readonly report: (cause: unknown) => void;
}

/** The Testing view: each cluster with its nodes, and for each node the checks of its steps. */
export function createTesting(needs: TestingNeeds): Disposable {
  const { outlines, runs, runner, cancel, report } = needs;
  const controller = tests.createTestController('stackprep', t(msg('Stackprep Checks')));
  const items = createTestItems(controller, outlines.get, outlines.all);
  controller.resolveHandler = items.resolve;
  controller.refreshHandler = needs.refresh;
  const all = { runs, runner, cancel, items, outline: outlines.get, all: outlines.all };

  /** Without a profile, nothing can be run; an untrusted workspace has none. */
  function allowRuns(): void {
    const profile = controller.createRunProfile(
      t(msg('Check')),
      TestRunProfileKind.Run,
      (request, token) => runTests(controller.createTestRun(request), request, all, token).catch(report),
      true,
    );
    profiles.push(profile);
  }
  const profiles: Disposable[] = [];
  if (workspace.isTrusted) allowRuns();
  for (const { uri } of outlines.all()) items.sync(uri);
  const unsubscribe = outlines.onDidChange(items.sync);
  const listening = [
    workspace.onDidGrantWorkspaceTrust(allowRuns),
    // An open text gives the items their lines.
    workspace.onDidOpenTextDocument((document) => {
      const uri = document.uri.toString();
      if (document.languageId === languageId && outlines.get(uri)) items.sync(uri);
    }),
  ];
  return new Disposable(() => {
    unsubscribe();
    Disposable.from(...listening, ...profiles, controller).dispose();
  });
}
