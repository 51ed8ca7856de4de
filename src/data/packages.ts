import type { El } from '../base/facts.ts';
import type { Source } from './sources.ts';

/** The name of a package on each generation that has it. */
export type PackageNames = Readonly<Partial<Record<El, string>>>;

/** A piece of software with the names of its packages. */
export interface PackageRow {
  readonly thing: string;
  readonly names: PackageNames;
  readonly sources: readonly Source[];
}

/** The unified command line client; source: python-openstackclient's distgit specs (the old name does not resolve on EL8 and later). */
export const openstackClient: PackageNames = {
  7: 'python-openstackclient',
  8: 'python3-openstackclient',
  9: 'python3-openstackclient',
};

/** Packages that were retired before their project, with their last release; source: PS 26.0.0 and a report of RDO's packages. */
export const endedPackages: readonly { readonly name: string; readonly last: string }[] = [
  { name: 'openstack-neutron-linuxbridge', last: 'dalmatian' },
];

/** SELinux policy for OpenStack; source: rdoinfo's release tags of train, yoga and epoxy. */
export const openstackSelinux: PackageNames = {
  7: 'openstack-selinux',
  8: 'openstack-selinux',
  9: 'openstack-selinux',
};

/** The repository that also provides RDO's dependencies, disabled by default; source: rdoproject.org install/packstack. */
export const companionRepository: Readonly<Partial<Record<El, string>>> = { 8: 'powertools', 9: 'crb' };

function everywhere(name: string): PackageNames {
  return { 7: name, 8: name, 9: name };
}

/** Package names per generation; a missing generation has no such package. */
export const packageRows: readonly PackageRow[] = [
  { thing: 'OpenStack client', names: openstackClient, sources: ['RI', 'DG'] },
  { thing: 'SELinux policy', names: openstackSelinux, sources: ['RI'] },
  { thing: 'Packstack', names: everywhere('openstack-packstack'), sources: ['RI'] },
  { thing: 'openstack-utils', names: { 7: 'openstack-utils' }, sources: ['RI'] },
  { thing: 'crudini', names: everywhere('crudini'), sources: ['RI'] },
  { thing: 'MariaDB server', names: everywhere('mariadb-server'), sources: ['RI', 'IG'] },
  { thing: 'MariaDB client', names: everywhere('mariadb'), sources: ['RI', 'IG'] },
  {
    thing: 'MySQL driver',
    names: { 7: 'python2-PyMySQL', 8: 'python3-PyMySQL', 9: 'python3-PyMySQL' },
    sources: ['IG', 'RI'],
  },
  { thing: 'Galera server', names: everywhere('mariadb-server-galera'), sources: ['PS'] },
  { thing: 'chrony', names: everywhere('chrony'), sources: ['IG'] },
  { thing: 'RabbitMQ', names: everywhere('rabbitmq-server'), sources: ['RI', 'CRO'] },
  { thing: 'memcached', names: everywhere('memcached'), sources: ['IG'] },
  {
    thing: 'memcached client',
    names: { 7: 'python-memcached', 8: 'python3-memcached', 9: 'python3-memcached' },
    sources: ['RI', 'IG'],
  },
  { thing: 'etcd', names: everywhere('etcd'), sources: ['RI', 'IG'] },
  {
    thing: 'network scripts',
    names: { 7: 'initscripts', 8: 'network-scripts', 9: 'openstack-network-scripts' },
    sources: ['RI', 'RW'],
  },
  {
    thing: 'Open vSwitch',
    names: { 7: 'openvswitch', 8: 'rdo-openvswitch', 9: 'rdo-openvswitch' },
    sources: ['RI'],
  },
];
