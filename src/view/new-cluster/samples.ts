import { type Message, msg } from '../../base/l10n.ts';

/** A complete cluster file to start from; the file is in `samples/`. */
export interface Sample {
  /** Name of the cluster file without its ending. */
  readonly file: string;
  readonly title: Message;
  readonly about: Message;
}

/** The samples by use, the simplest first. */
export const samples: readonly Sample[] = [
  {
    file: 'articles-stein',
    title: msg('Four nodes by the installation guide'),
    about: msg('Stein on CentOS 7: repositories, services, sshd; OpenStack is installed manually.'),
  },
  {
    file: 'packstack-all-in-one',
    title: msg('Packstack on one node'),
    about: msg('Epoxy on CentOS Stream 9, everything on a single node.'),
  },
  {
    file: 'packstack-train',
    title: msg('Packstack on three nodes'),
    about: msg('Train on CentOS 7, with a provider interface and keys between the nodes.'),
  },
  {
    file: 'three-controllers',
    title: msg('Three controllers and twelve compute nodes'),
    about: msg('Epoxy with clusters of RabbitMQ and etcd, run in batches, rebooted one at a time.'),
  },
  {
    file: 'closed-network',
    title: msg('Network without internet access'),
    about: msg('Stein on CentOS 7 from your own mirror, with your own repository and time server.'),
  },
  {
    file: 'jump-host-sudo',
    title: msg('Nodes behind a jump host, with sudo'),
    about: msg('A login user that becomes root by sudo, and nodes with settings of their own.'),
  },
  {
    file: 'accounts-and-limits',
    title: msg('Users, sshd and kernel settings'),
    about: msg('A deploy user with a key and sudo, no passwords over SSH, kernel parameters and limits.'),
  },
  {
    file: 'custom-steps',
    title: msg('Custom steps'),
    about: msg('A custom step with a check between the steps of the catalogue.'),
  },
];
