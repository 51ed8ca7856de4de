import { type Message, msg } from '../base/l10n.ts';
import type { Source } from './sources.ts';

/** A kernel parameter set by an OpenStack guide. */
export interface KernelParameter {
  readonly name: string;
  /** The value in the guide; always an integer. */
  readonly value: string;
  readonly about: Message;
  readonly source: Source;
}

const bridged = (name: string, value: string, about: Message, source: Source): KernelParameter => ({
  name: `net.bridge.bridge-nf-call-${name}`,
  value,
  about,
  source,
});

const routed: Message = msg(
  'The guides from Icehouse to Kilo set it on nodes with Neutron routers; in later releases the agents set it.',
);

export const kernelParameters: readonly KernelParameter[] = [
  bridged(
    'iptables',
    '1',
    msg(
      'Bridged IPv4 packets pass through iptables, where Neutron has its security groups. Provided by br_netfilter.',
    ),
    'NIG',
  ),
  bridged(
    'ip6tables',
    '1',
    msg(
      'Bridged IPv6 packets pass through ip6tables, where Neutron has its security groups. Provided by br_netfilter.',
    ),
    'NIG',
  ),
  bridged(
    'arptables',
    '1',
    msg('Bridged ARP packets pass through arptables. Provided by br_netfilter.'),
    'PS',
  ),
  { name: 'net.ipv4.ip_forward', value: '1', about: routed, source: 'IGOLD' },
  { name: 'net.ipv4.conf.all.rp_filter', value: '0', about: routed, source: 'IGOLD' },
  { name: 'net.ipv4.conf.default.rp_filter', value: '0', about: routed, source: 'IGOLD' },
];

/** A kernel module loaded by a guide or by Packstack. */
export interface KernelModule {
  readonly name: string;
  readonly about: Message;
  readonly source: Source;
}

/** The module that provides the net.bridge parameters. */
export const bridgeFilter = 'br_netfilter';

export const kernelModules: readonly KernelModule[] = [
  {
    name: bridgeFilter,
    about: msg(
      'Passes bridged packets to iptables, and provides the parameters net.bridge.bridge-nf-call-….',
    ),
    source: 'NIG',
  },
  { name: 'bridge', about: msg('Kernel bridges, used by the Linux bridge agent.'), source: 'PS' },
];

/** The items of limits.conf(5). Source: PAM. */
export const limitItems = [
  'core',
  'data',
  'fsize',
  'memlock',
  'nofile',
  'rss',
  'stack',
  'cpu',
  'nproc',
  'as',
  'maxlogins',
  'maxsyslogins',
  'priority',
  'locks',
  'sigpending',
  'msgqueue',
  'nice',
  'rtprio',
] as const;

/** Service users: systemd starts their processes without PAM, so limits.conf does not apply. */
export const serviceUsers: ReadonlySet<string> = new Set([
  ...['mysql', 'rabbitmq', 'memcached', 'etcd', 'chrony', 'apache'],
  ...['keystone', 'glance', 'placement', 'nova', 'neutron', 'cinder', 'heat', 'swift'],
]);

/** Finds a parameter by name. */
export function findParameter(name: string): KernelParameter | undefined {
  return kernelParameters.find((parameter) => parameter.name === name);
}

/** Finds a module by name; the kernel treats a dash as an underscore. */
export function findModule(name: string): KernelModule | undefined {
  const spelt = name.replaceAll('-', '_');
  return kernelModules.find((module) => module.name === spelt);
}
