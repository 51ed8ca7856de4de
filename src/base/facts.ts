/** A major version of Enterprise Linux for which RDO has builds. */
export type El = 7 | 8 | 9 | 10;

/** The facts that a node reports when it is probed. */
export interface NodeFacts {
  readonly hostname: string;
  /** `ID` of os-release: `centos`, `rhel`, `rocky`, … */
  readonly osId: string;
  /** `VERSION_ID` of os-release. */
  readonly osVersion: string;
  /** `PRETTY_NAME` of os-release. */
  readonly osName: string;
  /** Generation of Enterprise Linux; absent on any other system. */
  readonly el?: El;
  readonly arch: string;
  readonly kernel: string;
  /** The package manager that is installed. */
  readonly manager: 'dnf' | 'yum' | 'none';
  readonly user: string;
  readonly bootId: string;
  /** Absent if the node could not list them. */
  readonly interfaces?: readonly NodeInterface[];
  /** Bytes; absent if the node could not report it. */
  readonly memory?: number;
}

/** A network interface of a node. */
export interface NodeInterface {
  readonly name: string;
  /** IPv4 and IPv6, without prefix lengths. */
  readonly addresses: readonly string[];
}
