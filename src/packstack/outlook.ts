import { type Message, msg } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { packstackOptions } from '../data/packstack.ts';
import { ownAnswers, packstackNode, packstackVersionOf } from './answers.ts';
import { componentOfKey } from './describe.ts';
import { isRead } from './groups.ts';
import { answerValues, loginHosts, manifestCount, neededInterfaces } from './hosts.ts';
import { isKeyOf, judgedNeeds } from './judge.ts';
import { compareVersions } from './keys.ts';

/** The version since which Packstack applies a second manifest on the controller (PS puppet_950.py). */
const withSecondManifest = '18.0.1';

function installed(cluster: Cluster): readonly Message[] {
  const value = answerValues(cluster);
  const keys = [...new Set(Object.values(packstackOptions).map(({ key }) => key))];
  const named = (wanted: 'y' | 'n'): string =>
    keys.flatMap((key) => (value(key) === wanted ? (componentOfKey(key) ?? []) : [])).join(', ');
  const [yes, no] = [named('y'), named('n')];
  return [
    ...(yes === '' ? [] : [msg('It installs Keystone, {0}.', yes)]),
    ...(no === '' ? [] : [msg('It does not install {0}.', no)]),
  ];
}

function network(cluster: Cluster): readonly Message[] {
  const value = answerValues(cluster);
  const agent = value('CONFIG_NEUTRON_L2_AGENT');
  const nameOf = (host: string): string =>
    cluster.nodes.find(({ address }) => address === host)?.name ?? host;
  return [
    ...(agent === undefined ? [] : [msg('The network backend is {0}.', agent)]),
    ...neededInterfaces(value).map(({ host, device, key }) =>
      msg('On {0}, it uses the interface {1} ({2}).', nameOf(host), device, key),
    ),
  ];
}

/** Answers of the cluster file that Packstack does not read, since another answer turns their part off. */
function unread(cluster: Cluster): readonly Message[] {
  const value = answerValues(cluster);
  return [...ownAnswers(cluster).keys()].flatMap((key) =>
    isRead(key, value)
      ? []
      : [msg('{0} has no effect: another answer turns off the part that it belongs to.', key)],
  );
}

/** What Packstack does with the answers of a cluster: its hosts, components, interfaces, and what the answers lack. */
export function packstackOutlook(cluster: Cluster): readonly Message[] {
  const value = answerValues(cluster);
  const version = packstackVersionOf(cluster);
  const node = packstackNode(cluster)?.name ?? '';
  const post = compareVersions(version, withSecondManifest) >= 0;
  const needs = judgedNeeds({
    given: new Map(),
    values: value,
    version,
    isBeforeOcata: false,
    isKnown: (name) => isKeyOf(name, version),
  });
  return [
    msg(
      'Packstack {0} runs on {1} and logs in as root, with a key and on port 22, to: {2}.',
      version,
      node,
      loginHosts(value).join(', '),
    ),
    msg('It applies {0} manifests.', manifestCount(value, { post })),
    ...installed(cluster),
    ...network(cluster),
    ...unread(cluster),
    ...needs.map(({ message }) => message),
  ];
}
