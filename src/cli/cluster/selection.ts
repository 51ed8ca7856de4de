import { type Message, msg } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import { expandRange } from '../../cluster/range.ts';
import type { Selection } from '../../plan/selection.ts';
import { suggest } from '../../schema/suggest.ts';
import type { Options } from '../command-line/command-spec.ts';

export type Selected =
  | { readonly ok: true; readonly selection: Selection }
  | { readonly ok: false; readonly message: Message };

/** Maximum number of names in a message. */
const listed = 12;

function unknownNode(name: string, known: readonly string[]): Message {
  const near = suggest(name, known);
  if (near) return msg('Unknown node: {0}. Did you mean {1}?', name, near);
  const list = known.slice(0, listed).join(', ') + (known.length > listed ? ', …' : '');
  return msg('Unknown node: {0}. The nodes in this file are: {1}.', name, list);
}

function unknownStep(id: string, known: readonly string[]): Message {
  const near = suggest(id, known);
  if (near) return msg('Unknown step: {0}. Did you mean {1}?', id, near);
  return msg('Unknown step: {0}. The steps in this file are: {1}.', id, known.join(', '));
}

/** The selection given by `--node` and `--step`; an unknown name is a problem. */
export function selectionOf(cluster: Cluster, options: Pick<Options, 'nodes' | 'steps'>): Selected {
  const known = cluster.nodes.map((node) => node.name);
  const ids = cluster.steps.map((item) => item.id);
  const nodes: string[] = [];
  for (const text of options.nodes) {
    const expanded = expandRange(text);
    if (!expanded.ok)
      return { ok: false, message: msg('{0} is not a range of nodes. Example: compute[1:3].', text) };
    const missing = expanded.values.find((name) => !known.includes(name));
    if (missing !== undefined) return { ok: false, message: unknownNode(missing, known) };
    for (const name of expanded.values) nodes.push(name);
  }
  const missing = options.steps.find((id) => !ids.includes(id));
  if (missing !== undefined) return { ok: false, message: unknownStep(missing, ids) };
  return {
    ok: true,
    selection: {
      ...(nodes.length > 0 ? { nodes } : {}),
      ...(options.steps.length > 0 ? { steps: options.steps } : {}),
    },
  };
}
