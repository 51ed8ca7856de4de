import { assertNever } from '../../base/assert-never.ts';
import type { Status } from '../../view/status.ts';
import type { Paint, Style } from '../terminal/style.ts';

/** The sign and the color of a status. */
export function cellStyle(status: Status, style: Style): { readonly sign: string; readonly paint: Paint } {
  const { signs } = style;
  switch (status) {
    case 'changed':
    case 'undone':
      return { sign: signs.done, paint: style.green };
    case 'done':
      return { sign: signs.done, paint: style.dim };
    case 'unchanged':
    case 'nothing-to-undo':
      return { sign: signs.same, paint: style.dim };
    case 'needed':
      return { sign: signs.needed, paint: style.yellow };
    case 'drifted':
      return { sign: signs.drifted, paint: style.yellow };
    case 'failed':
    case 'interrupted':
      return { sign: signs.failed, paint: style.red };
    case 'unreachable':
      return { sign: signs.lost, paint: style.red };
    case 'cancelled':
    case 'not-started':
      return { sign: signs.cancelled, paint: style.yellow };
    case 'unknown':
      return { sign: signs.unknown, paint: (text) => text };
    case 'running':
      return { sign: signs.needed, paint: style.cyan };
    case 'blocked':
      return { sign: signs.none, paint: style.yellow };
    case 'unavailable':
    case 'unchecked':
      return { sign: signs.none, paint: style.dim };
    default:
      return assertNever(status);
  }
}
