import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parentGroups } from './cgroup.ts';
import { bridges, prefix } from './network.ts';
import { machineName } from './node.ts';
import { mustSync } from './run.ts';
import { labFolder } from './state.ts';

/** Everything that a lab may have left behind, one line each. */
export function leftovers(): readonly string[] {
  const links = readdirSync('/sys/class/net').filter((name) => name.startsWith('splab'));
  const routes = mustSync(['ip', 'route', 'show', 'table', 'all']).split('\n');
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const propagated = '/run/systemd/nspawn/propagate';
  return [
    ...links.map(
      (name) => `interface ${name}${bridges.some((bridge) => bridge === name) ? ' (a bridge)' : ''}`,
    ),
    ...routes.filter((line) => line.includes(prefix.split('/')[0] ?? prefix)).map((line) => `route ${line}`),
    ...mounts.filter((line) => line.includes(`${labFolder}/`)).map((line) => `mount ${line}`),
    ...parentGroups()
      .filter((group) => existsSync(group))
      .map((group) => `control group ${group}`),
    ...processes().map((line) => `process ${line}`),
    ...mustSync(['nft', 'list', 'tables'])
      .split('\n')
      .filter((line) => line.includes('stackprep_lab')),
    ...(existsSync(propagated) ? readdirSync(propagated) : []).filter((name) =>
      name.startsWith(machineName('')),
    ),
    ...(existsSync(labFolder) ? [`folder ${labFolder}`] : []),
  ];
}

/** Processes whose command line names the lab's folder or one of its containers. */
function processes(): readonly string[] {
  return mustSync(['ps', '-e', '-o', 'pid=,args='])
    .split('\n')
    .filter((line) => line.includes(`${labFolder}/`) || line.includes(`--machine=${machineName('')}`))
    .map((line) => line.trim());
}
