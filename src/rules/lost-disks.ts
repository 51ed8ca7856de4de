import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { isDisk, operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';
import type { Word } from './shell-reader.ts';

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
export const wipes: LossFinder = ({ name, args, command }) => {
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
