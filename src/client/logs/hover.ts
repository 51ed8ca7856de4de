import { type Disposable, Hover, languages, MarkdownString, type TextDocument } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { markdownText } from '../../base/markdown.ts';
import { commands, logLanguageId } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { explainLine, partAt } from '../../view/log/document.ts';
import { remedyText } from '../../view/trouble.ts';
import { cleanLine } from '../../yum/clean.ts';
import type { Remedy } from '../../yum/explain/known-failure.ts';
import type { Explanation } from '../../yum/explain/match.ts';
import { t } from '../editor/texts.ts';
import type { LogViews } from './views.ts';

/** The command of a remedy; undefined if the cluster of the log is unknown. */
function linkOf(remedy: Remedy, target: Target | undefined): string | undefined {
  if (!target) return undefined;
  const [command, argument] =
    remedy.kind === 'set-key'
      ? [commands.openKey, { uri: target.uri, key: remedy.key }]
      : [commands.run, { ...target, step: remedy.step }];
  // An unbalanced parenthesis of a path would end the link.
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()]/g, (sign) =>
    sign === '(' ? '%28' : '%29',
  );
  return `command:${command}?${encoded}`;
}

/** The explanation of a line; text from the log is inserted as plain text. */
function markdown({ cause, advice, remedies }: Explanation, target: Target | undefined): MarkdownString {
  const text = new MarkdownString(`**${markdownText(t(cause))}**\n\n${markdownText(t(advice))}`);
  for (const remedy of remedies) {
    // The step that failed is no remedy for its own failure.
    if (remedy.kind === 'run-step' && remedy.step === target?.step) continue;
    const link = linkOf(remedy, target);
    const words = markdownText(t(remedyText(remedy)));
    text.appendMarkdown(`\n\n${link === undefined ? words : `[${words}](${link})`}`);
  }
  text.isTrusted = { enabledCommands: [commands.run, commands.openKey] };
  return text;
}

/** Explains the line under the pointer. */
export function registerLogHover(
  views: LogViews,
  targetOf: (document: TextDocument) => Target | undefined,
): Disposable {
  return languages.registerHoverProvider(logLanguageId, {
    provideHover: (document, position) => {
      const { range, text } = document.lineAt(position);
      const view = views.of(document);
      const part = partAt(view, position.line);
      const mark = view.marks.find(({ row }) => row === position.line);
      // The line without what another program put in front of it.
      const found = part && explainLine(part, mark?.line ?? cleanLine(text));
      if (found) return new Hover(markdown(found, targetOf(document)), range);
      if (!mark) return undefined;
      return new Hover(mark.severity === 'error' ? t(msg('Unknown error')) : t(msg('Warning')), range);
    },
  });
}
