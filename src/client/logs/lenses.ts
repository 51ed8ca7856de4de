import { CodeLens, type Command, type Disposable, languages, Range, type TextDocument } from 'vscode';
import { type Message, msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';
import { type CommandName, commands, logLanguageId } from '../../protocol/contributions.ts';
import { canCompare } from '../../view/comparable.ts';
import type { Target } from '../../view/live.ts';
import { isBeside, newExplanations } from '../../view/log/explanation.ts';
import { outcomeText, toolNames } from '../../view/log/outcome.ts';
import { answeringPart } from '../../view/log/package-log.ts';
import { shortened } from '../../view/page.ts';
import { iconText, t } from '../editor/texts.ts';
import { logPlace } from './address.ts';
import type { LogTexts } from './log-texts.ts';
import type { LogViews } from './views.ts';

export interface LogLensNeeds {
  readonly texts: LogTexts;
  readonly views: LogViews;
  /** The target of a log document; undefined if its cluster is unknown. */
  readonly targetOf: (document: TextDocument) => Target | undefined;
}

/** Maximum number of columns of an explanation above its line; the rest is in its tooltip. */
const columns = 110;

const again: Readonly<Record<RunKind, readonly [Message, CommandName]>> = {
  check: [msg('Check Again'), 'check'],
  run: [msg('Run Again'), 'run'],
  undo: [msg('Undo Again'), 'undo'],
};

function command(title: Message, name: CommandName, argument?: unknown): Command {
  return { title: t(title), command: commands[name], arguments: argument === undefined ? [] : [argument] };
}

/** What a log that is not of a run says, and the way to its errors. */
function outcome(document: TextDocument, { views }: LogLensNeeds): readonly Command[] {
  const view = views.of(document);
  const part = answeringPart(view);
  if (!part) return [];
  const { tool, outcome: end } = part.summary;
  const title = [...(tool ? [toolNames[tool]] : []), t(outcomeText(end))].join(' · ');
  const hasErrors = view.marks.some(({ severity }) => severity === 'error');
  return [{ title, command: '' }, ...(hasErrors ? [command(msg('Next Error'), 'nextError')] : [])];
}

/** The actions on line 1. */
async function actions(document: TextDocument, needs: LogLensNeeds): Promise<readonly Command[]> {
  const place = logPlace(document.uri);
  if (!place) return outcome(document, needs);
  const target = needs.targetOf(document);
  const reading = await needs.texts.run(place.run);
  if (reading.kind !== 'record') return [];
  const [title, name] = again[reading.record.started.kind];
  const hasErrors = needs.views.of(document).marks.some(({ severity }) => severity === 'error');
  const isRun = place.node === undefined;
  return [
    ...(target ? [command(title, name, target)] : []),
    ...(target && place.step !== undefined ? [command(msg('Script'), 'showScript', target)] : []),
    ...(target && canCompare(reading.record, place)
      ? [command(msg('Compare'), 'compareLogs', document.uri)]
      : []),
    ...(hasErrors ? [command(msg('Next Error'), 'nextError')] : []),
    ...(isRun && target
      ? [command(msg('Search'), 'searchLogs', target), command(msg('Export'), 'exportLogs', document.uri)]
      : []),
    ...(isRun
      ? [command(msg('Show Output'), 'showOutput')]
      : [command(msg('Whole Run'), 'openRun', { run: place.run })]),
  ];
}

/** Causes that do not fit next to their lines. */
function causes(document: TextDocument, { views }: LogLensNeeds): readonly CodeLens[] {
  return newExplanations(views.of(document)).flatMap(({ row, line, explanation }) => {
    const cause = t(explanation.cause);
    if (row >= document.lineCount || isBeside(line, cause)) return [];
    const command = { title: shortened(iconText(explanation.cause), columns), tooltip: cause, command: '' };
    return [new CodeLens(new Range(row, 0, row, 0), command)];
  });
}

/** The actions above a log, and the causes of its errors that do not fit next to them. */
export function registerLogLenses(needs: LogLensNeeds): Disposable {
  return languages.registerCodeLensProvider(logLanguageId, {
    provideCodeLenses: async (document) => {
      const first = new Range(0, 0, 0, 0);
      const above = (await actions(document, needs)).map((each) => new CodeLens(first, each));
      return [...above, ...causes(document, needs)];
    },
  });
}
