import { createDoubles } from '../base/doubles.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { ProblemCode, Span } from '../base/problem.ts';
import { moved } from '../schema/places.ts';
import type { NodeGroup, PlacedGroup } from './node-groups.ts';

type Report = (code: ProblemCode, span: Span, message: Message) => void;

const haveNamesTwice = createDoubles(({ nodes }: NodeGroup) => nodes.map(({ node }) => node.name));
const haveAddressesTwice = createDoubles(({ nodes }: NodeGroup) =>
  nodes.flatMap(({ canonical: same }) => same ?? []),
);

/** Reports names and addresses that an earlier node already has. */
export function reportDuplicates(all: readonly PlacedGroup[], report: Report): void {
  const groups = all.map(({ group }) => group);
  const areTwice = [haveNamesTwice(groups), haveAddressesTwice(groups)];
  if (!areTwice.includes(true)) return;
  const names = new Set<string>();
  const addresses = new Map<string, string>();
  for (const { group, nodes, start } of all)
    group.nodes.forEach(({ node: { name, address }, addressSpan, canonical: same }, index) => {
      const span = nodes[index]?.span;
      if (span && names.has(name))
        report('node-name-duplicate', span, msg('There is already a node named {0}.', name));
      names.add(name);
      if (address === undefined || same === undefined) return;
      const holder = addresses.get(same);
      if (holder !== undefined)
        report(
          'node-address-duplicate',
          moved(addressSpan, start),
          msg('{0} is already the address of {1}.', address, holder),
        );
      addresses.set(same, name);
    });
}
