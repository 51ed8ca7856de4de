import { msg } from '../base/l10n.ts';
import type { RuleText } from './rule.ts';

/** Problems that only the facts of nodes reveal; they are advice about the file and never stop a run. */
export const liveTexts: readonly RuleText[] = [
  {
    code: 'live-interface-missing',
    severity: 'warning',
    about: msg('The node has no interface of this name, so the network cannot be set up on it.'),
  },
  {
    code: 'live-address-missing',
    severity: 'warning',
    about: msg(
      'The address is in the management network, but no interface of the node has it, so services cannot listen on it.',
    ),
  },
  {
    code: 'live-address-on-other-interface',
    severity: 'warning',
    about: msg('The node has its management address on a different interface than the file specifies.'),
  },
  {
    code: 'live-os-differs',
    severity: 'warning',
    about: msg(
      'The node runs a different system than the file specifies, so the checks against the file do not apply.',
    ),
  },
  {
    code: 'live-os-unsupported',
    severity: 'warning',
    about: msg('RDO has no packages for the system of the node.'),
    sources: ['RI'],
  },
  {
    code: 'live-release-not-for-os',
    severity: 'warning',
    about: msg('RDO has no packages of the release for the system of the node.'),
    sources: ['RI', 'CRO', 'RR', 'ALMA', 'ROCKY'],
  },
  {
    code: 'live-memory-low',
    severity: 'information',
    about: msg(
      'The guide requires 4 GB on the controller and 2 GB on a compute node; RDO requires 16 GB for all-in-one with Packstack.',
    ),
    sources: ['IG', 'RW'],
  },
];
