import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { ProblemCode, Span } from '../base/problem.ts';
import type { Place } from '../schema/places.ts';
import { pathKey } from '../schema/reading.ts';
import { expandAddresses } from './address-range.ts';
import { addressValue, parseCidr } from './cidr.ts';
import { cidrsOf, listOf } from './networks.ts';
import type { FileShape } from './schema.ts';

interface Wanted {
  readonly file: FileShape;
  readonly placeAt: (path: string) => Place | undefined;
  readonly report: (code: ProblemCode, span: Span, message: Message) => void;
}

/** A key of `nodes` with the names that it expands to. */
interface Entry {
  readonly key: string;
  readonly node: FileShape['nodes'][string];
  readonly names: readonly string[];
}

/** One written address of a key in a network, one per node; problems for what is not one. */
function expanded(
  text: string,
  name: string,
  { key, names }: Entry,
  { file, placeAt, report }: Wanted,
): readonly string[] {
  const path = ['nodes', key, 'networks', name];
  const span = (placeAt(pathKey(...path, 'address')) ?? placeAt(pathKey(...path)))?.value;
  const ranges = cidrsOf(own(file.networks, name)).flatMap((cidr) => parseCidr(cidr) ?? []);
  const found = expandAddresses(text, ranges);
  const values = found.ok ? found.values : [];
  const bad = values.find((value) => addressValue(value) === undefined);
  if (span && (!found.ok || bad !== undefined || values.length !== names.length)) {
    const message = !found.ok
      ? msg('{0} is not a range. Example: {1}.', text, '10.0.0.[11:13]')
      : bad !== undefined
        ? msg('{0} is not an IP address.', bad)
        : msg('{0} has {1} nodes, but its address has {2}.', key, names.length, values.length);
    report('node-network-address', span, message);
    return [];
  }
  return values;
}

/** The addresses of the nodes of a key in its `networks`, by network, for each node; undefined if there are none. */
export function expandOthers(
  entry: Entry,
  wanted: Wanted,
): readonly Readonly<Record<string, readonly string[]>>[] | undefined {
  const written = Object.entries(entry.node.networks ?? {}).flatMap(([name, { address }]) =>
    address === undefined ? [] : [[name, listOf(address)] as const],
  );
  if (written.length === 0) return undefined;
  const columns = written.map(
    ([name, texts]) => [name, texts.map((text) => expanded(text, name, entry, wanted))] as const,
  );
  return entry.names.map((_, index) =>
    Object.fromEntries(columns.map(([name, lists]) => [name, lists.flatMap((list) => list[index] ?? [])])),
  );
}
