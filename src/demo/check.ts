import { own } from '../base/own.ts';
import type { Reason } from '../base/states.ts';
import { companionRepository } from '../data/packages.ts';
import { updateCount } from './manager.ts';
import type { NodeState } from './node-state.ts';
import type { ScriptStep } from './script.ts';
import { systems } from './systems.ts';

/** The result of a check; unknown takes precedence over needed, and no reasons mean done. */
export interface Finding {
  readonly state: 'done' | 'needed' | 'unknown';
  readonly reasons: readonly Reason[];
}

function reason(code: string, ...args: readonly string[]): Reason {
  return { code, args };
}

function unknown(found: Reason): Finding {
  return { state: 'unknown', reasons: [found] };
}

const releasePrefix = 'centos-release-openstack-';

/** The packages that the step requires on this node's generation. */
export function wantedPackages(node: NodeState, step: ScriptStep): readonly string[] {
  const { el } = systems[node.system];
  return (step.intent.packages ?? []).flatMap((names) => names[el] ?? []);
}

function undecidable(node: NodeState, step: ScriptStep): Reason | undefined {
  const { el, id, version } = systems[node.system];
  const absent = Object.keys(step.intent.interfaces ?? {}).find((device) => !node.interfaces.has(device));
  if (absent !== undefined) return reason('interface-missing', absent);
  if (step.intent.upgrade && node.scenarios.has('dead-mirrors')) return reason('check-update-failed', '1');
  if ((step.intent.packages ?? []).some((names) => names[el] === undefined)) {
    const { release } = step.intent;
    const system = `${id} ${version}`;
    return release === undefined
      ? reason('no-package-for-system', system)
      : reason('release-not-for-system', release, system);
  }
  const wanted = wantedPackages(node, step);
  if (!wanted.some((name) => name.startsWith(releasePrefix))) return undefined;
  const others = [...node.packages].filter(
    (name) => name.startsWith(releasePrefix) && !wanted.includes(name),
  );
  return others.length > 0 ? reason('other-release-installed', ...others) : undefined;
}

function* repositoryReasons(node: NodeState, step: ScriptStep): Generator<Reason> {
  const companion = wantedCompanion(node, step);
  if (companion !== undefined && !node.repositories.has(companion))
    yield reason('repository-disabled', companion);
  if (wantsNoEpel(step) && node.repositories.has('epel')) yield reason('epel-enabled');
}

/** The repository that the step enables in addition to RDO's. */
export function wantedCompanion(node: NodeState, step: ScriptStep): string | undefined {
  return step.intent.companion ? companionRepository[systems[node.system].el] : undefined;
}

export function wantsNoEpel(step: ScriptStep): boolean {
  return step.intent.withoutEpel ?? false;
}

function* fileReasons(node: NodeState, step: ScriptStep): Generator<Reason> {
  for (const path of step.intent.files ?? []) {
    const fulfilled = node.files.get(path);
    if (fulfilled === step.wanted) continue;
    const keys = own(step.intent.settings, path) ?? [];
    if (keys.length > 0) yield* keys.map((key) => reason('setting-missing', path, key));
    else yield reason(fulfilled === undefined ? 'file-missing' : 'file-differs', path);
  }
}

/** The interfaces that the step wants and the node does not have as wanted. */
export function openInterfaces(
  node: NodeState,
  step: ScriptStep,
): readonly (readonly [string, 'address' | 'up'])[] {
  return Object.entries(step.intent.interfaces ?? {}).filter(
    ([device, wanted]) => node.interfaces.get(device) !== wanted,
  );
}

function* interfaceReasons(node: NodeState, step: ScriptStep): Generator<Reason> {
  for (const [device, wanted] of openInterfaces(node, step)) {
    if (wanted === 'up') yield reason('interface-down', device);
    yield reason('interface-not-persistent', device);
  }
}

function* serviceReasons({ services }: NodeState, step: ScriptStep): Generator<Reason> {
  for (const [unit, wanted] of Object.entries(step.intent.services ?? {})) {
    if (services.has(unit) === (wanted === 'enabled')) continue;
    yield* wanted === 'enabled'
      ? [reason('service-not-enabled', unit), reason('service-not-running', unit)]
      : [reason('service-enabled', unit), reason('service-running', unit)];
  }
}

function customReason(node: NodeState, step: ScriptStep): Reason | undefined {
  if (!step.isCustom || node.customSteps.get(step.id) === step.wanted) return undefined;
  return step.hasCheck ? reason('custom-needed', '1') : reason('custom-not-run');
}

/** Simulates a step's check from the node's state, with the reasons that the real check would report. */
export function check(node: NodeState, step: ScriptStep): Finding {
  const hindrance = undecidable(node, step);
  if (hindrance) return unknown(hindrance);
  const updates = step.intent.upgrade ? updateCount(node) : 0;
  const own = customReason(node, step);
  const reasons = [
    ...wantedPackages(node, step)
      .filter((name) => !node.packages.has(name))
      .map((name) => reason('package-missing', name)),
    ...repositoryReasons(node, step),
    ...(updates > 0 ? [reason('updates-available', String(updates))] : []),
    ...fileReasons(node, step),
    ...interfaceReasons(node, step),
    ...serviceReasons(node, step),
    ...(own ? [own] : []),
  ];
  return { state: reasons.length > 0 ? 'needed' : 'done', reasons };
}
