import type { El } from './releases.ts';

/** A package's name on each generation that has it. */
export type PackageNames = Readonly<Partial<Record<El, string>>>;

/** The unified command line client; source: python-openstackclient's distgit specs (the old name does not resolve on EL8 and later). */
export const openstackClient: PackageNames = {
  7: 'python-openstackclient',
  8: 'python3-openstackclient',
  9: 'python3-openstackclient',
};

/** SELinux policy for OpenStack; source: rdoinfo's release tags of train, yoga and epoxy. */
export const openstackSelinux: PackageNames = {
  7: 'openstack-selinux',
  8: 'openstack-selinux',
  9: 'openstack-selinux',
};

/** The repository that RDO's dependencies also come from, off by default; source: rdoproject.org install/packstack. */
export const companionRepository: Readonly<Partial<Record<El, string>>> = { 8: 'powertools', 9: 'crb' };
