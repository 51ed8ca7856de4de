import { msg } from '../base/l10n.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { suggest } from '../schema/suggest.ts';
import type { ClusterNode } from './model.ts';
import { nodesOn } from './on.ts';
import { type On, wordsOf } from './on-words.ts';
import type { FileShape } from './schema.ts';

/** Reports every `on` that selects no node. */
export function checkRoles(file: FileShape, nodes: readonly ClusterNode[], reading: Reading): void {
  // A node that could not be read may have the role.
  const place = reading.places.get(pathKey('nodes'))?.value;
  const inNodes = (at: number): boolean => place !== undefined && at >= place.start && at < place.end;
  if (reading.problems.some(({ span }) => inNodes(span.start))) return;
  const known = (): readonly string[] => [...new Set(nodes.flatMap((node) => [...node.roles, node.name]))];
  const checkWord = (on: string, path: readonly (string | number)[]): void => {
    const place = reading.places.get(pathKey(...path));
    if (!place || nodesOn(nodes, on).length > 0) return;
    const near = suggest(on, known());
    const message = near
      ? msg('No node has the role or name {0}. Did you mean {1}?', on, near)
      : msg('No node has the role or name {0}.', on);
    const fix = near === undefined ? {} : { fix: replacement(reading.source, place.value, near) };
    reading.problems.push({
      code: 'role-without-nodes',
      severity: 'error',
      span: place.value,
      message,
      ...fix,
    });
  };
  const check = (on: On | undefined, ...path: readonly (string | number)[]): void => {
    if (on === undefined) return;
    if (typeof on === 'string') {
      checkWord(on, [...path, 'on']);
      return;
    }
    const kept = reading.kept.get(pathKey(...path, 'on')) ?? [];
    wordsOf(on).forEach((word, at) => {
      checkWord(word, [...path, 'on', kept[at] ?? at]);
    });
  };
  for (const [service, settings] of Object.entries(file.services ?? {}))
    check(settings?.on, 'services', service);
  const kept = reading.kept.get(pathKey('steps')) ?? [];
  file.steps?.forEach((step, index) => {
    if (typeof step !== 'string') check(step.on, 'steps', kept[index] ?? index);
  });
}
