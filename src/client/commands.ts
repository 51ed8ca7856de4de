import { type Disposable, commands as editor } from 'vscode';
import { type CommandName, commands } from '../protocol/contributions.ts';

/** What a command does; the argument is what a lens, a menu or the palette sent. */
export type Handlers = Readonly<Record<CommandName, (argument: unknown) => Promise<void> | void>>;

/** Registers every command of the table; what a handler throws is a bug, told by `report`. */
export function registerCommands(
  handlers: Handlers,
  report: (cause: unknown) => void,
): readonly Disposable[] {
  return (Object.keys(commands) as CommandName[]).map((name) =>
    editor.registerCommand(commands[name], async (argument: unknown) => {
      try {
        await handlers[name](argument);
      } catch (cause) {
        report(cause);
      }
    }),
  );
}
