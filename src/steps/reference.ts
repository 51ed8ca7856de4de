import { msg, type Translate } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { catalogue } from './catalogue.ts';
import { changesOf } from './changes.ts';
import type { StepInfo } from './common/definition.ts';

function row(step: StepInfo, example: Cluster, translate: Translate): string {
  const [node] = example.nodes;
  const changes = node ? changesOf(step.intent({ cluster: example, node })) : [];
  const description = changes.map(translate).join(' ').replaceAll('|', '\\|');
  const [what, why, undo] = [step.what, step.why, step.undo].map(translate);
  return `| \`${step.id}\` | ${what} | ${description} | ${why} | ${undo} |`;
}

/** The catalogue as a Markdown section; the changes are those of an example. */
export function stepSection(translate: Translate, example: Cluster): string {
  const head = [msg('Step'), msg('What'), msg('Changes'), msg('Why'), msg('Undo')].map(translate).join(' | ');
  const rows = catalogue.map((step) => row(step, example, translate));
  return `## ${translate(msg('Steps'))}\n\n| ${head} |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}
