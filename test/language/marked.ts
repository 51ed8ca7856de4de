import { type ClusterDocument, createDocumentReader } from '../../src/language/document/document.ts';

/** A document and an offset in it, from a text with one `‸` at the cursor. */
export function marked(text: string): { readonly document: ClusterDocument; readonly offset: number } {
  const offset = text.indexOf('‸');
  if (offset < 0) throw new Error('The text has no ‸.');
  return { document: documentOf(text.replace('‸', '')), offset };
}

export function documentOf(text: string): ClusterDocument {
  return createDocumentReader()({ uri: 'file:///lab.cluster.yaml', version: 1, text });
}

/** The text in a range of a document. */
export function textIn(
  { text, positions }: ClusterDocument,
  range: { start: { line: number; character: number }; end: { line: number; character: number } },
): string {
  const [start, end] = [range.start, range.end].map(({ line, character }) =>
    positions.offset({ line, column: character }),
  );
  return text.slice(start, end);
}

/** The text of a document after edits. */
export function edited(
  { text, positions }: ClusterDocument,
  edits: readonly { range: Parameters<typeof textIn>[1]; newText: string }[],
): string {
  const spans = edits.map(({ range: { start, end }, newText }) => ({
    start: positions.offset({ line: start.line, column: start.character }),
    end: positions.offset({ line: end.line, column: end.character }),
    newText,
  }));
  let result = text;
  for (const { start, end, newText } of spans.sort((a, b) => b.start - a.start || b.end - a.end))
    result = result.slice(0, start) + newText + result.slice(end);
  return result;
}

/** A cluster that uses everything that can have a name. */
export const seed = `cluster: lab
openstack: { release: stein, components: [nova] }
nodes:
  n1: { address: 10.0.0.1, roles: [controller] }
  "n[2:3]": { address: "10.0.0.[2:3]", roles: [compute] }
networks:
  management: { cidr: 10.0.0.0/24, interface: eth0 }
system: { os: centos-7 }
services:
  mariadb: { on: controller, bind-address: management }
  rabbitmq: { on: n1, password: { secret: queue } }
  etcd: { on: n2 }
steps:
  - repositories
  - upgrade
  - openstack-client
  - name: house-rules
    on: compute
    check: test -f /etc/house
    run: |
      yum -y install house-rules
`;
