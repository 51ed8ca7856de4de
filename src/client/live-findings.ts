import { Disposable, languages, Uri, workspace } from 'vscode';
import { joined, msg } from '../base/l10n.ts';
import { positions } from '../base/position.ts';
import type { Problem } from '../base/problem.ts';
import type { LiveProblem } from '../rules/live.ts';
import { editorDiagnostic } from './editor/diagnostic.ts';
import { t } from './editor/texts.ts';
import { timeText } from './editor/time.ts';
import { createSeenNodes } from './seen-nodes.ts';
import type { RunStore } from './stores/run-store.ts';
import { createThrottle, type Throttle } from './stores/throttle.ts';

/** Minimum interval between checks of a file, in milliseconds. */
const every = 500;

/** The message of a problem with the time of the facts that it is based on. */
function dated({ at, ...problem }: LiveProblem): Problem {
  return { ...problem, message: joined([problem.message, msg('As of {0}.', timeText(at))], ' ') };
}

/** Shows problems that the facts of the nodes reveal as diagnostics, in addition to those of the language server. */
export function createLiveFindings(runs: RunStore, report: (cause: unknown) => void): Disposable {
  const collection = languages.createDiagnosticCollection('stackprep-nodes');
  const seen = createSeenNodes();
  const pacers = new Map<string, Throttle>();

  async function judge(uri: string): Promise<void> {
    const { nodes } = runs.get(uri);
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
    if (!document || !Object.values(nodes).some(({ facts }) => facts))
      return collection.delete(Uri.parse(uri));
    // The parser is loaded on first use.
    const { readCluster } = await import('../rules/decode.ts');
    const { liveProblems } = await import('../rules/live.ts');
    const { diagnosticsOf } = await import('../language/diagnostics.ts');
    const { version } = document;
    const text = document.getText();
    const { decoded, reading } = readCluster(text);
    const { cluster } = decoded;
    const problems =
      cluster && reading ? liveProblems({ cluster, reading }, seen.take(uri, cluster, nodes)) : [];
    if (document.version !== version || document.isClosed) return;
    const shown = diagnosticsOf({ positions: positions(text) }, problems.map(dated), { translate: t });
    collection.set(document.uri, shown.map(editorDiagnostic));
  }
  const soon = (uri: string): void => {
    const pacer = pacers.get(uri) ?? createThrottle(every, () => void judge(uri).catch(report));
    pacers.set(uri, pacer);
    pacer.request();
  };
  const hasFacts = (uri: string): boolean => Object.keys(runs.get(uri).nodes).length > 0;
  const unsubscribe = runs.onDidChange((uris) => {
    for (const uri of uris) soon(uri);
  });
  const disposables = [
    collection,
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const uri = document.uri.toString();
      if (contentChanges.length === 0 || !hasFacts(uri)) return;
      // The positions have changed; problems that still apply are found again by the next check.
      collection.delete(document.uri);
      soon(uri);
    }),
    workspace.onDidOpenTextDocument((document) => {
      if (hasFacts(document.uri.toString())) soon(document.uri.toString());
    }),
    workspace.onDidCloseTextDocument((document) => collection.delete(document.uri)),
  ];
  return new Disposable(() => {
    unsubscribe();
    for (const pacer of pacers.values()) pacer.dispose();
    Disposable.from(...disposables).dispose();
  });
}
