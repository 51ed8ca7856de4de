import { randomInt, randomUUID } from 'node:crypto';
import type { DemoOptions, DemoScenario } from '../protocol/demo.ts';

/** What a simulated node is and has; lives as long as the demo. */
export interface NodeState {
  readonly name: string;
  readonly system: DemoOptions['system'];
  readonly bootId: string;
  /** How much longer its work takes than on the quickest node: no two machines keep step. */
  readonly slowness: number;
  readonly scenarios: ReadonlySet<DemoScenario>;
  /** Names of the packages that were installed since the demo began. */
  readonly packages: Set<string>;
  /** Ids of enabled repositories that a step may turn on or off. */
  readonly repositories: Set<string>;
  /** Units that start at boot and run; what is not named does neither. */
  readonly services: Set<string>;
  /** Files that exist, by path, with the check that they fulfil; the empty one for a file as the system came. */
  readonly files: Map<string, string>;
  /** Own steps that have run, by id, with the check that they fulfil. */
  readonly customSteps: Map<string, string>;
  /** Steps that Stackprep has brought about here. */
  readonly records: Set<string>;
  /** Names of the packages that an upgrade has brought up to date. */
  readonly current: Set<string>;
  /** The scenario of the held lock has not happened yet. */
  lockWillHold: boolean;
  /** The scenario of the link drop has not happened yet. */
  linkWillDrop: boolean;
  nextPid: number;
}

const filesOfSystem = ['/etc/hosts', '/etc/locale.conf', '/etc/environment'];

/** A node as it comes out of the installer, with EPEL on, as many tutorials leave it. */
export function freshNode(
  name: string,
  system: DemoOptions['system'],
  scenarios: ReadonlySet<DemoScenario>,
): NodeState {
  return {
    name,
    system,
    bootId: randomUUID(),
    slowness: 1 + randomInt(0, 25) / 100,
    scenarios,
    packages: new Set(),
    repositories: new Set(['epel']),
    services: new Set(['chronyd', 'firewalld', 'NetworkManager', 'sshd']),
    files: new Map(filesOfSystem.map((path) => [path, ''])),
    customSteps: new Map(),
    records: new Set(),
    current: new Set(),
    lockWillHold: scenarios.has('yum-lock'),
    linkWillDrop: scenarios.has('link-drop'),
    nextPid: randomInt(2_000, 9_000),
  };
}
