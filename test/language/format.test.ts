import assert from 'node:assert/strict';
import { formattingOf } from '../../src/language/format/format.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { mutated, random } from '../support/random.ts';
import { rounds } from '../support/rounds.ts';
import { clusterTexts } from '../support/texts.ts';
import { documentOf, edited } from './marked.ts';

function formatted(text: string): string {
  const document = documentOf(text);
  return edited(document, formattingOf(document));
}

/** The content of a text without its positions. */
function contentOf(text: string): unknown {
  const { cluster, problems } = decodeCluster(text);
  const plain = JSON.stringify({ cluster, codes: problems.map(({ code }) => code).sort() });
  return plain.replaceAll(/"span":\{"start":\d+,"end":\d+\}/g, '');
}

const messy = `

cluster:   lab   \t
openstack: {release:  stein,components: [ nova,  glance ] }
nodes:
     # the first
     a: {address: 10.0.0.1}   # one
     "b[1:2]":


       address:   "10.0.0.[2:3]"
       roles:
       - x
       -   y
x-y: &u   openstack
steps:
- upgrade
# ours
-   name: z
    run: |
        if true; then   
           echo
        fi

    check: >-
        a
        b
services:
   rabbitmq: { password: {secret: x },
       user: *u }
   etcd: {   }


`;

const tidy = `cluster: lab
openstack: { release: stein, components: [nova, glance] }
nodes:
  # the first
  a: { address: 10.0.0.1 }   # one
  "b[1:2]":

    address: "10.0.0.[2:3]"
    roles:
      - x
      - y
x-y: &u   openstack
steps:
  - upgrade
  # ours
  - name: z
    run: |
        if true; then   
           echo
        fi

    check: >-
        a
        b
services:
  rabbitmq: { password: {secret: x },
      user: *u }
  etcd: {}
`;

describe('Formatting', () => {
  it('normalizes indentation, spaces and empty lines, and keeps comments, anchors and scripts', () => {
    assert.equal(formatted(messy), tidy);
  });

  it('changes nothing in a file that is already formatted', () => {
    assert.equal(formatted(tidy), tidy);
  });

  for (const head of ['---\n', '--- # by hand\n', '# by hand\n---\n# and more\n', '%YAML 1.2\n---\n'])
    it(`keeps what comes before the first key: ${JSON.stringify(head)}`, () => {
      assert.equal(formatted(head + messy.trimStart()), head + tidy);
      assert.equal(formatted(head.replaceAll('\n', '\r\n')), head.replaceAll('\n', '\r\n'));
    });

  it('keeps the line endings of the file', () => {
    assert.equal(formatted('cluster:  a\r\nnodes:\r\n   b: {}'), 'cluster: a\r\nnodes:\r\n  b: {}\r\n');
  });

  it('does not touch a file that is not YAML', () => {
    assert.equal(formatted('cluster:   a\nnodes: [\n'), 'cluster:   a\nnodes: [\n');
  });

  it('does not touch a file with an empty key, whose colon is at the start of a line', () => {
    for (const text of ['cluster: a\n : { n1: 2 }\n', 'a: { members: [] } # ok\n : { n1:  1 }\nx: y\n'])
      assert.equal(formatted(text), text);
  });

  it('can format only a selection', () => {
    const document = documentOf('cluster:  a\nnodes:\n    b:  {}\n');
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    assert.equal(edited(document, formattingOf(document, range)), 'cluster:  a\nnodes:\n  b: {}\n');
  });

  it('never changes the content of a file, and is idempotent', () => {
    const source = random(4);
    for (let round = 0; round < rounds(150); round += 1) {
      let text = source.pick([messy, ...clusterTexts]);
      for (let edits = source.below(3); edits > 0; edits -= 1) text = mutated(text, source);
      const once = formatted(text);
      assert.equal(contentOf(once), contentOf(text), text);
      assert.equal(formatted(once), once, text);
    }
  });
});
