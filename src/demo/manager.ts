import type { NodeState } from './node-state.ts';
import { type Piece, said } from './piece.ts';
import { systems } from './systems.ts';
import { packagesFor, worlds } from './world.ts';
import { checkUpdateTranscript, type TranscriptRequest, yumTranscript } from './yum-output.ts';
import { type DemoPackage, yumNevra } from './yum-package.ts';
import type { YumProblem } from './yum-problems.ts';

const tools = { yum: 'yum3', dnf: 'dnf4' } as const;
const failingPackage = 'openstack-selinux';
/** The process that holds the lock in that scenario, and the duration in seconds. */
const lock = { kind: 'lock', pid: 1187, holder: 'PackageKit', seconds: 6 } as const;

function toolOf(node: NodeState): TranscriptRequest['tool'] {
  return tools[systems[node.system].manager];
}

/** RDO's packages are available after its release package is installed. */
function isReachable(node: NodeState, { repository }: DemoPackage): boolean {
  const hasRelease = [...node.packages].some((name) => name.startsWith('centos-release-openstack-'));
  return hasRelease || !repository.startsWith('centos-openstack-');
}

/** The packages of an upgrade, with new dependencies. */
function updates(node: NodeState): readonly DemoPackage[] {
  const open = worlds[node.system].upgrades.filter(
    (each) => isReachable(node, each) && !node.current.has(each.name),
  );
  const names = new Set(open.map(({ name }) => name));
  return open.filter(({ dependencyOf }) => dependencyOf === undefined || names.has(dependencyOf));
}

/** The number of packages in the output of check-update. */
export function updateCount(node: NodeState): number {
  return updates(node).filter(({ dependencyOf }) => dependencyOf === undefined).length;
}

function deadMirrors(node: NodeState): YumProblem | undefined {
  return node.scenarios.has('dead-mirrors') ? { kind: 'dead-mirrors' } : undefined;
}

/** Checks for updates like the payload: discards the list, shows errors. */
export function* checkUpdate(node: NodeState): Generator<Piece> {
  const problem = deadMirrors(node);
  const found = checkUpdateTranscript({
    tool: toolOf(node),
    packages: updates(node),
    ...(problem ? { problem } : {}),
  });
  yield* problem ? found.pieces : found.pieces.map((piece) => ({ ...piece, text: '' }));
}

function problemOf(node: NodeState, packages: readonly DemoPackage[]): YumProblem | undefined {
  const dead = deadMirrors(node);
  if (dead) return dead;
  const fails = packages.some(({ name }) => name === failingPackage);
  if (fails && node.scenarios.has('failing-package'))
    return { kind: 'failing-package', name: failingPackage };
  if (!node.lockWillHold) return undefined;
  node.lockWillHold = false;
  return lock;
}

/** Drops the connection once, during the rpm transaction. */
function droppingLink(node: NodeState, pieces: readonly Piece[]): readonly Piece[] {
  if (!node.linkWillDrop) return pieces;
  node.linkWillDrop = false;
  const within = pieces.filter(({ onInterrupt }) => onInterrupt === undefined);
  const middle = within[Math.floor(within.length / 2)];
  return pieces.map((piece) => (piece === middle ? { ...piece, dropsLink: true } : piece));
}

/** The output of yum and dnf for packages that no repository has. */
function notFound(node: NodeState, names: readonly string[]): Piece {
  const lines =
    toolOf(node) === 'yum3'
      ? [
          'Loaded plugins: fastestmirror',
          ...names.map((name) => `No package ${name} available.`),
          'Error: Nothing to do',
        ]
      : [
          ...names.map((name) => `No match for argument: ${name}`),
          `Error: Unable to find a match: ${names.join(' ')}`,
        ];
  return said(lines.map((line) => `${line}\n`).join(''), 400);
}

/** `yum -y install` of these names; returns the exit code. */
export function* install(node: NodeState, names: readonly string[]): Generator<Piece, number> {
  const packages = packagesFor(node.system, names, node.packages);
  const problem = problemOf(node, packages);
  const beyond = names.filter((name) =>
    packagesFor(node.system, [name])
      .slice(0, 1)
      .some((each) => !isReachable(node, each)),
  );
  if (beyond.length > 0 && problem?.kind !== 'dead-mirrors') {
    yield notFound(node, beyond);
    return 1;
  }
  const { pieces, exitCode } = yumTranscript({
    tool: toolOf(node),
    verb: 'install',
    packages,
    ...(problem ? { problem } : {}),
  });
  yield* pieces;
  if (problem?.kind === 'dead-mirrors') return exitCode;
  for (const { name } of packages) if (exitCode === 0 || name !== failingPackage) node.packages.add(name);
  if (exitCode === 0) for (const name of names) node.packages.add(name);
  return exitCode;
}

/** `yum -y upgrade`; returns the exit code. */
export function* upgrade(node: NodeState): Generator<Piece, number> {
  const packages = updates(node);
  const problem = problemOf(node, packages);
  const { pieces, exitCode } = yumTranscript({
    tool: toolOf(node),
    verb: 'upgrade',
    packages,
    ...(problem ? { problem } : {}),
  });
  yield* droppingLink(node, pieces);
  if (exitCode === 0) for (const { name } of packages) node.current.add(name);
  return exitCode;
}

/** The kernel package of the upgrade, in the format of `rpm -q --last kernel`. */
export function newestKernel(node: NodeState): string {
  const kernel = worlds[node.system].upgrades.find(({ name }) => name === 'kernel');
  return kernel ? yumNevra(kernel, kernel.version) : `kernel-${systems[node.system].kernel}`;
}
