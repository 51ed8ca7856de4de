import { msg, type Translate } from '../base/l10n.ts';

/** The initial text of a new cluster file. */
export function clusterTemplate(translate: Translate): string {
  const say = (text: ReturnType<typeof msg>): string => `# ${translate(text)}`;
  // The first line becomes the title of the tab.
  return `cluster: lab
${say(msg('Describe your nodes here, then save the file under a name that ends in .cluster.yaml.'))}
openstack:
  release: epoxy
ssh:
  user: root
  identity: ~/.ssh/id_ed25519
nodes:
  controller1: { address: 192.168.113.171, roles: [controller] }
  compute1: { address: 192.168.113.172, roles: [compute] }
repositories:
  rdo: enabled
  epel: disabled
system:
  locale: en_US.UTF-8
  hosts-file: managed
${say(msg('The order of the steps. Nothing runs until you start a run.'))}
steps:
  - hosts-file
  - repositories
  - upgrade
  - openstack-client
  - openstack-selinux
  - locale
`;
}
