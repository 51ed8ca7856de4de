import type { Target } from '../../view/live.ts';

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

/** Decodes a command's argument as a target; undefined if it is something else. */
export function decodeTarget(value: unknown): Target | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value)) return undefined;
  const { uri, nodes, step } = value as { uri: unknown; nodes?: unknown; step?: unknown };
  if (typeof uri !== 'string') return undefined;
  const names = texts(nodes);
  return { uri, ...(names ? { nodes: names } : {}), ...(typeof step === 'string' ? { step } : {}) };
}

/** Decodes a command's argument as a key (dotted path) of a cluster file. */
export function decodeKeyPlace(value: unknown): { readonly uri: string; readonly key: string } | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value) || !('key' in value)) return undefined;
  const { uri, key } = value;
  return typeof uri === 'string' && typeof key === 'string' ? { uri, key } : undefined;
}
