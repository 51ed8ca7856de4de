import { existsSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { killGroups, removeGroups, removeParentGroups } from './cgroup.ts';
import { endPacketLoss } from './disruptions.ts';
import { hostInterfaces, removeNetwork } from './network.ts';
import { machineName, nodeNamed } from './node.ts';
import { lives } from './process.ts';
import { LabError, runSync } from './run.ts';
import { type LabState, labFolder, removeState } from './state.ts';

/**
 * Takes down a lab in any state and leaves nothing: processes, mounts, bridges, route, control groups, files.
 * Synchronous, so that it also runs while a process exits. Throws with everything that it could not remove.
 */
export function clearLab(state: LabState): void {
  const left: string[] = [];
  if (state.server && lives(state.server)) process.kill(state.server.pid, 'SIGKILL');
  for (const name of state.nodes) {
    left.push(...killGroups(name).map((pid) => `process ${pid} of ${name}`));
    removeTraces(name);
    endPacketLoss(nodeNamed(name));
    unplug(name);
  }
  left.push(...unmountBelow(labFolder));
  for (const name of state.nodes) left.push(...removeGroups(name));
  removeParentGroups();
  if (state.network) left.push(...removeNetwork());
  if (left.length > 0) throw new LabError(`could not remove:\n${left.join('\n')}`);
  removeState();
}

/** An open connection can keep a node's network namespace alive for minutes, together with the names of its interfaces. */
function unplug(name: string): void {
  for (const outer of hostInterfaces(nodeNamed(name).number)) {
    if (existsSync(`/sys/class/net/${outer}`)) runSync(['ip', 'link', 'delete', outer]);
  }
}

/** A killed container leaves its lock and an empty folder. */
function removeTraces(name: string): void {
  const { root } = nodeNamed(name);
  if (existsSync(root)) {
    const { dev, ino } = statSync(root);
    rmSync(`/run/systemd/nspawn/locks/inode-${dev}:${ino}`, { force: true });
  }
  const propagate = `/run/systemd/nspawn/propagate/${machineName(name)}`;
  if (existsSync(propagate)) rmdirSync(propagate);
}

/** Unmounts everything below a folder, last mounted first; returns what remains. */
function unmountBelow(folder: string): readonly string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const points = lines.map((line) => unescapeMount(line.split(' ')[4] ?? ''));
  const ours = points.filter((point) => point.startsWith(join(folder, '/'))).reverse();
  const left: string[] = [];
  for (const point of ours) {
    const done = runSync(['umount', point]);
    if (done.code !== 0) left.push(`mount ${point}: ${done.stderr.trim()}`);
  }
  return left;
}

/** The kernel writes blanks and similar characters in a path as octal numbers. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
