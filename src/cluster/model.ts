import type { Span } from '../base/problem.ts';
import type { limitItems } from '../data/kernel.ts';
import type { OsId } from '../data/operating-systems.ts';

/** A decoded cluster file: ranges expanded, ssh defaults merged into the nodes; immutable. */
export interface Cluster {
  readonly name: string;
  readonly openstack: OpenStack;
  readonly nodes: readonly ClusterNode[];
  readonly networks: Readonly<Record<string, Network>>;
  readonly repositories: Repositories;
  readonly system: SystemSettings;
  /** Absent where the file has no such key. */
  readonly kernel?: KernelSettings;
  /** The users that the file describes, by name. */
  readonly users: Readonly<Record<string, UserSettings>>;
  readonly sshd: Readonly<Record<string, string>>;
  readonly services: Services;
  /** Answers for Packstack's answer file, by their own names. */
  readonly packstack: Readonly<Record<string, string | SecretReference>>;
  /** Whether root of each node may log in to the others by key. */
  readonly betweenNodes: boolean;
  /** What is not of the file: the app finds it out before a run; absent until then. */
  readonly inputs?: Inputs;
  /** The order of work: the file's `steps`, or what follows from the settings where it has none. */
  readonly steps: readonly StepItem[];
}

/** Keys that were read for a run. */
export interface Inputs {
  /** Public keys, `type base64 comment`, by the identity as the file writes it. */
  readonly publicKeys: Readonly<Record<string, string>>;
  /** Why a key could not be made, by identity. */
  readonly keyErrors?: Readonly<Record<string, string>>;
  /** What the nodes said of their own keys, by name. */
  readonly nodeKeys: Readonly<Record<string, NodeKeys>>;
}

export interface NodeKeys {
  /** The public key of the node's root. */
  readonly user: string;
  /** The node's host keys, each `type base64`. */
  readonly hosts: readonly string[];
}

export interface OpenStack {
  /** A code name of the release table (`stein`), whatever the file wrote. */
  readonly release?: string;
  readonly installer: 'manual' | 'packstack';
  readonly components: readonly string[];
}

/** How to reach a node: the node's own keys over the cluster's `ssh`. */
export interface SshSettings {
  /** Where to connect; the node's address unless `host` is set. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Private key file, `~` not yet expanded. */
  readonly identity?: string;
  /** A Host of the user's ssh config, or `user@host:port`. */
  readonly jump?: string;
  readonly become: 'none' | 'sudo';
  /** What the file says nothing about, so that the user's ssh config decides before these defaults. */
  readonly open?: readonly ('port' | 'user')[];
}

export interface ClusterNode {
  readonly name: string;
  readonly address: string;
  readonly roles: readonly string[];
  readonly ssh: SshSettings;
  /** The node's key in the file (for a range, the range). */
  readonly span: Span;
}

export interface Network {
  readonly cidr?: string;
  readonly interface?: string;
}

export interface Repositories {
  readonly rdo: 'enabled' | 'disabled';
  readonly epel: 'enabled' | 'disabled';
  /** `auto`, `never`, or a base URL. */
  readonly archive: string;
  readonly extra: readonly ExtraRepository[];
}

export interface ExtraRepository {
  readonly id: string;
  readonly name?: string;
  readonly baseurl?: string;
  readonly mirrorlist?: string;
  readonly metalink?: string;
  readonly gpgkey?: string;
  readonly gpgcheck?: boolean;
  readonly priority?: number;
}

export interface SystemSettings {
  /** What the file says that the nodes run; the probe of a node tells what it really runs. */
  readonly os?: OsId;
  readonly locale?: string;
  readonly timezone?: string;
  readonly selinux?: 'enforcing' | 'permissive' | 'disabled';
  readonly firewalld?: 'enabled' | 'disabled';
  readonly 'network-manager'?: 'enabled' | 'disabled';
  readonly 'hosts-file'?: 'managed' | 'unmanaged';
  /** Whether a run may reboot a node when an upgrade asks for it; never unless it says so. */
  readonly reboot?: 'never' | 'when-needed';
}

export interface KernelSettings {
  /** Parameters by their names. */
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly modules?: readonly string[];
  readonly limits?: readonly LoginLimit[];
}

export interface UserSettings {
  readonly groups?: readonly string[];
  /** Public keys, or the names of their files on this side. */
  readonly keys?: readonly string[];
  readonly sudo?: 'nopasswd' | 'password' | 'none';
  readonly shell?: string;
  readonly password?: SecretReference;
}

/** A line of limits.conf(5). */
export interface LoginLimit {
  readonly domain: string;
  /** Both where it does not say. */
  readonly type?: 'soft' | 'hard' | 'both';
  readonly item: (typeof limitItems)[number];
  readonly value: string;
}

/** A named secret; its value is never in the file. */
export interface SecretReference {
  readonly secret: string;
}

export interface Services {
  readonly mariadb?: {
    readonly on: string;
    readonly 'bind-address'?: string;
    readonly 'max-connections'?: number;
    readonly collation?: string;
  };
  readonly chrony?: { readonly on: string; readonly servers: readonly string[]; readonly allow?: string };
  readonly rabbitmq?: {
    readonly on: string;
    readonly user: string;
    readonly password?: SecretReference;
    readonly cookie?: SecretReference;
  };
  readonly memcached?: { readonly on: string };
  readonly etcd?: { readonly on: string };
}

/** One item of the order of work. */
export interface StepItem {
  /** The step's id: of the catalogue, or the name of an own step. */
  readonly id: string;
  /** The names of the nodes that it runs on, in the file's order. */
  readonly nodes: readonly string[];
  /** Set on a step of the catalogue that this version has no script for. */
  readonly isUnavailable?: true;
  /** A custom step: its commands. */
  readonly custom?: CustomStep;
  /** Where the file names it; absent for a step that follows from the settings. */
  readonly span?: Span;
}

export interface CustomStep {
  readonly check?: string;
  readonly run: string;
}
