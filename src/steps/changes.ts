import { type Message, msg } from '../base/l10n.ts';
import type { StepIntent } from './common/definition.ts';

/** What a step may change on a node, one line per kind; empty if only the node knows. */
export function changesOf({
  files = [],
  packages = [],
  disks = {},
  services = {},
  upgrade,
}: StepIntent): readonly Message[] {
  const names = [...new Set(packages.flatMap((row) => Object.values(row)))];
  const units = (state: 'enabled' | 'disabled') =>
    Object.entries(services).flatMap(([unit, wanted]) => (wanted === state ? [unit] : []));
  const lists: readonly (readonly [Message, readonly string[]])[] = [
    [msg('Files: {0}.', files.join(', ')), files],
    [msg('Packages: {0}.', names.join(', ')), names],
    [msg('Enables and starts: {0}.', units('enabled').join(', ')), units('enabled')],
    [msg('Disables and stops: {0}.', units('disabled').join(', ')), units('disabled')],
  ];
  return [
    ...Object.entries(disks).map(([use, devices]) => msg('Disks of {0}: {1}', use, devices.join(', '))),
    ...lists.flatMap(([text, list]) => (list.length > 0 ? [text] : [])),
    ...(upgrade ? [msg('All packages on the node.')] : []),
  ];
}
