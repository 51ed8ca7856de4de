import { msg } from '../base/l10n.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { lines, sh } from '../shell/command.ts';
import type { DefinedScript, StepDefinition } from './definition.ts';
import { installNetworkService, networkFunctions, networkServiceKnown, networkState } from './network.ts';

/** NetworkManager goes only after the network service has been shown to keep every interface that carries the link. */
function disabledScript(node: ClusterNode): DefinedScript {
  const functions = networkFunctions(node);
  return {
    check: sh`${functions}
${networkServiceKnown}
sp_missing=0
sp_need_unit network enabled || sp_missing=1
sp_need_unit NetworkManager disabled || sp_missing=1
if [ $sp_missing = 1 ]; then sp_need_keeper || return 2; fi
return $sp_missing`,
    apply: sh`${functions}
${networkState}
sp_keep_anew network-manager
sp_keep_net network-manager
sp_keep_unit network-manager NetworkManager network
${installNetworkService}
systemctl enable network
sp_was=$(sp_unit_state network)
systemctl stop NetworkManager
if [ "\${sp_was#* }" = active ]; then
  # The lease went with NetworkManager; a fixed address did not.
  for sp_device in $(sp_carriers); do
    if [ "$(sp_ifcfg "$(sp_ifcfg_file "$sp_device")" BOOTPROTO)" = dhcp ]; then ifup "$sp_device"; fi
  done
else
  systemctl start network || printf '%s\\n' "the network service says that it failed; see systemctl status network"
fi
if ! sp_link_lives; then
  systemctl start NetworkManager
  printf '%s\\n' "the node lost its address, so NetworkManager was started again"
  return 1
fi
systemctl disable NetworkManager`,
    // The network service is not stopped here: it would take the interfaces down with it.
    rollback: sh`${networkState}
sp_try systemctl enable NetworkManager
sp_try systemctl start NetworkManager
case $(cat "$sp_kept/last/network-manager/units/network") in disabled*) sp_try systemctl disable network;; esac
sp_put_back_net network-manager
sp_tried`,
    revert: sh`systemctl enable NetworkManager
systemctl start NetworkManager
case $(cat "$sp_kept/first/network-manager/units/network") in disabled*) systemctl disable network;; esac`,
    intent: {
      packages: [{ 7: 'initscripts', 8: 'network-scripts' }],
      services: { network: 'enabled', NetworkManager: 'disabled' },
    },
  };
}

const enabledScript: DefinedScript = {
  check: sh`sp_need_package NetworkManager || return 1
sp_need_unit NetworkManager`,
  apply: sh`${networkState}
sp_keep_anew network-manager
sp_keep_net network-manager
sp_keep_unit network-manager NetworkManager
sp_installed NetworkManager || sp_yum -y install NetworkManager
systemctl enable NetworkManager
systemctl start NetworkManager`,
  rollback: sh`${networkState}
sp_try sp_put_back_units last network-manager
if systemctl -q is-active network; then sp_try systemctl restart network; fi
sp_put_back_net network-manager
sp_tried`,
  revert: sh`sp_put_back_units first network-manager`,
  intent: {
    packages: [{ 7: 'NetworkManager', 8: 'NetworkManager', 9: 'NetworkManager' }],
    services: { NetworkManager: 'enabled' },
  },
};

export const networkManager: StepDefinition = {
  id: 'network-manager',
  title: msg('NetworkManager'),
  what: msg(
    'Disabled: the network service takes over every interface that carries the node’s address, then NetworkManager stops for good; EL9 has nothing that could take over, so there it is refused. Enabled: runs it, now and at every start.',
  ),
  why: msg(
    'Packstack warns where NetworkManager runs; stopping it with nothing to take over, over the very link that it carries, cuts the node off.',
  ),
  undo: msg(
    'Revert starts and enables NetworkManager again; the network service is left running, for its stop takes the interfaces down.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.system['network-manager'] !== undefined,
  script: ({ cluster, node }) =>
    cluster.system['network-manager'] === 'disabled' ? disabledScript(node) : enabledScript,
};

export const networkService: StepDefinition = {
  id: 'network-service',
  title: msg('Network service (initscripts)'),
  what: msg(
    'Enables and starts the network service that reads ifcfg files: part of EL7, the package network-scripts on EL8, none on EL9, where it is refused.',
  ),
  why: msg(
    'Older guides and puppet modules describe interfaces by ifcfg files, which only this service reads.',
  ),
  undo: msg(
    'Revert disables it at the next start if it was not enabled before; it is not stopped, for that takes the interfaces down.',
  ),
  drifts: true,
  impliedBy: () => false,
  script: ({ node }) => {
    const functions = networkFunctions(node);
    return {
      check: sh`${functions}
${networkServiceKnown}
if sp_need_unit network; then return 0; fi
sp_need_keeper || return 2
return 1`,
      apply: lines(
        functions,
        networkState,
        sh`sp_keep_anew network-service
sp_keep_net network-service
sp_keep_unit network-service network
${installNetworkService}
systemctl enable network
systemctl start network
sp_link_lives`,
      ),
      rollback: sh`${networkState}
case $(cat "$sp_kept/last/network-service/units/network") in disabled*) sp_try systemctl disable network;; esac
if systemctl -q is-active NetworkManager; then sp_try systemctl restart NetworkManager; fi
sp_put_back_net network-service
sp_tried`,
      revert: sh`case $(cat "$sp_kept/first/network-service/units/network") in disabled*) systemctl disable network;; esac`,
      intent: {
        packages: [{ 7: 'initscripts', 8: 'network-scripts' }],
        services: { network: 'enabled' },
      },
    };
  },
};
