import type { Message } from '../base/l10n.ts';

/** What can go wrong in the demo cluster, for one node each. */
export type DemoScenario =
  | 'node-down'
  | 'yum-lock'
  | 'dead-mirrors'
  | 'host-key-changed'
  | 'failing-package'
  | 'link-drop';

/** The name of the cluster file in the demo's folder. */
export const demoFile = 'demo.cluster.yaml';

export interface DemoOptions {
  /** Folder for the cluster file, the key and the known hosts; made if missing, files in it are written 0600. */
  readonly folder: string;
  readonly pace: 'realistic' | 'fast';
  /** `el7` answers as CentOS 7 with Stein and yum 3, `el9` as CentOS Stream 9 with Epoxy and dnf 4. */
  readonly system: 'el7' | 'el9';
  readonly scenarios: readonly DemoScenario[];
}

/** Four simulated nodes that are up: real SSH servers on loopback. */
export interface DemoCluster {
  readonly clusterFile: string;
  /** A known_hosts file with the nodes' keys. */
  readonly knownHosts: string;
  /** Says that the nodes are simulated, and which scenario hits which node. */
  readonly notes: readonly Message[];
  stop(): Promise<void>;
}

/** What `dist/demo.js` exports; it is loaded on first use, so the command line and the extension know it by this type alone. */
export interface DemoModule {
  startDemo(options: DemoOptions): Promise<DemoCluster>;
}
