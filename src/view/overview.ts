import type { Message } from '../base/l10n.ts';
import { type ClusterSource, talliedOf } from './live.ts';
import { headline } from './tally.ts';

/** The headline of a whole cluster for tree, lens, status bar and dashboard; undefined if nothing is known. */
export function overviewOf(source: ClusterSource): Message | undefined {
  return headline(
    talliedOf(
      source,
      source.outline.nodes.map(({ id }) => id),
    ),
  );
}
