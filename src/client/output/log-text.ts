import type { Translate } from '../../base/l10n.ts';
import type { LogLine } from '../../view/log-lines.ts';

/** One line of the output channel, led by `node | step |`; no control characters. */
export function logText({ node, step, text }: LogLine, translate: Translate): string {
  const said = typeof text === 'string' ? text : translate(text);
  const lead = [node, step].flatMap((name) => (name === undefined ? [] : [`${name} | `])).join('');
  return `${lead}${said.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}
