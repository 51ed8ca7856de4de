import { version } from '../../package.json';
import { assertNever } from '../base/assert-never.ts';
import type { Translate } from '../base/l10n.ts';
import { visible } from '../base/visible.ts';
import type { CommandName } from './command-line/command-spec.ts';
import { type Context, exit, wrongUse } from './command-line/context.ts';
import { helpText } from './command-line/help.ts';
import { isKoreanFor, translateFor } from './command-line/language.ts';
import { parse } from './command-line/parse.ts';
import { run, undo } from './commands/change.ts';
import { complete } from './commands/complete.ts';
import { completion } from './commands/completion.ts';
import { demo } from './commands/demo.ts';
import { exportFor } from './commands/export.ts';
import { forget } from './commands/forget.ts';
import { logs } from './commands/logs.ts';
import { lsp } from './commands/lsp.ts';
import { check } from './commands/operate.ts';
import { packstack } from './commands/packstack.ts';
import { plan } from './commands/plan.ts';
import { script } from './commands/script.ts';
import { secret } from './commands/secret.ts';
import { trust } from './commands/trust.ts';
import { validate } from './commands/validate.ts';
import type { Io } from './terminal/io.ts';
import { styleFor } from './terminal/style.ts';

const handlers: Readonly<Record<CommandName, (context: Context) => Promise<number>>> = {
  validate,
  plan,
  check,
  run,
  undo,
  script,
  trust,
  forget,
  export: exportFor,
  packstack,
  logs,
  secret,
  completion,
  lsp,
  demo,
};

/** Runs a command line (without the program's name); returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const translate = translateFor(argv, io.env);
  // Text quoted from a node, a file or a peer must not control the terminal.
  const t: Translate = (message) => visible(translate(message));
  if (argv[0] === '__complete') return await complete(argv.slice(1), io, t);
  const style = styleFor(io.stdout.isTTY, io.env);
  const parsed = parse(argv);
  switch (parsed.kind) {
    case 'invalid':
      return wrongUse({ io, t }, parsed.message);
    case 'version':
      io.stdout.write(`Stackprep ${version}\n`);
      return exit.fine;
    case 'help':
      io.stdout.write(
        helpText(parsed.command, {
          t,
          style,
          columns: Math.min(io.stdout.size().columns, 100),
          isKorean: isKoreanFor(argv, io.env),
        }),
      );
      return argv.length === 0 ? exit.usage : exit.fine;
    case 'command':
      return await handlers[parsed.command.name]({ io, t, style, options: parsed.options });
    default:
      return assertNever(parsed);
  }
}
