import type { Span } from '../base/problem.ts';
import type { limitItems } from '../data/kernel.ts';
import type { OsId } from '../data/operating-systems.ts';
import type { ExternalService } from './external.ts';
import type { On } from './on-words.ts';
import type { Rollout } from './rollout.ts';

/** A decoded cluster file with ranges expanded and ssh defaults merged into the nodes; immutable. */
export interface Cluster {
  readonly name: string;
  readonly openstack: OpenStack;
  readonly nodes: readonly ClusterNode[];
  readonly networks: Readonly<Record<string, Network>>;
  /** By the name of their interface. */
  readonly bonds: Readonly<Record<string, Bond>>;
  /** The virtual address of the controllers. */
  readonly vip?: VirtualAddress;
  readonly repositories: Repositories;
  /** The proxy of the nodes. */
  readonly proxy?: Proxy;
  readonly system: SystemSettings;
  /** Undefined if the file does not have the key. */
  readonly kernel?: KernelSettings;
  /** Users that the file describes, by name. */
  readonly users: Readonly<Record<string, UserSettings>>;
  readonly sshd: Readonly<Record<string, string>>;
  readonly services: Services;
  /** Answers for Packstack's answer file, by their key. */
  readonly packstack: Readonly<Record<string, string | SecretReference>>;
  /** Whether root of each node may log in to the other nodes with a key. */
  readonly betweenNodes: boolean;
  /** How a run goes through the nodes; undefined if the file does not say. */
  readonly rollout?: Rollout;
  /** Not from the file: collected by the app before a run, undefined until then. */
  readonly inputs?: Inputs;
  /** The order of work: the file's `steps`, or the steps derived from the settings. */
  readonly steps: readonly StepItem[];
}

/** Keys that were read for a run. */
export interface Inputs {
  /** Public keys, `type base64 comment`, by identity as written in the file. */
  readonly publicKeys: Readonly<Record<string, string>>;
  /** Why a key could not be created, by identity. */
  readonly keyErrors?: Readonly<Record<string, string>>;
  /** The keys that the nodes reported, by node name. */
  readonly nodeKeys: Readonly<Record<string, NodeKeys>>;
}

export interface NodeKeys {
  /** Public key of root on the node. */
  readonly user: string;
  /** Host keys of the node, each `type base64`. */
  readonly hosts: readonly string[];
}

export interface OpenStack {
  /** A code name of the release table (`stein`), regardless of the spelling in the file. */
  readonly release?: string;
  readonly installer: 'manual' | 'packstack';
  readonly components: readonly string[];
}

/** How to connect to a node: its own `ssh` keys override those of the cluster. */
export interface SshSettings {
  /** Where to connect; the node's address unless `host` is set. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Path of the private key, `~` not yet expanded. */
  readonly identity?: string;
  /** A Host of the user's ssh config, or `user@host:port`. */
  readonly jump?: string;
  readonly become: 'none' | 'sudo';
  /** Settings that the file leaves out: the user's ssh config takes precedence over these defaults. */
  readonly open?: readonly ('port' | 'user')[];
}

/** What the groups of a node and the node itself change for it. */
export interface OwnSettings {
  /** All networks and bonds as this node has them. */
  readonly networks?: Readonly<Record<string, Network>>;
  readonly bonds?: Readonly<Record<string, Bond>>;
  readonly system?: Omit<SystemSettings, 'hosts-file' | 'reboot'>;
  readonly disks?: Disks;
  /** These are as the whole node has them. */
  readonly kernel?: KernelSettings;
  readonly sshd?: Readonly<Record<string, string>>;
  readonly repositories?: Repositories;
}

/** What a disk is given to. */
export type DiskUse = 'cinder-volumes' | 'swift' | 'system';

/** Paths of disks of a node, by their use; all but those of the system are empty at first. */
export type Disks = Readonly<Partial<Record<DiskUse, readonly string[]>>>;

export interface ClusterNode {
  readonly name: string;
  /** Its address in the management network; undefined if only a name is known. */
  readonly address?: string;
  /** Its addresses by network, without prefixes; those in the management network besides `address`. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** A name in place of the address, if it is not the node's own. */
  readonly domainName?: string;
  readonly roles: readonly string[];
  readonly ssh: SshSettings;
  /** The node's key in the file (for a range, the range). */
  readonly span: Span;
  /** Undefined if nothing differs from the rest of the file; nodes with the same settings share one object. */
  readonly own?: OwnSettings;
}

/** A network as one node has it. */
export interface Network {
  /** All ranges: IPv4 and IPv6, or routed leaves. */
  readonly cidrs?: readonly string[];
  /** The interface with its address: the bridge, else the VLAN, else the interface itself. */
  readonly interface?: string;
  /** What is below its VLAN or bridge. */
  readonly lower?: Lower;
  readonly vlan?: number;
  readonly bridge?: string;
  readonly mtu?: number;
  readonly gateways?: readonly string[];
  readonly dns?: readonly string[];
  readonly routes?: readonly Route[];
  /** The table of its gateway and routes. */
  readonly table?: number;
  /** Its name in Neutron. */
  readonly physical?: string;
}

/** An interface by name, by MAC address, or the first one with a driver. */
export type Lower = { readonly name: string } | { readonly mac: string } | { readonly driver: string };

export interface Route {
  readonly to: string;
  readonly via: string;
  readonly metric?: number;
}

export interface Bond {
  readonly members: readonly string[];
  readonly mode?: string;
  readonly options?: Readonly<Record<string, string>>;
}

export interface Repositories {
  readonly rdo: 'enabled' | 'disabled';
  readonly epel: 'enabled' | 'disabled';
  /** `auto`, `never`, or a base URL. */
  readonly archive: string;
  /** Where all packages come from; repositories of other sources are disabled. */
  readonly source: 'system' | 'extra' | 'satellite';
  readonly extra: readonly ExtraRepository[];
}

export interface ExtraRepository {
  readonly id: string;
  readonly name?: string;
  readonly baseurl?: readonly string[];
  readonly enabled?: boolean;
  readonly sslverify?: boolean;
  readonly mirrorlist?: string;
  readonly metalink?: string;
  readonly gpgkey?: string;
  readonly gpgcheck?: boolean;
  readonly priority?: number;
}

export interface SystemSettings {
  /** The operating system according to the file; the probe of a node reports the actual one. */
  readonly os?: OsId;
  readonly locale?: string;
  readonly timezone?: string;
  readonly selinux?: 'enforcing' | 'permissive' | 'disabled';
  readonly firewalld?: 'enabled' | 'disabled';
  readonly 'network-manager'?: 'enabled' | 'disabled';
  readonly 'hosts-file'?: 'managed' | 'unmanaged';
  /** Whether a run may reboot a node when an upgrade requires it; false by default. */
  readonly reboot?: 'never' | 'when-needed';
}

export interface KernelSettings {
  /** Kernel parameters by name. */
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly modules?: readonly string[];
  readonly limits?: readonly LoginLimit[];
}

export interface UserSettings {
  readonly groups?: readonly string[];
  /** Public keys, or paths of their files on this computer. */
  readonly keys?: readonly string[];
  readonly sudo?: 'nopasswd' | 'password' | 'none';
  readonly shell?: string;
  readonly password?: SecretReference;
}

/** A line of limits.conf(5). */
export interface LoginLimit {
  readonly domain: string;
  /** `soft` and `hard` if absent. */
  readonly type?: 'soft' | 'hard' | 'both';
  readonly item: (typeof limitItems)[number];
  readonly value: string;
}

/** A named secret; the file never contains its value. */
export interface SecretReference {
  readonly secret: string;
}

export interface Services {
  readonly mariadb?: {
    readonly on: On;
    /** Where it runs outside of the cluster; then `on` selects no node. */
    readonly external?: ExternalService;
    readonly 'bind-address'?: string;
    readonly 'max-connections'?: number;
    readonly collation?: string;
  };
  readonly chrony?: { readonly on: On; readonly servers: readonly string[]; readonly allow?: string };
  readonly rabbitmq?: {
    readonly on: On;
    readonly external?: ExternalService;
    readonly user: string;
    readonly password?: SecretReference;
    readonly cookie?: SecretReference;
  };
  readonly memcached?: { readonly on: On; readonly external?: ExternalService };
  readonly etcd?: { readonly on: On };
}

export interface Proxy {
  readonly http: string;
  readonly https?: string;
  readonly noProxy: readonly string[];
}

export interface VirtualAddress {
  readonly address: string;
  /** The host name that the nodes resolve it by. */
  readonly name?: string;
}

/** An item of the order of work. */
export interface StepItem {
  /** The id of a catalogue step, or the name of a custom step. */
  readonly id: string;
  /** Names of the nodes that it runs on, in the file's order. */
  readonly nodes: readonly string[];
  /** Set for a catalogue step that has nothing to install for the cluster's release. */
  readonly isUnavailable?: true;
  /** The commands of a custom step. */
  readonly custom?: CustomStep;
  /** Where the file names it; undefined for a step derived from the settings. */
  readonly span?: Span;
}

export interface CustomStep {
  readonly check?: string;
  readonly run: string;
}
