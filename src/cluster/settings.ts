import { own } from '../base/own.ts';
import { remembered } from '../base/remembered.ts';
import type { OwnSettings } from './model.ts';
import { nodeNetworks } from './networks.ts';
import type { FileShape } from './schema.ts';
import { ownSections } from './section-layers.ts';

type FileNode = FileShape['nodes'][string];
/** What a node's groups and the node set. */
export type Layer = NonNullable<FileShape['groups']>[string];

/** The layers of a node, the strongest first: its own, then the groups of its roles in their order. */
export function layersOf(file: FileShape, node: FileNode): readonly Layer[] {
  const { groups } = file;
  if (!groups) return [node];
  const below = (node.roles ?? []).flatMap((role) => own(groups, role) ?? []);
  return [node, ...below];
}

/** The value of the first layer that has the key. */
export function firstOf<Key extends keyof Layer>(layers: readonly Layer[], key: Key): Layer[Key] | undefined {
  return layers.find((layer) => layer[key] !== undefined)?.[key];
}

function mergedSystem(layers: readonly Layer[]): OwnSettings['system'] | undefined {
  const os = firstOf(layers, 'os');
  const parts = layers.flatMap(({ system }) => system ?? []).toReversed();
  if (parts.length === 0 && os === undefined) return undefined;
  return { ...Object.assign({}, ...parts), ...(os === undefined ? {} : { os }) };
}

/** The disks of the first layer that has the use. */
function mergedDisks(layers: readonly Layer[]): OwnSettings['disks'] | undefined {
  const parts = layers.flatMap(({ disks }) => disks ?? []).toReversed();
  return parts.length === 0 ? undefined : Object.assign({}, ...parts);
}

/** The settings of a text of JSON; nodes whose settings are the same share one object. */
const settingsFrom = remembered((json): OwnSettings => JSON.parse(json));

/** What the layers of a node set; undefined if nothing. */
export function mergedSettings(file: FileShape, layers: readonly Layer[]): OwnSettings | undefined {
  const system = mergedSystem(layers);
  const links = nodeNetworks(file, layers);
  const disks = mergedDisks(layers);
  const settings: OwnSettings = {
    ...(system ? { system } : {}),
    ...links,
    ...(disks ? { disks } : {}),
    ...ownSections(file, layers),
  };
  return Object.keys(settings).length === 0 ? undefined : settingsFrom(JSON.stringify(settings));
}
