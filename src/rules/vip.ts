import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Span } from '../base/problem.ts';
import { hasAddress, isNode } from '../cluster/aliases.ts';
import { addressValue, contains, parseCidr } from '../cluster/cidr.ts';
import { clusterFor } from '../cluster/for-node.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { nodesOfRole } from '../cluster/node-groups.ts';
import { hostName } from '../cluster/nodes.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

const bindParameter = 'net.ipv4.ip_nonlocal_bind';

/** The place of the virtual address in the file. */
function placeOf({ at }: RuleContext): Span | undefined {
  return (at('vip', 'address') ?? at('vip'))?.value;
}

/** Rules about the virtual address. */
export const vipRules: readonly Rule[] = [
  {
    code: 'vip-invalid',
    severity: 'error',
    about: msg('A virtual address is an IP address; its name is a host name.'),
    check: (context, report) => {
      const { vip } = context.cluster;
      if (!vip) return;
      if (!addressValue(vip.address)) report(placeOf(context), msg('{0} is not an IP address.', vip.address));
      if (vip.name !== undefined && !hostName.test(vip.name))
        report(context.at('vip', 'name')?.value, msg('{0} is not a valid host name.', vip.name));
    },
  },
  {
    code: 'vip-taken',
    severity: 'error',
    about: msg('A virtual address moves between nodes. If a node has it all the time, two answer for it.'),
    check: (context, report) => {
      const { vip, nodes } = context.cluster;
      const node =
        vip &&
        nodes.find(
          (each) =>
            hasAddress(each, vip.address) || (vip.name !== undefined && isNode(each, vip.name, nodes)),
        );
      if (!vip || !node) return;
      if (hasAddress(node, vip.address))
        report(placeOf(context), msg('{0} is the address of {1}. Use a free one.', vip.address, node.name));
      else
        report(
          context.at('vip', 'name')?.value,
          msg('{0} is the name of a node. Use another one.', vip.name ?? ''),
        );
    },
  },
  {
    code: 'vip-outside-network',
    severity: 'warning',
    about: msg('A node can take over an address only on an interface in the network of that address.'),
    check: (context, report) => {
      const { vip, networks } = context.cluster;
      const value = vip && addressValue(vip.address);
      const ranges = Object.values(networks).flatMap(({ cidrs = [] }) =>
        cidrs.flatMap((cidr) => parseCidr(cidr) ?? []),
      );
      if (!vip || !value || ranges.length === 0 || !context.isWhole('networks')) return;
      if (ranges.some((range) => range.family === value.family && contains(range, value))) return;
      report(
        placeOf(context),
        msg('{0} is in no network of this file, so no node can take it over.', vip.address),
      );
    },
  },
  {
    code: 'vip-single-controller',
    severity: 'information',
    about: msg('A virtual address moves between controllers. With one, its own address does the same.'),
    check: (context, report) => {
      const { cluster, isPackstack, isWhole } = context;
      const controllers = nodesOfRole(cluster.nodes, 'controller');
      if (!cluster.vip || isPackstack || controllers.length > 1 || !isWhole('nodes')) return;
      report(
        context.at('vip')?.key,
        msg('The cluster has {0} controllers, so nothing moves the virtual address.', controllers.length),
      );
    },
  },
  {
    code: 'packstack-vip',
    severity: 'warning',
    about: msg('Packstack has one controller, and its endpoints have the address of that one.'),
    sources: ['PS'],
    check: (context, report) => {
      if (!context.cluster.vip || !context.isPackstack) return;
      report(
        context.at('vip')?.key,
        msg('Packstack does not use a virtual address. Remove vip, or install manually.'),
      );
    },
  },
  {
    code: 'vip-nonlocal-bind',
    severity: 'information',
    about: msg(
      'A proxy on a controller without the virtual address cannot listen on it, unless the kernel allows addresses that the node does not have.',
    ),
    sources: ['HAPROXY'],
    check: (context, report) => {
      const { cluster, isPackstack } = context;
      const controllers = nodesOfRole(cluster.nodes, 'controller');
      const value = cluster.vip && addressValue(cluster.vip.address);
      if (!value || isPackstack || controllers.length < 2) return;
      const name = value.family === 6 ? bindParameter.replace('ipv4', 'ipv6') : bindParameter;
      const isAllowed = (node: ClusterNode) => own(clusterFor(cluster, node).kernel?.sysctl, name) === '1';
      if (controllers.every(isAllowed)) return;
      report(
        context.at('vip')?.key,
        msg(
          'A proxy can listen on the virtual address on one controller only. Set {0}: 1 under kernel.sysctl.',
          name,
        ),
      );
    },
  },
];
