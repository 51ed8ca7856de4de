import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { freezeGroups, killGroups } from './cgroup.ts';
import { insideDisruptions } from './inside-disruptions.ts';
import { hostInterfaces } from './network.ts';
import { diskSize, inside, type LabNode, leaderOf, makeHostKeys, startNode, waitForSsh } from './node.ts';
import { LabError, must, mustSync, runSync, until } from './run.ts';
import { readState } from './state.ts';

/** What can be done to a node. `value` is the optional last argument of the command line. */
export interface Disruption {
  readonly description: string;
  /** Starts or ends the disruption; returns a detail, if there is one. */
  readonly apply: (node: LabNode, value: string | undefined) => Promise<string | undefined>;
}

const outside = {
  'power-cut': {
    description: 'stops everything on the node at once; the disk remains',
    apply: async (node) => {
      const left = killGroups(node.name);
      if (left.length > 0) throw new LabError(`still running after the power cut: ${left.join(' ')}`);
      await until(
        5000,
        () => !hostInterfaces(node.number).some((name) => existsSync(`/sys/class/net/${name}`)),
      );
      return undefined;
    },
  },
  boot: {
    description: 'boots a node and waits for its SSH server',
    apply: async (node) => {
      if (leaderOf(node) !== undefined) throw new LabError(`${node.name} is on already`);
      startNode(node, readState()?.bound?.[node.name]);
      await waitForSsh(node);
      return undefined;
    },
  },
  reboot: {
    description: 'reboots the node cleanly and waits until it is up',
    apply: async (node) => {
      const before = bootOf(node);
      await inside(node, ['systemctl', 'reboot']);
      const again = await until(90_000, () => ![undefined, before].includes(bootOf(node)));
      if (!again) throw new LabError(`${node.name} did not reboot within 90 s`);
      await waitForSsh(node);
      return undefined;
    },
  },
  freeze: {
    description: 'hangs the node: nothing on it runs, its connections remain open (until thaw)',
    apply: async (node) => {
      freezeGroups(node.name, true);
      return undefined;
    },
  },
  thaw: {
    description: 'ends freeze',
    apply: async (node) => {
      freezeGroups(node.name, false);
      return undefined;
    },
  },
  'link-cut': {
    description: 'disconnects eth0 silently, without a reset (until link-restore)',
    apply: async (node) => setLink(node, 'down'),
  },
  'link-restore': { description: 'ends link-cut', apply: async (node) => setLink(node, 'up') },
  'packet-loss': {
    description:
      'drops VALUE percent (30) of the packets in both directions, or none with 0; with 100 the link still seems up',
    apply: async (node, value = '30') => {
      const percent = Number(value);
      if (!(percent >= 0 && percent <= 100)) throw new LabError('packet-loss takes a number from 0 to 100');
      endPacketLoss(node);
      if (percent > 0) await must(['nft', '-f', '-'], { input: lossRules(node, percent) });
      return undefined;
    },
  },
  'disk-full': {
    description: 'leaves VALUE kilobytes (64) of the disk free (until disk-free)',
    apply: async (node, value = '64') => {
      const disk = join(node.folder, 'disk');
      const { blocks, bfree, bsize } = statfsSync(disk);
      const size = (blocks - bfree) * bsize + Number(value) * 1024;
      await must(['mount', '-o', `remount,size=${size}`, disk]);
      return undefined;
    },
  },
  'disk-free': {
    description: 'ends disk-full',
    apply: async (node) => {
      await must(['mount', '-o', `remount,size=${diskSize}`, join(node.folder, 'disk')]);
      return undefined;
    },
  },
  'new-host-key': {
    description: 'gives the SSH server new host keys; known_hosts keeps the old ones',
    apply: async (node) => {
      await makeHostKeys(node);
      await inside(node, ['systemctl', 'restart', 'sshd']);
      return undefined;
    },
  },
} as const satisfies Readonly<Record<string, Disruption>>;

export type DisruptionKind = keyof typeof outside | keyof typeof insideDisruptions;

/** Every disruption by its name. */
export const disruptions: Readonly<Record<DisruptionKind, Disruption>> = { ...outside, ...insideDisruptions };

export function isDisruption(kind: string): kind is DisruptionKind {
  return Object.hasOwn(disruptions, kind);
}

/** The id of the current boot of a node. */
function bootOf(node: LabNode): string | undefined {
  const leader = leaderOf(node);
  if (leader === undefined) return undefined;
  const file = `/proc/${leader}/root/proc/sys/kernel/random/boot_id`;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    // It ended between the two calls, or has not mounted its /proc yet.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw cause;
  }
}

function setLink(node: LabNode, state: 'up' | 'down'): undefined {
  mustSync(['ip', 'link', 'set', hostInterfaces(node.number)[0], state]);
}

/** The nftables table of a node, removed with the lab. */
function lossTable(node: LabNode): string {
  return `stackprep_lab_${node.number}`;
}

function lossRules(node: LabNode, percent: number): string {
  const device = hostInterfaces(node.number)[0];
  const drop = percent === 100 ? 'drop' : `numgen random mod 1000 < ${Math.round(percent * 10)} drop`;
  const chain = (hook: string) =>
    `  chain ${hook} {\n    type filter hook ${hook} device "${device}" priority 0;\n    ${drop}\n  }\n`;
  return `table netdev ${lossTable(node)} {\n${chain('ingress')}${chain('egress')}}\n`;
}

/** Ends a node's packet loss, if there is any. */
export function endPacketLoss(node: LabNode): void {
  const table = ['table', 'netdev', lossTable(node)];
  if (runSync(['nft', 'list', ...table]).code === 0) mustSync(['nft', 'delete', ...table]);
}
