import type { Translate } from '../../base/l10n.ts';
import { visible } from '../../base/visible.ts';
import type { LogLine } from '../../view/log-lines.ts';

/** A line of the output channel, starting with `node | step |`; without control characters and characters that hide or reorder text. */
export function logText({ node, step, text }: LogLine, translate: Translate): string {
  const said = typeof text === 'string' ? text : translate(text);
  const lead = [node, step].flatMap((name) => (name === undefined ? [] : [`${name} | `])).join('');
  const line = said.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  // Tabs are part of the layout of a log.
  return lead + line.split('\t').map(visible).join('\t');
}
