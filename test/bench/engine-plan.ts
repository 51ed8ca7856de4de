import type { BenchNodes, LabNodes } from './engine-nodes.ts';
import type { Bench } from './engine-tools.ts';
import { type Figure, median } from './report.ts';

const rounds = 5;
const nodeCount = 4;

/** Steps of which the check finds nothing to do. */
const doneSteps = (present: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `check-${index + 1}`,
    check: `test -e ${present}`,
    run: 'true',
  }));

function comparedWithCheck(name: string, ours: number, value: number): Figure {
  const peer = { name: 'the check of the same steps', value };
  return { name, unit: 'ms', ours, peer, goal: '<=2x', met: ours <= 2 * value };
}

/** A run of 16 steps that are all done, compared with their check. */
async function convergedRun(nodes: BenchNodes, bench: Bench): Promise<Figure> {
  const clusterText = nodes.clusterText(nodeCount, doneSteps(nodes.present, 16));
  const task = { clusterText, limit: nodeCount, rounds };
  const check = await bench.engine(nodes, { ...task, kind: 'check' });
  const run = await bench.engine(nodes, { ...task, kind: 'run' });
  const unchanged = run.cells.filter((outcome) => outcome === 'unchanged').length;
  if (unchanged !== 16 * nodeCount) throw new Error(`${unchanged} of ${16 * nodeCount} steps were unchanged`);
  return comparedWithCheck('engine.run.converged', median(run.milliseconds), median(check.milliseconds));
}

/** The differences of 20 steps, of which five would change files of a new node. */
async function differences(nodes: BenchNodes, bench: Bench): Promise<Figure> {
  const steps = ['hosts-file', 'shell-profile', 'timezone', 'selinux', 'sshd'];
  const file = nodes.clusterText(nodeCount, doneSteps(nodes.present, 15));
  const clusterText = `${file}${steps.map((step) => `  - ${step}\n`).join('')}system: { hosts-file: managed, timezone: Asia/Seoul, selinux: permissive }
sshd: { MaxAuthTries: 4 }
`;
  const task = { clusterText, kind: 'check', limit: nodeCount, rounds } as const;
  const check = await bench.engine(nodes, task);
  const shown = await bench.engine(nodes, { ...task, differences: true });
  if (shown.files !== rounds * nodeCount * 6) throw new Error(`${shown.files} files were shown`);
  return comparedWithCheck('engine.plan.differences', median(shown.milliseconds), median(check.milliseconds));
}

/** What the lab's cluster file lacks of 20 steps: services with packages and files. */
const services = `services:
  chrony: { servers: [198.18.88.172] }
  memcached: { on: controller }
  etcd: { on: controller }
  mariadb: { on: controller }
kernel: { sysctl: { net.ipv4.ip_forward: 1 } }
`;
const serviceSteps = ['kernel', 'chrony', 'memcached', 'etcd', 'mariadb'];

/** The differences of 20 steps on new nodes, of which half install packages: each of those asks the package manager. */
async function newNodes(nodes: LabNodes, bench: Bench): Promise<Figure> {
  const steps = serviceSteps.map((step) => `  - ${step}\n`).join('');
  const clusterText = `${nodes.labText.replace(/^steps:\n/m, `${services}steps:\n`).trimEnd()}\n${steps}`;
  const task = { clusterText, kind: 'check', limit: nodeCount, rounds: 3 } as const;
  const check = await bench.engine(nodes, task);
  const shown = await bench.engine(nodes, { ...task, differences: true });
  if (shown.files < 3 * nodeCount * 8) throw new Error(`${shown.files} files were shown`);
  return comparedWithCheck('engine.plan.new-nodes', median(shown.milliseconds), median(check.milliseconds));
}

/** What a run and a plan cost in comparison with a check, on four nodes of the lab. */
export async function planFigures(nodes: LabNodes, bench: Bench): Promise<readonly Figure[]> {
  return [await convergedRun(nodes, bench), await differences(nodes, bench), await newNodes(nodes, bench)];
}
