import { msg } from '../../base/l10n.ts';
import { completionScripts } from '../command-line/completion-scripts.ts';
import { type Context, exit, wrongUse } from '../command-line/context.ts';
import { shells } from '../command-line/shells.ts';

/** `stackprep completion SHELL`: prints the completion script of a shell. */
export async function completion(context: Context): Promise<number> {
  const [name, ...more] = context.options.files;
  const shell = shells.find((each) => each === name);
  if (!shell || more.length > 0)
    return wrongUse(context, msg('completion requires a shell: {0}.', shells.join(', ')));
  context.io.stdout.write(completionScripts[shell]);
  return exit.fine;
}
