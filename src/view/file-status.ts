import { joined, type Message, msg, plain } from '../base/l10n.ts';
import type { Outline } from '../cluster/outline.ts';
import { findSystem } from '../data/operating-systems.ts';
import { findRelease } from '../data/releases.ts';

/** What the status of a cluster file says: what it is for, and whether it is valid. */
export interface FileStatus {
  readonly text: Message;
  readonly detail: Message;
  readonly severity: 'information' | 'warning' | 'error';
}

export interface FileFacts {
  /** Undefined while the nodes of the file cannot be read. */
  readonly outline?: Pick<Outline, 'release' | 'os'>;
  /** Systems that the nodes have, by their names. */
  readonly systems: readonly string[];
  readonly errors: number;
  readonly warnings: number;
}

function titleOf(release: string): string {
  const { name = release, number } = findRelease(release) ?? {};
  const title = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
  return number === undefined ? title : `${title} (${number})`;
}

function validity(errors: number, warnings: number): Message {
  if (errors > 0) return errors === 1 ? msg('1 error') : msg('{0} errors', errors);
  if (warnings > 0) return warnings === 1 ? msg('1 warning') : msg('{0} warnings', warnings);
  return msg('valid');
}

/** The status of a cluster file: its release and system, and its problems. */
export function fileStatus({ outline, systems, errors, warnings }: FileFacts): FileStatus {
  const release = outline?.release === undefined ? msg('no release') : plain(titleOf(outline.release));
  const system = outline?.os === undefined ? undefined : plain(findSystem(outline.os)?.name ?? outline.os);
  const found = [...new Set(systems)].map((name) => plain(name));
  return {
    text: joined([release, ...(system ? [system] : [])], ', '),
    detail: joined(
      [validity(errors, warnings), ...(found.length > 0 ? [msg('nodes have {0}', joined(found, ', '))] : [])],
      ' · ',
    ),
    severity: errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'information',
  };
}
