import type { Reason } from '../base/states.ts';
import { openInterfaces, wantedCompanion, wantedPackages, wantsNoEpel } from './check.ts';
import { install, newestKernel, upgrade } from './manager.ts';
import type { NodeState } from './node-state.ts';
import { type Piece, said } from './piece.ts';
import type { ScriptStep } from './script.ts';
import { systems } from './systems.ts';

/** The outcome of applying a step. */
export interface Applied {
  readonly code: number;
  readonly notices: readonly Reason[];
}

/** Duration of writing a file, in milliseconds. */
const writing = 150;
/** Duration of starting or stopping a service, in milliseconds. */
const starting = 900;

const customStepNote = 'The node is simulated: this script was not run, the node only notes that it was.\n';

function wrote(path: string): Piece {
  return said(`wrote ${path}\n`, writing);
}

function* setRepositories(node: NodeState, step: ScriptStep): Generator<Piece> {
  if (wantsNoEpel(step) && node.repositories.delete('epel')) yield wrote('/etc/yum.repos.d/epel.repo');
  const companion = wantedCompanion(node, step);
  if (companion !== undefined) node.repositories.add(companion);
}

function* writeFiles(node: NodeState, step: ScriptStep): Generator<Piece> {
  for (const path of step.intent.files ?? []) {
    if (node.files.get(path) === step.wanted) continue;
    node.files.set(path, step.wanted);
    yield wrote(path);
  }
}

/** The output of `systemctl enable` and `disable`. */
function* setServices({ services }: NodeState, step: ScriptStep): Generator<Piece> {
  for (const [unit, wanted] of Object.entries(step.intent.services ?? {})) {
    if (services.has(unit) === (wanted === 'enabled')) continue;
    const link = `/etc/systemd/system/multi-user.target.wants/${unit}.service`;
    if (wanted === 'enabled') services.add(unit);
    else services.delete(unit);
    yield wanted === 'enabled'
      ? said(`Created symlink ${link} → /usr/lib/systemd/system/${unit}.service.\n`, starting)
      : said(`Removed ${link}.\n`, starting);
  }
}

/** The output of writing and activating the configuration of an interface. */
function* setInterfaces(node: NodeState, step: ScriptStep): Generator<Piece> {
  for (const [device, wanted] of openInterfaces(node, step)) {
    node.interfaces.set(device, wanted);
    if (systems[node.system].el < 9) yield wrote(`/etc/sysconfig/network-scripts/ifcfg-${device}`);
    else yield said(`Connection '${device}' successfully activated.\n`, starting);
  }
}

function rebootNotice(node: NodeState): Reason {
  return { code: 'reboot-needed', args: [newestKernel(node), systems[node.system].kernel] };
}

/** Applies a step to a node and prints the output of the real commands. */
export function* apply(node: NodeState, step: ScriptStep): Generator<Piece, Applied> {
  yield* setRepositories(node, step);
  const missing = wantedPackages(node, step).filter((name) => !node.packages.has(name));
  if (missing.length > 0) {
    const code = yield* install(node, missing);
    if (code !== 0) return { code, notices: [] };
  }
  if (step.intent.upgrade) {
    const code = yield* upgrade(node);
    return { code, notices: code === 0 ? [rebootNotice(node)] : [] };
  }
  yield* writeFiles(node, step);
  yield* setInterfaces(node, step);
  yield* setServices(node, step);
  if (step.isCustom) {
    node.customSteps.set(step.id, step.wanted);
    yield said(customStepNote, writing);
  }
  return { code: 0, notices: [] };
}

/** Reverts a step. */
export function* revert(node: NodeState, step: ScriptStep): Generator<Piece> {
  for (const name of wantedPackages(node, step))
    if (node.packages.delete(name)) yield said(`removed ${name}\n`, writing);
  for (const [unit, wanted] of Object.entries(step.intent.services ?? {})) {
    if (wanted === 'enabled') node.services.delete(unit);
    else node.services.add(unit);
    yield said(`${unit} is as it was before\n`, starting);
  }
  for (const [device, wanted] of Object.entries(step.intent.interfaces ?? {})) {
    if (wanted === 'up') node.interfaces.set(device, 'down');
    yield said(`${device} is as it was before\n`, starting);
  }
  for (const path of step.intent.files ?? []) {
    node.files.set(path, '');
    yield said(`restored ${path}\n`, writing);
  }
}
