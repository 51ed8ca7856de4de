import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { distinct } from '../cluster/node-groups.ts';
import { perContext } from './context.ts';
import { type Call, onCalls } from './custom-calls.ts';
import { isYum } from './custom-packages.ts';
import {
  absolute,
  hasOption,
  isDisk,
  isSystemFile,
  isSystemFolder,
  isSystemPackage,
  operands,
} from './irreversible.ts';
import type { Rule } from './rule.ts';
import type { Word } from './shell-reader.ts';

/** What a command does that nothing takes back, and the word that says so. */
interface Loss {
  readonly message: Message;
  readonly word?: Word | undefined;
}

type Finder = (call: Call) => Loss | undefined;

/** Deletes a folder of the system, or everything in it. */
const deletes: Finder = ({ name, args, folder }) => {
  const isSystem = ({ text }: Word): boolean => isSystemFolder(text, folder);
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
    const isAll = !args.some(
      ({ text }, index) =>
        /^-(?:i?name|i?path|i?regex|[mac]time|[mac]min|newer\w*|user|group|size|empty|perm|maxdepth|inum|links|fstype|xtype)$/.test(
          text,
        ) ||
        (text === '-type' && !/^[df]$/.test(args[index + 1]?.text ?? '')),
    );
    // Of logs alone, the files may go.
    const isLogs = args.some(({ text }) => text === '-type');
    const isDelete = args.some(
      ({ text }, index) =>
        text === '-delete' || (/^-(?:exec|execdir|ok)$/.test(text) && args[index + 1]?.text === 'rm'),
    );
    const word = isAll && isDelete ? operands(args.slice(0, 3)).find(isSystem) : undefined;
    if (isLogs && absolute(word?.text ?? '', folder) === '/var/log') return undefined;
    return (
      word && {
        message: msg(
          'This deletes everything in {0}, which the system needs. It cannot be restored.',
          word.text,
        ),
        word,
      }
    );
  }
  return undefined;
};

const formats =
  /^(?:mkfs(?:\.\w+)?|mke2fs|mkswap|mkdosfs|wipefs|blkdiscard|shred|sgdisk|gdisk|fdisk|sfdisk|cfdisk|parted|pvremove|vgremove|lvremove|cryptsetup|mdadm|zpool|badblocks|hdparm|nvme|dmsetup|dd)$/;
/** The words by which programs with other uses destroy something. */
const destroying: Readonly<Record<string, RegExp>> = {
  shred: /./,
  blkdiscard: /./,
  wipefs: /^(?:-[A-Zb-np-z]*[ao][a-zA-Z]*|--all|--offset(?:=.*)?)$/,
  sgdisk: /^(?:-[ZzodR].*|--(?:zap|zap-all|clear|delete|replicate)(?:=.*)?)$/,
  parted: /^(?:mklabel|mktable|rm|mkpart)$/,
  cryptsetup: /^(?:luksFormat|erase|luksErase|reencrypt)$/,
  mdadm: /^(?:--zero-superblock|--create|-C)$/,
  zpool: /^(?:destroy|labelclear|create)$/,
  badblocks: /^-[a-zA-Z]*w/,
  hdparm: /^--(?:security-erase|security-erase-enhanced|trim-sector-ranges|make-bad-sector|write-sector)$/,
  nvme: /^(?:format|sanitize|write-zeroes|delete-ns)$/,
  dmsetup: /^(?:wipe_table|remove_all)$/,
};

function listsOnly(args: readonly Word[]): boolean {
  return (
    args.length === 0 ||
    args.some(({ text }) =>
      /^(?:-[lsdVhn]|--(?:list|dump|version|help|show-size|no-act|test|print))$/.test(text),
    )
  );
}

/** Formats, wipes or overwrites a disk, a partition or a volume. */
const wipes: Finder = ({ name, args, command }) => {
  const written = command.writes.find(({ target }) => isDisk(target.text))?.target;
  const copied = /^(?:cp|tee|dcfldd)$/.test(name)
    ? operands(args).findLast(({ text }) => isDisk(text))
    : undefined;
  const target = written ?? copied;
  if (target)
    return {
      message: msg('This overwrites the device {0}. Its data cannot be restored.', target.text),
      word: target,
    };
  if (!formats.test(name)) return undefined;
  if (name === 'dd') {
    const word = args.find(({ text }) => text.startsWith('of=') && isDisk(text.slice(3)));
    return (
      word && {
        message: msg('This overwrites the device {0}. Its data cannot be restored.', word.text.slice(3)),
        word,
      }
    );
  }
  const words = own(destroying, name);
  if (words ? !args.some(({ text }) => words.test(text)) : listsOnly(args)) return undefined;
  const isVolume = /^(?:pv|vg|lv)remove$/.test(name) || name === 'zpool';
  const device = operands(args).find(({ text }) => isVolume || text.startsWith('/dev/') || /^\$/.test(text));
  if (!device || /^\/dev\/(?:shm|null|zero|std)/.test(device.text)) return undefined;
  return {
    message: msg('{0} destroys what is on {1}. It cannot be restored.', name, device.text),
    word: device,
  };
};

/** Empties, replaces or deletes a file that logins and the start of the system need. */
const replaces: Finder = ({ name, args, command }) => {
  const written = command.writes.find(
    ({ operator, target }) =>
      operator === '>' && isSystemFile(target.text) && !/sysrq|authorized_keys/.test(target.text),
  );
  const all = operands(args, /^-[so]$/);
  const last = all.at(-1);
  const isMove = (name === 'cp' || name === 'mv' || name === 'install' || name === 'ln') && all.length > 1;
  const isTee = name === 'tee' && !hasOption(args, 'a', '--append');
  const isGone = name === 'rm' || name === 'unlink' || name === 'truncate' || name === 'shred';
  const lost =
    written?.target ??
    (isMove && last && /^\/etc\/(?:passwd|g?shadow|group|sudoers)$/.test(last.text) ? last : undefined) ??
    (isTee || isGone
      ? all.find(({ text }) => isSystemFile(text) && !text.endsWith('authorized_keys'))
      : undefined) ??
    (name === 'mv' && all.length > 1
      ? all.slice(0, -1).find(({ text }) => isSystemFile(text) || isSystemFolder(text))
      : undefined);
  return (
    lost && {
      message: msg(
        'This replaces or removes {0}, which logins or the start of the node need. Change single lines of it, and keep a copy.',
        lost.text,
      ),
      word: lost,
    }
  );
};

/** Removes packages of the system, or a transaction of packages in a way that cannot be foreseen. */
const uninstalls: Finder = ({ name, args }) => {
  if (isYum({ name, args, word: args[0] ?? emptyWord, wrappers: [] })) {
    const [verb, second] = operands(
      args,
      /^(?:-[cdeRx]|--(?:enablerepo|disablerepo|exclude|setopt|installroot|config))$/,
    );
    if (verb?.text === 'history' && second && /^(?:undo|redo|rollback)$/.test(second.text))
      return {
        message: msg(
          '{0} undoes whatever is in that transaction, which differs from node to node. Name the packages.',
          `${name} history ${second.text}`,
        ),
        word: second,
      };
    if (!/^(?:remove|erase|autoremove|rm)$/.test(verb?.text ?? '')) return undefined;
    const word = operands(args).find(({ text }) => isSystemPackage(text) || text === '*');
    return (
      word && {
        message: msg('The node needs {0}: without it, it does not start, or no one can log in.', word.text),
        word,
      }
    );
  }
  if (name !== 'rpm' || !hasOption(args, 'e', '--erase') || hasOption(args, 'q', '--query', '--import'))
    return undefined;
  const word =
    args.find(({ text }) => text === '--nodeps') ?? operands(args).find(({ text }) => isSystemPackage(text));
  return (
    word && {
      message: msg('{0} breaks the packages that need it. Let {1} remove packages.', word.text, 'yum'),
      word,
    }
  );
};

const emptyWord: Word = { text: '', start: 0, end: 0, variables: [] };

/** Changes owner, mode or labels of a whole folder of the system. */
const spoils: Finder = ({ name, args, folder }) => {
  if (!/^(?:chmod|chown|chgrp|chattr|setfacl|chcon)$/.test(name)) return undefined;
  const [mode, ...rest] = operands(args, /^(?:-[mxtu]|--(?:reference|from|modify))$/);
  const isAll = hasOption(args, 'R', '--recursive');
  const targets =
    name === 'setfacl' || args.some(({ text }) => text.startsWith('--reference')) ? [mode, ...rest] : rest;
  const word = targets.find((target) => target && isSystemFolder(target.text, folder));
  const isOpen =
    name === 'chmod' &&
    /^(?:0?[0-7]?[0-7][0-7][2367]|a?[+=][^\Ww]*w\w*|o\+[^\Ww]*w\w*)$/.test(mode?.text ?? '');
  const file =
    isOpen || (name === 'chmod' && /^0?0{2,3}$/.test(mode?.text ?? ''))
      ? targets.find((target) => target && isSystemFile(target.text))
      : undefined;
  if (file)
    return {
      message: msg('Every user could change {0}, or no service could read it.', file.text),
      word: file,
    };
  if (!word || !(isAll || isOpen)) return undefined;
  return {
    message: msg(
      '{0} for all of {1}: sshd, sudo and rpm refuse files with other modes or owners, and the earlier ones are lost.',
      name,
      word.text,
    ),
    word,
  };
};

const usersOf = distinct(({ node: { ssh } }) => [ssh.user]);

/** The users that log in to the nodes, and root. */
const loginUsers = perContext(
  ({ cluster }): ReadonlySet<string> => new Set(['root', ...usersOf(cluster.nodes)]),
);

/** Options of programs for accounts that take the next word as their value. */
const valued: Readonly<Record<string, RegExp>> = {
  userdel: /^-[RP]$|^--(?:root|prefix)$/,
  usermod:
    /^-[cdefGglpPRsuvVwWZ]$|^--(?:comment|home|expiredate|inactive|gid|groups|login|password|prefix|root|shell|uid|selinux-user)$/,
  passwd: /^-[nxwiR]$|^--(?:minimum|maximum|warning|inactive|root)$/,
  chage: /^-[dEImMWR]$|^--(?:lastday|expiredate|inactive|mindays|maxdays|warndays|root)$/,
  chsh: /^-s$|^--shell$/,
};

/** Takes the account away that logs in. */
const locksOut =
  (users: ReadonlySet<string>): Finder =>
  ({ name, args }) => {
    const word = operands(args, own(valued, name)).findLast(({ text }) => users.has(text));
    const has = (pattern: RegExp): boolean => args.some(({ text }) => pattern.test(text));
    const isLost =
      name === 'userdel' ||
      name === 'deluser' ||
      (name === 'passwd' && has(/^(?:-[ld]|--lock|--delete)$/)) ||
      (name === 'usermod' &&
        (has(/^(?:-L|--lock)$/) || has(/(?:nologin|\/bin\/false)$/) || has(/^(?:-l|--login)$/))) ||
      (name === 'chsh' && has(/(?:nologin|\/bin\/false)$/)) ||
      (name === 'chage' && has(/^(?:-E\s*0?|--expiredate.*)$/));
    const isPasswordOnly =
      (name === 'passwd' && has(/^(?:-[ld]|--lock|--delete)$/)) ||
      (name === 'usermod' && has(/^(?:-L|--lock)$/));
    if (!word || !isLost) return undefined;
    // A locked password leaves logins with keys.
    if (isPasswordOnly && word.text !== 'root') return undefined;
    return { message: msg('Afterwards {0} can no longer log in, and with it Stackprep.', word.text), word };
  };

const finders: readonly Finder[] = [deletes, wipes, replaces, uninstalls, spoils];

export const customIrreversibleRules: readonly Rule[] = [
  {
    code: 'custom-irreversible',
    severity: 'warning',
    about: msg(
      'The command destroys data, files of the system or access to the node, and neither undo nor another run brings them back.',
    ),
    check: onCalls((call, report, context) => {
      for (const find of [...finders, locksOut(loginUsers(context))]) {
        const loss = find(call);
        if (!loss) continue;
        report(loss.message, loss.word);
        return;
      }
    }),
  },
];
