/** A major version of Enterprise Linux that RDO built for. */
export type El = 7 | 8 | 9 | 10;

/** What a node says of itself in its probe. */
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
  /** The package manager that answers there. */
  readonly manager: 'dnf' | 'yum' | 'none';
  readonly user: string;
  readonly bootId: string;
  /** Absent where the node could not list them. */
  readonly interfaces?: readonly NodeInterface[];
  /** Bytes; absent where the node could not tell. */
  readonly memory?: number;
}

/** A network interface of a node. */
export interface NodeInterface {
  readonly name: string;
  /** IPv4 and IPv6, without prefix lengths. */
  readonly addresses: readonly string[];
}
