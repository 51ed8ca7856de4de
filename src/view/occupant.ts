import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import type { Occupant } from '../base/occupant.ts';
import type { RunKind } from '../base/states.ts';

function whoOf({ who }: Occupant): Message {
  return who === '' ? msg('Another run') : plain(who);
}

/** `deploy@laptop2 has been running upgrade here since 22:14`; `since` is the formatted time. */
export function occupantText(by: Occupant, since: string): Message {
  const who = whoOf(by);
  const { step, kind = 'run' } = by;
  if (step === undefined) return msg('{0} has been working here since {1}', who, since);
  switch (kind) {
    case 'run':
    case 'check':
      return msg('{0} has been running {1} here since {2}', who, step, since);
    case 'undo':
      return msg('{0} has been undoing {1} here since {2}', who, step, since);
    default:
      return assertNever(kind);
  }
}

function workText(kind: RunKind, step: string): Message {
  switch (kind) {
    case 'run':
    case 'check':
      return plain(step);
    case 'undo':
      return msg('undo of {0}', step);
    default:
      return assertNever(kind);
  }
}

/** `laptop2: upgrade since 22:14`, next to the name of a node: the computer of the other run, its step and its time. */
export function occupantLabel(by: Occupant, since: string): Message {
  const { kind = 'run', step } = by;
  const computer = by.who.slice(by.who.lastIndexOf('@') + 1);
  const what =
    step === undefined ? msg('since {0}', since) : msg('{0} since {1}', workText(kind, step), since);
  return joined([computer === '' ? msg('another run') : plain(computer), what], ': ');
}

/** `== in use by deploy@laptop2 (upgrade)`: a line of a log. */
export function occupantLine(by: Occupant): Message {
  const who = by.who === '' ? msg('another run') : plain(by.who);
  return by.step === undefined
    ? msg('== in use by {0}', who)
    : msg('== in use by {0} ({1})', who, workText(by.kind ?? 'run', by.step));
}
