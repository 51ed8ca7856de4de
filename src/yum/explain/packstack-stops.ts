import { msg } from '../../base/l10n.ts';
import { type KnownFailure, set, step } from './known-failure.ts';

const editor = msg('Correct the answer file. The editor and `stackprep validate` mark the answer.');

/** What Packstack itself refuses or finds missing before Puppet runs; the messages are those of its source (PS 26.0.0). */
export const packstackStops: readonly KnownFailure[] = [
  {
    id: 'packstack-host-format',
    source: 'PS prescript_000.py',
    area: 'system',
    level: 'error',
    pattern: /Inconsistent host format\. Please use either IPv4/,
    diagnose: () => ({
      cause: msg(
        'Some hosts of the answer file are addresses and some are names, which Packstack does not accept.',
      ),
      advice: editor,
    }),
  },
  {
    id: 'packstack-families',
    source: 'PS prescript_000.py',
    area: 'system',
    level: 'error',
    pattern: /IPv6 together with IPv4 installation is not supported/,
    diagnose: () => ({
      cause: msg('Some hosts of the answer file have IPv4 addresses and some IPv6 addresses.'),
      advice: editor,
    }),
  },
  {
    id: 'packstack-volume-size',
    source: 'PS cinder_250.py',
    area: 'disk',
    level: 'error',
    pattern: /Invalid Cinder volumes VG size/,
    diagnose: () => ({
      cause: msg('CONFIG_CINDER_VOLUMES_SIZE is not a number of gibibytes such as 20G.'),
      advice: editor,
    }),
  },
  {
    id: 'packstack-volume-group',
    source: 'PS cinder_250.py',
    area: 'disk',
    level: 'error',
    pattern: /The cinder server should contain a volume group/,
    diagnose: () => ({
      cause: msg('CONFIG_CINDER_VOLUMES_CREATE is n, but the storage host has no volume group of that name.'),
      advice: msg(
        'Create the volume group on the storage host (vgcreate cinder-volumes DEVICE), or set CONFIG_CINDER_VOLUMES_CREATE to y for one in a file.',
      ),
    }),
  },
  {
    id: 'packstack-volume-group-made',
    source: 'PS cinder_250.py; RDO workarounds of Juno',
    area: 'disk',
    level: 'error',
    pattern: /Cinder's volume group '([^']+)' could not be created/,
    diagnose: (name = '') => ({
      cause: msg('Packstack could not make the volume group {0} in a file of the storage host.', name),
      advice: msg(
        'Check the free space of /var/lib/cinder and losetup -a there, or make the volume group by hand and set CONFIG_CINDER_VOLUMES_CREATE to n.',
      ),
    }),
  },
  {
    id: 'packstack-bridge',
    source: 'PS modules/common.py, neutron_350.py',
    area: 'system',
    level: 'error',
    pattern: /Couldn't find element (\S+) in /,
    diagnose: (bridge = '') => ({
      cause: msg(
        '{0} is in …_BRIDGES_COMPUTE, but it has no pair in …_BRIDGE_IFACES or …_BRIDGE_MAPPINGS.',
        bridge,
      ),
      advice: editor,
    }),
  },
  {
    id: 'packstack-needs',
    source: 'PS glance_200.py, neutron_350.py',
    area: 'system',
    level: 'error',
    pattern: /(Glance|Neutron) is required to install Nova properly/,
    diagnose: (name = '') => ({
      cause: msg('The answer file installs Nova without {0}, which Nova requires.', name),
      advice: msg('Set CONFIG_{0}_INSTALL to y in the answer file.', name.toUpperCase()),
    }),
  },
  {
    id: 'packstack-clusters',
    source: 'PS nova_300.py',
    area: 'system',
    level: 'error',
    pattern: /Please specify at least one VMware vCenter cluster|Number of vmware clusters/,
    diagnose: () => ({
      cause: msg(
        'CONFIG_VCENTER_CLUSTER_NAMES names no cluster, or neither one nor as many as there are compute hosts.',
      ),
      advice: editor,
    }),
  },
  {
    id: 'packstack-unknown-host',
    source: 'PS utils/network.py',
    area: 'system',
    level: 'error',
    pattern: /^(?:ERROR : )?(?:Failed handling answer file: )?Unknown hostname (\S+?)\.?$/,
    diagnose: (host = '') => ({
      cause: msg('The controller cannot resolve the name {0} of the answer file.', host),
      advice: msg(
        'Add the name to /etc/hosts on all nodes (step `hosts-file`), or use addresses in the answer file.',
      ),
      remedies: [step('hosts-file')],
    }),
  },
  {
    id: 'packstack-tunnel-interface',
    source: 'PS neutron_350.py',
    area: 'system',
    level: 'error',
    pattern: /Couldn't detect ipaddress of interface (\S+) on node ([\w.:-]+)/,
    diagnose: (device = '', host = '') => ({
      cause: msg(
        'The interface {0} for the tunnels does not exist or has no IPv4 address on {1}.',
        device,
        host,
      ),
      advice: msg('Correct …_TUNNEL_IF in the answer file, or give the interface an address.'),
    }),
  },
  {
    id: 'packstack-cloud-sig',
    source: 'PS prescript_000.py',
    area: 'repository',
    level: 'error',
    pattern: /Failed to set CentOS Cloud SIG repo on host (\S+?):/,
    diagnose: (host = '') => ({
      cause: msg('Packstack could not set up the repository of the CentOS Cloud SIG on {0}.', host),
      advice: msg(
        'Run step `repositories` on that node: it also finds releases that have moved to the archive. Then run Packstack again.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'packstack-certificate',
    source: 'PS dashboard_500.py, nova_300.py',
    area: 'system',
    level: 'error',
    pattern: /^(?:ERROR : )?The file (\S+) doesn't exist$/,
    diagnose: (path = '') => ({
      cause: msg('The certificate or key {0} of the answer file does not exist on the controller.', path),
      advice: msg('Copy it there, or leave the answer empty so that Packstack makes a certificate.'),
    }),
  },
  {
    id: 'packstack-denied',
    source: 'OpenSSH ssh; PS utils/shell.py',
    area: 'system',
    level: 'error',
    pattern: /\b(root@[\w.:-]+): Permission denied \((?:publickey|password|gssapi|keyboard)/,
    diagnose: (login = '') => ({
      cause: msg('{0} refuses the login of Packstack.', login),
      advice: msg(
        'Allow root to log in with a key on all nodes: PermitRootLogin prohibit-password, and the key of the controller (step `ssh-keys`).',
      ),
      remedies: [step('ssh-keys'), set('sshd.PermitRootLogin', 'prohibit-password')],
    }),
  },
  {
    id: 'packstack-no-route',
    source: 'OpenSSH ssh; PS utils/shell.py',
    area: 'system',
    level: 'error',
    pattern:
      /ssh: connect to host (\S+) port 22: (No route to host|Connection refused|Connection timed out|Network is unreachable)/,
    diagnose: (host = '', reason = '') => ({
      cause: msg('The controller cannot reach {0} over SSH: {1}.', host, reason),
      advice: msg('Check the address in the answer file, the network, the firewall, and sshd of that host.'),
    }),
  },
  {
    id: 'packstack-copy',
    source: 'PS core/drones.py',
    area: 'system',
    level: 'error',
    pattern: /Failed to copy resources to node (\S+?)\.(?:\s|$)/,
    because: ['system', 'disk'],
    diagnose: (host = '') => ({
      cause: msg('Packstack could not copy its files to {0}.', host),
      advice: msg('Check the free space of /var/tmp and the login of root there.'),
    }),
  },
  {
    id: 'packstack-pools',
    source: 'PS provision_700.py',
    area: 'system',
    level: 'error',
    pattern:
      /Key CONFIG_PROVISION_DEMO_ALLOCATION_POOLS is not a list|^ERROR : Expecting value: line \d+ column /,
    diagnose: () => ({
      cause: msg('CONFIG_PROVISION_DEMO_ALLOCATION_POOLS is not a JSON list.'),
      advice: editor,
    }),
  },
  {
    id: 'packstack-no-file',
    source: 'PS output_messages.py, ERR_NO_ANSWER_FILE',
    area: 'system',
    level: 'error',
    pattern: /Error: Could not find file (\S+)/,
    diagnose: (path = '') => ({
      cause: msg('The answer file {0} does not exist.', path),
      advice: msg('Check the path. It is read on the host that Packstack runs on.'),
    }),
  },
  {
    id: 'packstack-reboot',
    source: 'PS puppet_950.py, prescript_000.py',
    area: 'system',
    level: 'warning',
    pattern:
      /installed on host (\S+) requires reboot|Because of the kernel update the host (\S+) requires reboot/,
    diagnose: (first, second) => ({
      cause: msg('{0} has a new kernel that runs only after a reboot.', first ?? second ?? ''),
      advice: msg('Reboot the host when the installation has ended.'),
    }),
  },
];
