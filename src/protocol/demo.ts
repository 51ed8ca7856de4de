import type { Message, Translate } from '../base/l10n.ts';

/** Failure scenarios of the demo cluster, each on one node. */
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
  /** Folder for the cluster file, the key and known_hosts; created if missing, files have mode 0600. */
  readonly folder: string;
  readonly pace: 'slow' | 'realistic' | 'fast';
  /** `el7` simulates CentOS 7 with Stein and yum 3, `el9` CentOS Stream 9 with Epoxy and dnf 4. */
  readonly system: 'el7' | 'el9';
  readonly scenarios: readonly DemoScenario[];
  /** For the comments in the cluster file; English by default. */
  readonly translate?: Translate;
}

/** Four running simulated nodes: real SSH servers on loopback. */
export interface DemoCluster {
  readonly clusterFile: string;
  /** Path of a known_hosts file with the nodes' keys. */
  readonly knownHosts: string;
  /** A description of the simulated nodes and their scenarios. */
  readonly notes: readonly Message[];
  stop(): Promise<void>;
}

/** The exports of `dist/demo.js`; it is loaded on first use: the extension imports only this type. */
export interface DemoModule {
  startDemo(options: DemoOptions): Promise<DemoCluster>;
}
