import type { Translate } from '../../base/l10n.ts';
import { visible } from '../../base/visible.ts';
import type { LogLine } from '../../view/log-lines.ts';

/** One line of the output channel, led by `node | step |`; no control characters, and nothing that hides or turns what is written. */
export function logText({ node, step, text }: LogLine, translate: Translate): string {
  const said = typeof text === 'string' ? text : translate(text);
  const lead = [node, step].flatMap((name) => (name === undefined ? [] : [`${name} | `])).join('');
  const line = said.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  // Tabs are part of a log's lay-out.
  return lead + line.split('\t').map(visible).join('\t');
}
