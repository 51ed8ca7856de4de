import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg, plain } from '../../base/l10n.ts';
import type { Section } from './outline.ts';

/** The title of a part of a log. */
export function sectionTitle({ kind, name, count }: Section): Message {
  switch (kind) {
    case 'run':
      return msg('Package tool run');
    case 'setup':
      return msg('Repositories');
    case 'resolve':
      return msg('Dependencies');
    case 'table':
      return msg('Packages ({0})', count);
    case 'summary':
      return msg('Summary');
    case 'download':
      return msg('Downloads');
    case 'check':
      return msg('Transaction check');
    case 'test':
      return msg('Transaction test');
    case 'transaction':
      return msg('Transaction ({0})', count);
    case 'verify':
      return msg('Verification ({0})', count);
    case 'results':
      return msg('Result');
    case 'log':
    case 'step':
      return plain(name);
    default:
      return assertNever(kind);
  }
}
