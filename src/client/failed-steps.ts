import {
  Diagnostic,
  DiagnosticRelatedInformation,
  type Disposable,
  Location,
  languages,
  Position,
  Range,
  Uri,
  workspace,
} from 'vscode';
import { joined } from '../base/l10n.ts';
import { type Positions, positions } from '../base/position.ts';
import { type FailedStepProblem, failedStepProblems } from '../view/failed-steps.ts';
import type { ClusterSource } from '../view/live.ts';
import { t } from './editor/texts.ts';
import { logUri } from './logs/address.ts';
import { createThrottle } from './stores/throttle.ts';

/** Minimum interval between updates, in milliseconds. */
const every = 500;

export interface FailedSteps extends Disposable {
  update(): void;
}

function placeAt({ at }: Positions, offset: number): Position {
  const { line, column } = at(offset);
  return new Position(line, column);
}

function diagnosticOf(problem: FailedStepProblem, text: Positions): Diagnostic {
  const { span, step } = problem;
  const range = new Range(placeAt(text, span.start), placeAt(text, span.end));
  const diagnostic = new Diagnostic(range, t(problem.message));
  diagnostic.source = 'Stackprep';
  diagnostic.code = problem.code;
  diagnostic.relatedInformation = problem.nodes.flatMap(({ node, run, text: found }) => {
    const message = t(joined([node, found], ': '));
    // The log opens at its beginning, since only the log itself knows the line.
    const place = run && new Location(logUri({ run, node, step }), new Position(0, 0));
    return place ? [new DiagnosticRelatedInformation(place, message)] : [];
  });
  return diagnostic;
}

/** The text that an outline belongs to; undefined while the editor has a newer one, whose outline follows. */
async function textOf({ outline: { uri, version } }: ClusterSource): Promise<string | undefined> {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
  if (document) return document.version === version ? document.getText() : undefined;
  return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)));
}

/** Shows failed steps as problems at their place in the cluster file, open or not. */
export function createFailedSteps(
  sources: () => readonly ClusterSource[],
  report: (cause: unknown) => void,
): FailedSteps {
  const collection = languages.createDiagnosticCollection('stackprep-runs');
  const seen = new Map<string, ClusterSource>();

  async function show(source: ClusterSource): Promise<void> {
    const { uri } = source.outline;
    const place = Uri.parse(uri);
    const problems = failedStepProblems(source);
    if (problems.length === 0) return collection.delete(place);
    const text = await textOf(source);
    if (text === undefined || seen.get(uri) !== source) return;
    const at = positions(text);
    collection.set(
      place,
      problems.map((problem) => diagnosticOf(problem, at)),
    );
  }
  function refresh(): void {
    const present = sources();
    const known = new Set(present.map(({ outline }) => outline.uri));
    for (const uri of seen.keys()) {
      if (known.has(uri)) continue;
      seen.delete(uri);
      collection.delete(Uri.parse(uri));
    }
    for (const source of present) {
      const { outline, state, scope } = source;
      const before = seen.get(outline.uri);
      if (before?.outline === outline && before.state === state && before.scope === scope) continue;
      seen.set(outline.uri, source);
      show(source).catch(report);
    }
  }
  const pacer = createThrottle(every, refresh);
  return {
    update: pacer.request,
    dispose: () => {
      pacer.dispose();
      collection.dispose();
    },
  };
}
