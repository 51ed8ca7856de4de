import { msg } from '../../base/l10n.ts';
import { findModule, findParameter } from '../../data/kernel.ts';
import { type Page, sourceLine } from './page.ts';

/** The explanation of a kernel parameter; empty if no guide mentions it. */
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

/** The explanation of a kernel module; empty if no guide mentions it. */
export function explainModule(name: string): Page {
  const known = findModule(name);
  return known ? [msg('**{0}**: a kernel module', name), known.about, sourceLine([known.source])] : [];
}
