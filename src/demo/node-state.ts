import { randomInt, randomUUID } from 'node:crypto';
import type { DemoOptions, DemoScenario } from '../protocol/demo.ts';

/** The state of a simulated node, kept as long as the demo runs. */
export interface NodeState {
  readonly name: string;
  readonly system: DemoOptions['system'];
  readonly bootId: string;
  /** Factor for the duration of its work relative to the fastest node, so that the nodes do not run in lockstep. */
  readonly slowness: number;
  readonly scenarios: ReadonlySet<DemoScenario>;
  /** Names of the packages installed since the demo started. */
  readonly packages: Set<string>;
  /** Ids of enabled repositories that a step may enable or disable. */
  readonly repositories: Set<string>;
  /** Units that are enabled and running; all others are neither. */
  readonly services: Set<string>;
  /** Whether each interface is up at boot with the node's address, up without one, or not configured. */
  readonly interfaces: Map<string, 'address' | 'up' | 'down'>;
  /** Public keys of the node, as ssh-keygen writes them; root has none until one is made. */
  readonly keys: { root?: string; host?: string };
  /** Existing files by path, with the check that they satisfy; empty for a file of the original system. */
  readonly files: Map<string, string>;
  /** Custom steps that have run, by id, with the check that they satisfy. */
  readonly customSteps: Map<string, string>;
  /** Steps that Stackprep has applied. */
  readonly records: Set<string>;
  /** Names of the packages that have been upgraded. */
  readonly current: Set<string>;
  /** Whether the scenario of the held lock is still to come. */
  lockWillHold: boolean;
  /** Whether the scenario of the lost connection is still to come. */
  linkWillDrop: boolean;
  nextPid: number;
}

const filesOfSystem = [
  ...['/etc/hosts', '/etc/locale.conf', '/etc/environment', '/etc/hostname', '/etc/localtime'],
  ...['/etc/ssh/sshd_config', '/etc/selinux/config', '~/.ssh/authorized_keys'],
];
/** Packages of a minimal installation that steps ask for. */
const packagesOfSystem = ['initscripts', 'NetworkManager', 'firewalld'];

/** A freshly installed node with EPEL enabled, as in many tutorials. */
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
    packages: new Set(packagesOfSystem),
    repositories: new Set(['epel']),
    services: new Set(['chronyd', 'firewalld', 'NetworkManager', 'sshd']),
    interfaces: new Map([
      ['eth0', 'address'],
      ['eth1', 'down'],
    ]),
    keys: {},
    files: new Map(filesOfSystem.map((path) => [path, ''])),
    customSteps: new Map(),
    records: new Set(),
    current: new Set(),
    lockWillHold: scenarios.has('yum-lock'),
    linkWillDrop: scenarios.has('link-drop'),
    nextPid: randomInt(2_000, 9_000),
  };
}
