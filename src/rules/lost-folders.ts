import { type Message, msg } from '../base/l10n.ts';
import type { Call } from './call.ts';
import { innerProgram, lostPaths } from './inner-programs.ts';
import { absolute, hasOption, isSystemFile, isSystemFolder, operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';
import type { Word } from './shell-reader.ts';

/** Tests of find that choose files, so that it does not find all of them. */
const choosing =
  /^-(?:i?name|i?path|i?regex|[acm]time|[acm]min|newer\w*|user|group|nouser|nogroup|size|empty|perm|maxdepth|inum|links|fstype|xtype)$/;

/** The folder of the system in which find finds everything. */
function foundWhole({ args, folder }: Pick<Call, 'args' | 'folder'>): Word | undefined {
  const isChosen = args.some(
    ({ text }, index) =>
      choosing.test(text) || (text === '-type' && !/^[df]$/.test(args[index + 1]?.text ?? '')),
  );
  const word = isChosen
    ? undefined
    : operands(args.slice(0, 3)).find(({ text }) => isSystemFolder(text, folder));
  // Of logs alone, the files may go.
  const isLogs =
    args.some(({ text }) => text === '-type') && absolute(word?.text ?? '', folder) === '/var/log';
  return isLogs ? undefined : word;
}

function isDeleting({ args }: Pick<Call, 'args'>): boolean {
  return args.some(
    ({ text }, index) =>
      text === '-delete' ||
      (/^-(?:exec|execdir|ok)$/.test(text) &&
        /^(?:.*\/)?(?:rm|shred|unlink)$/.test(args[index + 1]?.text ?? '')),
  );
}

function allIn(folder: string): Message {
  return msg('This deletes everything in {0}, which the system needs. It cannot be restored.', folder);
}

/** Deletes a folder of the system, or everything in it. */
export const deletes: LossFinder = (call) => {
  const { name, args, folder, from, wrappers } = call;
  const isSystem = ({ text }: Word): boolean => isSystemFolder(text, folder);
  const piped =
    name === 'rm' && from?.name === 'find' && wrappers.includes('xargs') ? foundWhole(from) : undefined;
  if (piped) return { message: allIn(piped.text), word: piped };
  if (name === 'rm' && hasOption(args, 'rR', '--recursive')) {
    const word = args.find(({ text }) => text === '--no-preserve-root') ?? operands(args).find(isSystem);
    return (
      word && {
        message: msg('This deletes {0}, which the system needs. It cannot be restored.', word.text),
        word,
      }
    );
  }
  if (name === 'find') {
    const word = isDeleting(call) ? foundWhole(call) : undefined;
    return word && { message: allIn(word.text), word };
  }
  if (name === 'rsync' && args.some(({ text }) => /^--del(?:ete(?:-\w+)?)?$/.test(text))) {
    const last = operands(args, /^-e$/).at(-1);
    return last && isSystem(last) ? { message: allIn(last.text), word: last } : undefined;
  }
  const program = innerProgram(call);
  const lost = program && lostPaths(program.text).find((path) => isSystemFolder(path) || isSystemFile(path));
  return lost === undefined ? undefined : { message: allIn(lost), word: program?.at };
};
