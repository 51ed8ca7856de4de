import { isIpv6 } from '../../cluster/address.ts';
import { isNode } from '../../cluster/aliases.ts';
import type { Cluster } from '../../cluster/model.ts';
import { answersOf, packstackNode } from '../../packstack/answers.ts';
import {
  answerHosts,
  answerValues,
  loginHosts,
  manifestCount,
  neededInterfaces,
} from '../../packstack/hosts.ts';
import { answerKeys } from '../../packstack/keys.ts';
import { placementOf } from '../../packstack/placement.ts';
import { promisedServices } from '../../packstack/services.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines } from '../common/services.ts';
import { packstackPackages } from './info.ts';
import { packstackSh } from './packstack.sh.ts';

/** A value as the last field of a line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Keys whose values Packstack generates once and needs again: they are kept when the answers change. Source: PS. */
const made = answerKeys
  .filter(({ isSecret }) => isSecret)
  .map(({ name }) => name)
  .join(' ');

function answers(cluster: Cluster) {
  const all = answersOf(cluster);
  return {
    packstack_plain: all
      .map(({ key, value }) => (typeof value === 'string' ? `${key}=${value}\n` : ''))
      .join(''),
    packstack_secret: all
      .map(({ key, value }) => (typeof value === 'string' ? '' : `${key} ${value.secret}\n`))
      .join(''),
    packstack_keys: all.map(({ key }) => key).join(' '),
    packstack_made: made,
  };
}

/** The hosts that Packstack logs in to, with their required interfaces; those of the local node are checked locally. */
function hosts(cluster: Cluster) {
  const node = packstackNode(cluster);
  const value = answerValues(cluster);
  const isHere = (host: string | undefined) =>
    node !== undefined && host !== undefined && isNode(node, host, cluster.nodes);
  const interfaces = neededInterfaces(value);
  const devicesOf = (names: readonly string[]) => [
    ...new Set(interfaces.flatMap(({ host, device }) => (names.includes(host) ? [device] : []))),
  ];
  const all = loginHosts(value);
  const [here, there] = [all.filter(isHere), all.filter((host) => !isHere(host))];
  const rows = [
    ...here.map((host) => `- ${oneLine(host)}\n`),
    ...there.map((host) => `${devicesOf([host]).join(',') || '-'} ${oneLine(host)}\n`),
  ];
  return {
    packstack_here: node?.address ?? '',
    packstack_devices: devicesOf(here).join(' '),
    packstack_hosts: rows.join(''),
    packstack_alone: answerHosts(value).length === 1 && there.length === 0 ? 'yes' : '',
    // Packstack writes its credentials file on the controller; an answer may change the path.
    packstack_is_controller: isHere(value('CONFIG_CONTROLLER_HOST')) ? 'yes' : '',
  };
}

export const script = scriptFrom(
  packstackSh,
  ({ cluster }) => {
    const value = answerValues(cluster);
    const controller = value('CONFIG_CONTROLLER_HOST') ?? '';
    return {
      packstack_packages: packageLines(packstackPackages),
      ...answers(cluster),
      ...hosts(cluster),
      packstack_placement: placementOf(cluster)
        .map(({ code, args }) => `${code} ${args.map(oneLine).join(' ')}\n`)
        .join(''),
      packstack_url: `http://${isIpv6(controller) ? `[${controller}]` : controller}:5000/v3`,
      packstack_services: promisedServices(value)
        .map(({ name, port }) => `${name} ${port}\n`)
        .join(''),
      packstack_manifests: manifestCount(value, { post: false }),
      packstack_manifests_18: manifestCount(value, { post: true }),
    };
  },
  [serviceSh],
);
