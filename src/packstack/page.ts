import { msg, type Translate } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { answersOf, type GivenAnswer, packstackVersionOf } from './answers.ts';
import { describeKey } from './describe.ts';

function entry({ key, value, why }: GivenAnswer, translate: Translate): string {
  const what = describeKey(key);
  const comments = [...(what ? [what] : []), why].map((line) => `# ${translate(line)}`);
  const text = typeof value === 'string' ? value : `<secret:${value.secret}>`;
  return [...comments, `${key}=${text}`].join('\n');
}

/** The answer file of a cluster, every value explained; a secret stands there by its name only. */
export function answerPage(cluster: Cluster, translate: Translate): string {
  const { release } = cluster.openstack;
  const head = [
    `# Packstack ${packstackVersionOf(cluster)}${release === undefined ? '' : ` (${release})`}`,
    `# ${translate(msg('The answers of the cluster {0}; whatever is not here is Packstack’s own default.', cluster.name))}`,
    `# ${translate(msg('Packstack writes the file anew at every run, with the passwords that it makes up; keep that file, a further run needs it.'))}`,
  ];
  return `${head.join('\n')}\n[general]\n\n${answersOf(cluster)
    .map((answer) => entry(answer, translate))
    .join('\n\n')}\n`;
}
