/** Where the facts of these tables come from, by the code that each row names. */
export const sources = {
  REL: 'openstack/releases, data/series_status.yaml and deliverables (2026-08-21)',
  GOV: 'openstack/governance, reference/projects.yaml, legacy.yaml and base-services.rst (2026-08-08)',
  RW: 'rdoproject.org documentation (rdo-infra/rdo-mkdocs-website, 2026-08-14)',
  RI: 'redhat-openstack/rdoinfo, rdo.yml and the CloudSIG release tags (2026-07-14)',
  CRO: 'rdo-infra/centos-release-openstack, branches kilo-rdo to victoria-rdo',
  RR: 'rdo-infra/rdo-release, branches grizzly to caracal-rdo',
  PS: 'redhat-openstack/packstack, tags 10.0.1 to 26.0.0',
  DG: 'rdo-packages distgit specs (train-rdo, caracal-rdo, dalmatian-rdo)',
  IG: 'OpenStack installation guide for RDO (openstack-manuals, doc/install-guide)',
  PORTS: 'OpenStack installation guide, firewalls-default-ports.rst',
  ALMA: 'AlmaLinux wiki, CentOS SIGs Repositories (2026)',
  ROCKY: 'package list of the Rocky Linux 9 extras repository (2026-09)',
  CENTOS: 'centos.org/download and blog.centos.org 2023/04, end dates',
  EL8: 'linux-id.net, failed to download metadata for repo appstream on CentOS 8',
  MIRROR: 'smoogespace.blogspot.com 2024/06, updates on CentOS 7 EOL',
  EPEL: 'smoogespace.blogspot.com 2024/05, CentOS Linux 7 end of life',
  YUM: 'yum 3 sources (repos.py, yumRepo.py, yummain.py)',
  DNF: 'dnf 4 and libdnf sources (base.py, repodict.py)',
  OSSH: 'openssh-portable servconf.c, V_7_4_P1, V_8_0_P1, V_8_7_P1 and V_9_9_P1',
  OSSHC: 'openssh-portable readconf.c and ssh.c, 10.5',
  ELSSH: 'sshd_config as Enterprise Linux 7, 8 and 9 ship it',
  CHRONY: 'chrony cmdparse.c (CPS_ParseNTPSourceAdd), 3.4 to 4.8',
  EXP: 'tried by experiment (2026-11-23)',
  COMMON: 'general knowledge, no single source',
  ERLANG: 'one detailed third-party report, Epoxy on AlmaLinux 9',
  RABBIT: 'rabbitmq.com, networking and access control',
} as const satisfies Readonly<Record<string, string>>;

/** The code of a source. */
export type Source = keyof typeof sources;
