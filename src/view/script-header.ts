import { type Message, msg, type Translate } from '../base/l10n.ts';
import { findStep } from '../steps/catalogue.ts';
import { changesOf } from '../steps/changes.ts';
import type { StepIntent } from '../steps/common/definition.ts';
import { wrapped } from './page.ts';

/** A script for display, and where it would run. */
export interface ShownScript {
  readonly step: string;
  readonly node: string;
  /** `user@host:port`. */
  readonly login: string;
  /** The command that reads it from standard input. */
  readonly command: string;
  /** What it changes. */
  readonly intent: StepIntent;
}

/** Columns of a comment. */
const columns = 98;

/** A text wrapped into comment lines. */
function comment(text: string): readonly string[] {
  return wrapped(text, columns).map((line) => `# ${line}`);
}

/** What the step does, what it changes, and how it is undone. */
function about(id: string, intent: StepIntent): readonly Message[] {
  const step = findStep(id);
  return step ? [step.title, step.what, ...changesOf(intent), step.undo] : changesOf(intent);
}

/** The header of a displayed script as shell comments, with a blank line at the end. `nonce` is a placeholder for that of the run. */
export function scriptHeader(
  { step, node, login, command, intent }: ShownScript,
  nonce: string,
  t: Translate,
): string {
  const paragraphs: readonly (readonly Message[])[] = [
    [msg('Step `{0}` on {1} ({2})', step, node, login), ...about(step, intent)],
    [
      msg('Below is the exact script, which Stackprep sends to the node as the input of: {0}', command),
      msg(
        'First come the values and functions of the step, then the library that all steps use, then the calls.',
      ),
      msg('`{0}` is a placeholder for random characters that every run chooses for its messages.', nonce),
    ],
  ];
  const blocks = paragraphs.map((messages) => messages.flatMap((message) => comment(t(message))).join('\n'));
  return `${blocks.join('\n#\n')}\n\n`;
}
