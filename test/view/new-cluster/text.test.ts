import assert from 'node:assert/strict';
import ko from '../../../l10n/bundle.l10n.ko.json';
import { english, translator } from '../../../src/base/l10n.ts';
import { readNodeList } from '../../../src/cluster/listed-nodes.ts';
import { decodeCluster } from '../../../src/rules/decode.ts';
import { releaseChoices } from '../../../src/view/new-cluster/choices.ts';
import { type NewNode, newClusterText } from '../../../src/view/new-cluster/text.ts';

function nodes(text: string): readonly NewNode[] {
  const read = readNodeList(text);
  assert.ok(read.ok);
  return read.nodes.map((node) => ({ ...node, address: node.address ?? '192.0.2.7' }));
}

const lists = [
  '192.168.113.171',
  '192.168.113.171-174',
  'admin@10.0.0.1:2222 root@10.0.0.2 admin@10.0.0.3',
  '10.0.0.1 controller 10.0.0.2 yes 10.0.0.3 storage-a',
  'fd00::1 fd00::2 web.example.com',
];

/** What is so with an old release or with Packstack, whatever the file says. */
const facts = new Set(['os-end-of-life', 'release-end-of-life', 'reboot-before-packstack']);

describe('A new cluster file', () => {
  for (const release of releaseChoices)
    for (const installer of ['manual', 'packstack'] as const) {
      if (installer === 'packstack' && release.packstack === undefined) continue;
      it(`has no problem with ${release.release} on ${release.os}, installed by ${installer}`, () => {
        for (const list of lists)
          for (const identity of [undefined, '~/.ssh/id_ed25519']) {
            const text = newClusterText({
              ...{ name: 'lab', nodes: nodes(list), release, installer, translate: english },
              ...(identity === undefined ? {} : { identity }),
            });
            const { cluster, problems } = decodeCluster(text);
            const found = problems.filter(
              ({ severity, code }) => severity !== 'information' || !facts.has(code),
            );
            assert.deepEqual(
              found.map(({ code, message }) => `${code}: ${english(message)}`),
              [],
              text,
            );
            assert.ok((cluster?.steps.length ?? 0) >= 5, text);
          }
      });
    }

  it('has names and roles by what the list says, and comments in the language of the user', () => {
    const [release] = releaseChoices;
    assert.ok(release);
    const text = newClusterText({
      ...{ name: 'lab', release, installer: 'manual', translate: translator(ko) },
      nodes: nodes('10.0.0.1 web 10.0.0.2 ctl-a 10.0.0.3 ceph1 10.0.0.4 admin@10.0.0.5'),
    });
    const { cluster } = decodeCluster(text);
    assert.deepEqual(
      cluster?.nodes.map(({ name, roles, ssh }) => [name, roles.join(), ssh.user, ssh.become].join(' ')),
      [
        'web compute root none',
        'ctl-a controller root none',
        'ceph1 storage root none',
        'compute1 compute root none',
        'compute2 compute admin sudo',
      ],
    );
    assert.match(text, /# .*[가-힣]/);
  });
});
