import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { DemoScenario } from '../protocol/demo.ts';

/** The names of the demo's nodes. */
export const nodeNames = ['openstack1', 'openstack2', 'openstack3', 'openstack4'] as const;
export type NodeName = (typeof nodeNames)[number];

/** The node of each scenario. */
export type Placement = ReadonlyMap<DemoScenario, NodeName>;

function place(scenario: DemoScenario, all: ReadonlySet<DemoScenario>): NodeName {
  // A changed key or a closed port hides every other scenario on its node, so these two get separate nodes.
  const crowded = all.has('node-down') && all.has('host-key-changed');
  switch (scenario) {
    case 'node-down':
      return 'openstack4';
    case 'host-key-changed':
      return crowded ? 'openstack1' : 'openstack4';
    case 'link-drop':
      return crowded ? 'openstack2' : 'openstack1';
    case 'yum-lock':
    case 'failing-package':
      return 'openstack2';
    case 'dead-mirrors':
      return 'openstack3';
    default:
      return assertNever(scenario);
  }
}

/** Assigns scenarios to nodes so that all are visible in any combination. */
export function placeScenarios(scenarios: readonly DemoScenario[]): Placement {
  const all = new Set(scenarios);
  return new Map([...all].map((scenario) => [scenario, place(scenario, all)]));
}

/** The scenarios of a node. */
export function scenariosOf(placement: Placement, node: NodeName): ReadonlySet<DemoScenario> {
  return new Set([...placement].filter(([, on]) => on === node).map(([scenario]) => scenario));
}

function noteOf(scenario: DemoScenario, node: string): Message {
  switch (scenario) {
    case 'node-down':
      return msg('{0} is down: its port refuses the connection.', node);
    case 'host-key-changed':
      return msg('The host key of {0} has changed.', node);
    case 'link-drop':
      return msg(
        'The connection to {0} drops once during the upgrade. The upgrade continues on the node.',
        node,
      );
    case 'yum-lock':
      return msg('Another program holds the lock of yum or dnf on {0} for a few seconds.', node);
    case 'failing-package':
      return msg('The package openstack-selinux cannot be installed on {0}.', node);
    case 'dead-mirrors':
      return msg('The mirrors of {0} are gone: no repository responds.', node);
    default:
      return assertNever(scenario);
  }
}

/** A description of the simulated nodes and their scenarios. */
export function notesOf(placement: Placement): readonly Message[] {
  const simulated = msg(
    'The four nodes of this cluster are simulated on this computer. No real node is changed, and no script is really run.',
  );
  return [simulated, ...[...placement].map(([scenario, node]) => noteOf(scenario, node))];
}
