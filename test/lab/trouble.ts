import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { freezeGroups, killGroups } from './cgroup.ts';
import { outerNames } from './network.ts';
import { diskSize, inside, type LabNode, leaderOf, makeHostKeys, startNode, waitForSsh } from './node.ts';
import { LabError, must, mustSync, runSync, until } from './run.ts';
import { readState } from './state.ts';
import { insideTroubles } from './trouble-inside.ts';

/** What can be done to a node. `value` is the optional last argument of the command line. */
export interface Trouble {
  readonly what: string;
  /** Starts or ends the disruption; returns a detail, if there is one. */
  readonly cause: (node: LabNode, value: string | undefined) => Promise<string | undefined>;
}

const outside = {
  'power-cut': {
    what: 'stops everything on the node at once; the disk remains',
    cause: async (node) => {
      const left = killGroups(node.name);
      if (left.length > 0) throw new LabError(`still running after the power cut: ${left.join(' ')}`);
      await until(5000, () => !outerNames(node.number).some((name) => existsSync(`/sys/class/net/${name}`)));
      return undefined;
    },
  },
  boot: {
    what: 'boots a node and waits for its SSH server',
    cause: async (node) => {
      if (leaderOf(node) !== undefined) throw new LabError(`${node.name} is on already`);
      startNode(node, readState()?.bound);
      await waitForSsh(node);
      return undefined;
    },
  },
  reboot: {
    what: 'reboots the node in order and waits until it is up',
    cause: async (node) => {
      const before = bootOf(node);
      await inside(node, ['systemctl', 'reboot']);
      const again = await until(90_000, () => ![undefined, before].includes(bootOf(node)));
      if (!again) throw new LabError(`${node.name} did not reboot within 90 s`);
      await waitForSsh(node);
      return undefined;
    },
  },
  freeze: {
    what: 'the node hangs: nothing on it runs, its connections remain open (until thaw)',
    cause: async (node) => {
      freezeGroups(node.name, true);
      return undefined;
    },
  },
  thaw: {
    what: 'ends freeze',
    cause: async (node) => {
      freezeGroups(node.name, false);
      return undefined;
    },
  },
  'link-cut': {
    what: 'pulls the cable of eth0: silence, no reset (until link-restore)',
    cause: async (node) => setLink(node, 'down'),
  },
  'link-restore': { what: 'ends link-cut', cause: async (node) => setLink(node, 'up') },
  'packet-loss': {
    what: 'drops VALUE percent (30) of the packets in both directions, or none with 0; with 100 the link still seems up',
    cause: async (node, value = '30') => {
      const percent = Number(value);
      if (!(percent >= 0 && percent <= 100)) throw new LabError('packet-loss takes a number from 0 to 100');
      loseNoPackets(node);
      if (percent > 0) await must(['nft', '-f', '-'], { input: lossRules(node, percent) });
      return undefined;
    },
  },
  'disk-full': {
    what: 'leaves VALUE kilobytes (64) of the disk free (until disk-free)',
    cause: async (node, value = '64') => {
      const disk = join(node.folder, 'disk');
      const { blocks, bfree, bsize } = statfsSync(disk);
      const size = (blocks - bfree) * bsize + Number(value) * 1024;
      await must(['mount', '-o', `remount,size=${size}`, disk]);
      return undefined;
    },
  },
  'disk-free': {
    what: 'ends disk-full',
    cause: async (node) => {
      await must(['mount', '-o', `remount,size=${diskSize}`, join(node.folder, 'disk')]);
      return undefined;
    },
  },
  'new-host-key': {
    what: 'gives the SSH server new host keys; known_hosts keeps the old ones',
    cause: async (node) => {
      await makeHostKeys(node);
      await inside(node, ['systemctl', 'restart', 'sshd']);
      return undefined;
    },
  },
} as const satisfies Readonly<Record<string, Trouble>>;

export type TroubleKind = keyof typeof outside | keyof typeof insideTroubles;

/** Every disruption by its name. */
export const troubles: Readonly<Record<TroubleKind, Trouble>> = { ...outside, ...insideTroubles };

export function isTrouble(kind: string): kind is TroubleKind {
  return Object.hasOwn(troubles, kind);
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
  mustSync(['ip', 'link', 'set', outerNames(node.number)[0], state]);
}

/** The nftables table of a node, removed with the lab. */
function lossTable(node: LabNode): string {
  return `stackprep_lab_${node.number}`;
}

function lossRules(node: LabNode, percent: number): string {
  const device = outerNames(node.number)[0];
  const drop = percent === 100 ? 'drop' : `numgen random mod 1000 < ${Math.round(percent * 10)} drop`;
  const chain = (hook: string) =>
    `  chain ${hook} {\n    type filter hook ${hook} device "${device}" priority 0;\n    ${drop}\n  }\n`;
  return `table netdev ${lossTable(node)} {\n${chain('ingress')}${chain('egress')}}\n`;
}

/** Ends a node's packet loss, if there is any. */
export function loseNoPackets(node: LabNode): void {
  const table = ['table', 'netdev', lossTable(node)];
  if (runSync(['nft', 'list', ...table]).code === 0) mustSync(['nft', 'delete', ...table]);
}
