import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Span } from '../base/problem.ts';
import {
  type AddressRange,
  type AddressValue,
  addressValue,
  contains,
  isReserved,
  networkText,
  parseCidr,
} from '../cluster/cidr.ts';
import { nodeFinder, onePerKey } from '../cluster/node-groups.ts';
import { replacement } from '../schema/fixes.ts';
import { bridgesOnManagement } from './bridges.ts';
import { perContext, type RuleContext } from './context.ts';
import { overlaps } from './overlap.ts';
import type { Rule } from './rule.ts';

/** The valid ranges of the networks, with the names of these. */
const rangesOf = perContext(({ cluster }): readonly (readonly [name: string, range: AddressRange])[] =>
  Object.entries(cluster.networks).flatMap(([name, { cidrs = [] }]) =>
    cidrs.flatMap((cidr) => {
      const range = parseCidr(cidr);
      return range ? [[name, range] as const] : [];
    }),
  ),
);

/** The address ranges of the networks, where they are written. */
function writtenRanges(
  file: RuleContext['file'],
  at: RuleContext['at'],
): readonly { readonly cidr: string; readonly span: Span | undefined }[] {
  return Object.entries(file.networks ?? {}).flatMap(([name, { cidr }]) =>
    typeof cidr === 'string'
      ? [{ cidr, span: at('networks', name, 'cidr')?.value }]
      : (cidr ?? []).map((each, index) => ({ cidr: each, span: at('networks', name, 'cidr', index)?.value })),
  );
}

/** Addresses that cannot belong to a host: 0.0.0.0/8, multicast and above, in both families. */
const noHosts = ['0.0.0.0/8', '224.0.0.0/3', '::/128', 'ff00::/8'].flatMap((text) => parseCidr(text) ?? []);
const loopbacks = ['127.0.0.0/8', '::1/128'].flatMap((text) => parseCidr(text) ?? []);

function isIn(ranges: readonly AddressRange[], value: AddressValue | undefined): boolean {
  return value !== undefined && ranges.some((range) => contains(range, value));
}

/** The nodes whose address is outside a range, or of another family. */
const outsideRange = nodeFinder((cidrs) => {
  const ranges = cidrs.split(', ').flatMap((cidr) => parseCidr(cidr) ?? []);
  return ({ address = '' }) => {
    const value = addressValue(address);
    return ranges.length > 0 && value !== undefined && !ranges.some((range) => contains(range, value));
  };
});

/** The nodes with the first or last address of a range. */
const reservedInRange = nodeFinder((cidrs) => {
  const ranges = cidrs.split(', ').flatMap((cidr) => parseCidr(cidr) ?? []);
  return ({ address = '' }) => {
    const value = addressValue(address);
    return value !== undefined && ranges.some((range) => isReserved(range, value));
  };
});

const unusable = nodeFinder(
  () =>
    ({ address = '' }) =>
      isIn(noHosts, addressValue(address)),
);
const loopback = nodeFinder(
  () =>
    ({ address = '' }) =>
      isIn(loopbacks, addressValue(address)),
);

export const addressRules: readonly Rule[] = [
  {
    code: 'address-outside-network',
    severity: 'warning',
    about: msg('The address of a node must be in the management network, because the services bind to it.'),
    check: (context, report) => {
      const { cidrs = [] } = context.cluster.networks.management ?? {};
      const management = cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
      const [range] = management;
      if (!range) return;
      const cidr = cidrs.join(', ');
      for (const { address = '', addressSpan } of onePerKey(outsideRange(context.cluster.nodes, cidr)))
        report(
          addressSpan,
          management.some(({ family }) => family === addressValue(address)?.family)
            ? msg('{0} is not in the management network {1}. Fix the address or the range.', address, cidr)
            : msg(
                '{0} is of another family than the management network {1}. Use IPv4 or IPv6 for both.',
                address,
                cidr,
              ),
        );
    },
  },
  {
    code: 'address-reserved',
    severity: 'warning',
    about: msg('The first and last address of a range are the network and broadcast addresses.'),
    sources: ['COMMON'],
    check: (context, report) => {
      const cidr = context.cluster.networks.management?.cidrs?.join(', ');
      for (const { address = '', addressSpan } of reservedInRange(context.cluster.nodes, cidr))
        report(
          addressSpan,
          msg('{0} is the first or last address of the management network. No host can use it.', address),
        );
    },
  },
  {
    code: 'address-unusable',
    severity: 'error',
    about: msg('No host can have this address, so nothing can connect to it.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      for (const { address = '', addressSpan } of onePerKey(unusable(cluster.nodes)))
        report(addressSpan, msg('{0} cannot be the address of a host.', address));
    },
  },
  {
    code: 'address-loopback',
    severity: 'warning',
    about: msg(
      'On every node this address refers to the node itself, so the other nodes cannot connect to it.',
    ),
    check: ({ cluster }, report) => {
      if (cluster.nodes.length < 2) return;
      for (const { address = '', addressSpan } of onePerKey(loopback(cluster.nodes)))
        report(
          addressSpan,
          msg(
            '{0} refers to each node itself. Use the address that the other nodes connect to, and set host for SSH.',
            address,
          ),
        );
    },
  },
  {
    code: 'cidr-invalid',
    severity: 'error',
    about: msg('Without a valid range, it is unknown which addresses belong to the network.'),
    check: ({ file, at }, report) => {
      for (const { cidr, span } of writtenRanges(file, at)) {
        if (parseCidr(cidr)) continue;
        report(span, msg('{0} is not an address range. Example: 192.168.113.0/24.', cidr));
      }
    },
  },
  {
    code: 'cidr-host-bits',
    severity: 'warning',
    about: msg(
      'A range is written with its first address. Many programs reject any other address of the range.',
    ),
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      for (const { cidr, span } of writtenRanges(file, at)) {
        const range = parseCidr(cidr);
        if (!range?.hasHostBits || !span) continue;
        const whole = networkText(range);
        const message = msg(
          '{0} is an address inside the range. Write the range with its first address.',
          cidr,
        );
        report(span, message, whole === undefined ? undefined : replacement(reading.source, span, whole));
      }
    },
  },
  {
    code: 'networks-overlap',
    severity: 'warning',
    about: msg('With the same range on two interfaces, a node answers on the wrong one.'),
    check: (context, report) => {
      const { networks } = context.cluster;
      const entries = rangesOf(context).flatMap(([name, range]) => {
        const device = own(networks, name)?.interface;
        return device === undefined ? [] : [{ name, range, device }];
      });
      const found = overlaps(entries);
      const seen = new Set<string>();
      for (const [index, { name }] of entries.entries()) {
        const other = found[index];
        // Of two networks, the later one is reported.
        if (other === undefined || other > index || seen.has(name)) continue;
        seen.add(name);
        report(
          context.at('networks', name, 'cidr')?.value,
          msg(
            'The networks {0} and {1} overlap but have different interfaces. Give each its own range.',
            entries[other]?.name ?? '',
            name,
          ),
        );
      }
    },
  },
  {
    code: 'interface-shared',
    severity: 'warning',
    about: msg(
      'The interface of the provider network joins a bridge and loses its address. The management network would go down with it.',
    ),
    sources: ['IG'],
    check: (context, report) => {
      const { cluster, at } = context;
      for (const { key, device } of bridgesOnManagement(context))
        report(
          at('packstack', key)?.value,
          msg(
            '{0} is the interface of the management network. As a part of the bridge, it would lose its address.',
            device,
          ),
        );
      const holders = new Map<string, string>();
      for (const [name, { interface: device }] of Object.entries(cluster.networks)) {
        if (device === undefined) continue;
        const holder = holders.get(device);
        if (holder === undefined) holders.set(device, name);
        // Other networks may share an interface; only the provider network takes its address away.
        else if (name === 'provider' || holder === 'provider')
          report(
            at('networks', name, 'interface')?.value,
            msg(
              '{0} is also the interface of {1}. In the guide, the provider network has its own interface.',
              device,
              holder,
            ),
          );
      }
    },
  },
  {
    code: 'interface-name',
    severity: 'error',
    about: msg('Linux allows interface names of at most 15 characters, without spaces and slashes.'),
    sources: ['COMMON'],
    check: ({ cluster, at }, report) => {
      for (const [name, { interface: device }] of Object.entries(cluster.networks)) {
        if (device === undefined || (/^[^\s/]{1,15}$/.test(device) && !/^\.{1,2}$/.test(device))) continue;
        report(
          at('networks', name, 'interface')?.value,
          msg('{0} is not a valid interface name. Run `ip link` to list the interfaces.', device),
        );
      }
    },
  },
  {
    code: 'interface-loopback',
    severity: 'warning',
    about: msg('The loopback interface connects a host only to itself.'),
    check: ({ cluster, at }, report) => {
      for (const [name, { interface: device }] of Object.entries(cluster.networks)) {
        if (device !== 'lo') continue;
        report(
          at('networks', name, 'interface')?.value,
          msg('lo does not reach other nodes. Use the interface of the network, such as eth0.'),
        );
      }
    },
  },
];
