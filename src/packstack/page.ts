import { type Message, msg, type Translate } from '../base/l10n.ts';
import { reachedAt } from '../cluster/aliases.ts';
import type { Cluster } from '../cluster/model.ts';
import { answersOf, type GivenAnswer, packstackVersionOf } from './answers.ts';
import { describeKey } from './describe.ts';
import { partsOfNodes, placementOf } from './placement.ts';

function entry({ key, value, why }: GivenAnswer, translate: Translate): string {
  const what = describeKey(key);
  const comments = [...(what ? [what] : []), why].map((line) => `# ${translate(line)}`);
  const text = typeof value === 'string' ? value : `<secret:${value.secret}>`;
  return [...comments, `${key}=${text}`].join('\n');
}

/** What Packstack installs on each node, one line per node, with notes on surprising results. */
function placement(cluster: Cluster): readonly Message[] {
  const takenOver = placementOf(cluster).filter(({ code }) => code === 'packstack-role-reassigned');
  return [
    ...partsOfNodes(cluster).map(({ node, node: { name, roles }, parts }) =>
      parts.length > 0
        ? msg('Packstack installs on {0} ({1}): {2}.', name, reachedAt(node), parts.join(', '))
        : msg(
            'Packstack installs none of controller, network and compute on {0} ({1}). Its roles: {2}.',
            name,
            reachedAt(node),
            roles.join(', '),
          ),
    ),
    ...takenOver.map(({ args: [role = '', node = ''] }) =>
      msg('No node has the role {0}. {1} takes its place.', role, node),
    ),
  ];
}

/** The answer file of a cluster with every value explained; secrets appear only by name. */
export function answerPage(cluster: Cluster, translate: Translate): string {
  const { release } = cluster.openstack;
  const head = [
    `# Packstack ${packstackVersionOf(cluster)}${release === undefined ? '' : ` (${release})`}`,
    `# ${translate(msg('The answers of the cluster {0}. Answers that are not listed have the default of Packstack.', cluster.name))}`,
    `# ${translate(msg('Packstack rewrites the file at every run, with the passwords that it generates. Keep that file: the next run needs it.'))}`,
    ...placement(cluster).map((line) => `# ${translate(line)}`),
  ];
  return `${head.join('\n')}\n[general]\n\n${answersOf(cluster)
    .map((answer) => entry(answer, translate))
    .join('\n\n')}\n`;
}
