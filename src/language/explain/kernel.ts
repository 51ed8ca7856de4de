import { msg } from '../../base/l10n.ts';
import { findModule, findParameter } from '../../data/kernel.ts';
import { type Page, sourceLine } from './page.ts';

/** What is known of a kernel parameter; nothing where no guide names it. */
export function explainParameter(name: string): Page {
  const known = findParameter(name);
  if (!known) return [];
  const { about, value, source } = known;
  return [
    msg('**{0}**: a kernel parameter', name),
    msg('{0} Value in the guide: {1}.', about, value),
    sourceLine([source]),
  ];
}

/** What is known of a kernel module; nothing where no guide names it. */
export function explainModule(name: string): Page {
  const known = findModule(name);
  return known ? [msg('**{0}**: a kernel module', name), known.about, sourceLine([known.source])] : [];
}
