import { type Disposable, commands as editor } from 'vscode';
import { type CommandName, commands } from '../protocol/contributions.ts';

/** The handler of a command; the argument comes from a lens, a menu or the palette. */
export type Handlers = Readonly<Record<CommandName, (argument: unknown) => Promise<void> | void>>;

/** Registers all commands of the table; an exception in a handler is a bug and goes to `report`. */
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
