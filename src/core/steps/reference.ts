import { msg, type Translate } from '../l10n.ts';
import { catalogue } from './catalogue.ts';

/** The steps of the catalogue as a Markdown section. */
export function stepSection(translate: Translate): string {
  const head = [msg('Step'), msg('What'), msg('Why'), msg('Undo')].map(translate).join(' | ');
  const rows = catalogue.map((step) => {
    if (!step.script)
      return `| \`${step.id}\` | ${translate(msg('Known, but not yet runnable in this version.'))} | | |`;
    return `| \`${step.id}\` | ${[step.what, step.why, step.undo].map(translate).join(' | ')} |`;
  });
  return `## ${translate(msg('Steps'))}\n\n| ${head} |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
