import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { fixBy, type Span } from '../base/problem.ts';
import { isNode } from '../cluster/aliases.ts';
import { removeItem } from '../cluster/edits.ts';
import type { ClusterNode, Disks } from '../cluster/model.ts';
import { nodeFinder, nodesOfRole, onePerKey } from '../cluster/node-groups.ts';
import { nodesOn } from '../cluster/on.ts';
import { componentParts } from '../data/component-parts.ts';
import { packstackNode } from '../packstack/answers.ts';
import { answerValues, hostList } from '../packstack/hosts.ts';
import { currentName } from '../packstack/old-names.ts';
import { replacement } from '../schema/fixes.ts';
import type { Path } from '../schema/places.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

const uses = ['cinder-volumes', 'swift'] as const;
const allUses = [...uses, 'system'] as const;
const componentOf = { 'cinder-volumes': 'cinder', swift: 'swift' } as const;

interface WrittenDisks {
  readonly path: Path;
  readonly disks: Disks;
  readonly nodes: () => readonly ClusterNode[];
}

const withDisks = nodeFinder(
  () =>
    (_, { disks }) =>
      disks !== undefined,
);

/** The maps of disks of the file: of groups and of nodes, with the nodes that have them. */
const written = perContext(({ file, cluster }): readonly WrittenDisks[] => {
  const groups = Object.entries(file.groups ?? {}).flatMap(([role, { disks }]) =>
    disks
      ? [
          {
            path: ['groups', role, 'disks'],
            disks,
            nodes: () => nodesOfRole(cluster.nodes, role),
          },
        ]
      : [],
  );
  const nodes = onePerKey(withDisks(cluster.nodes)).flatMap(({ key, written: { disks } }) =>
    disks
      ? [
          {
            path: ['nodes', key, 'disks'],
            disks,
            nodes: () => {
              const names = new Set(nodesOn(cluster.nodes, key));
              return cluster.nodes.filter(({ name }) => names.has(name));
            },
          },
        ]
      : [],
  );
  return [...groups, ...nodes];
});

/** Each disk as written, with its place. */
function each(
  context: RuleContext,
  visit: (disk: {
    readonly device: string;
    readonly span: Span;
    readonly list: Path;
    readonly index: number;
  }) => void,
): void {
  for (const { path, disks } of written(context))
    for (const use of allUses)
      disks[use]?.forEach((device, index) => {
        const list = [...path, use];
        const span = (context.at(...list, index) ?? context.at(...list))?.value;
        if (span) visit({ device, span, list, index });
      });
}

const form = /^\/dev\/[A-Za-z0-9][A-Za-z0-9._:+-]*(?:\/[A-Za-z0-9][A-Za-z0-9._:+-]*)*$/;
/** Names that the first disk of a node has. */
const first = /^\/dev\/(?:[shv]da|xvda|mmcblk0)$/;

/** Why no service uses the disks of these nodes; undefined if one does. */
function unusedText(context: RuleContext, use: (typeof uses)[number], nodes: readonly ClusterNode[]) {
  const { cluster, isPackstack } = context;
  const component = componentOf[use];
  const { components } = cluster.openstack;
  if (components.length > 0 && !components.includes(component))
    return msg('Nothing uses these disks: {0} is not in openstack.components.', component);
  if (isPackstack) return unusedByPackstack(context, use, nodes);
  // The part that has the disks is the last one of a component.
  const on = own(componentParts, component)?.at(-1)?.on ?? [];
  const users = on.map((role) => nodesOn(cluster.nodes, role)).find((names) => names.length > 0) ?? [];
  return nodes.some(({ name }) => users.includes(name))
    ? undefined
    : msg('Nothing uses these disks: {0} runs on nodes with the role storage.', component);
}

function unusedByPackstack(
  { cluster }: RuleContext,
  use: (typeof uses)[number],
  nodes: readonly ClusterNode[],
): Message | undefined {
  const value = answerValues(cluster);
  const key = use === 'swift' ? 'CONFIG_SWIFT_INSTALL' : 'CONFIG_CINDER_INSTALL';
  if (value(key) !== 'y') return msg('Nothing uses these disks: the answer {0} is not y.', key);
  if (use !== 'swift' && !hostList(value('CONFIG_CINDER_BACKEND')).includes('lvm'))
    return msg('Nothing uses these disks: the answer {0} has no lvm.', 'CONFIG_CINDER_BACKEND');
  const host = value('CONFIG_UNSUPPORTED') === 'y' ? value('CONFIG_STORAGE_HOST') : undefined;
  const user =
    (host === undefined ? undefined : cluster.nodes.find((node) => isNode(node, host, cluster.nodes))) ??
    packstackNode(cluster);
  return !user || nodes.some(({ name }) => name === user.name)
    ? undefined
    : msg('Nothing uses these disks: Packstack puts all storage on {0}.', user.name);
}

export const diskRules: readonly Rule[] = [
  {
    code: 'disk-path',
    severity: 'error',
    about: msg(
      'A disk is named by its path below /dev. Names of /dev/disk/by-id stay the same after a reboot.',
    ),
    hasFix: true,
    check: (context, report) => {
      each(context, ({ device, span }) => {
        if (form.test(device)) return;
        const path = `/dev/${device}`;
        report(
          span,
          msg('{0} is not the path of a disk. Example: /dev/sdb, or one below /dev/disk/by-id.', device),
          form.test(path) && !device.startsWith('dev/')
            ? replacement(context.reading.source, span, path)
            : undefined,
        );
      });
    },
  },
  {
    code: 'disk-duplicate',
    severity: 'error',
    about: msg(
      'A disk has one use. What is prepared second would destroy what came first, so the step refuses it.',
    ),
    hasFix: true,
    check: (context, report) => {
      const seen = new Set<string>();
      each(context, ({ device, span, list, index }) => {
        const key = JSON.stringify([...list.slice(0, -1), device]);
        if (!seen.has(key)) {
          seen.add(key);
          return;
        }
        report(
          span,
          msg('{0} is already in the list of disks.', device),
          fixBy(msg('Remove {0}', device), removeItem(context.reading, list, index)),
        );
      });
    },
  },
  {
    code: 'disk-of-system',
    severity: 'warning',
    about: msg(
      'The first disk of a node usually has its system, so it is not empty and the step refuses it.',
    ),
    check: (context, report) => {
      each(context, ({ device, span, list }) => {
        if (list.at(-1) !== 'system' && first.test(device))
          report(
            span,
            msg('{0} usually is the disk of the system. Name an empty disk or partition.', device),
          );
      });
    },
  },
  {
    code: 'disk-unused',
    severity: 'warning',
    about: msg('Disks are prepared for the volume service of Cinder or for Swift, where these run.'),
    sources: ['IG', 'PS'],
    check: (context, report) => {
      if (!context.isWhole('nodes')) return;
      for (const { path, disks, nodes } of written(context))
        for (const use of uses) {
          const on = disks[use]?.length ? nodes() : [];
          const text = on.length > 0 ? unusedText(context, use, on) : undefined;
          if (text) report(context.at(...path, use)?.key, text);
        }
    },
  },
  {
    code: 'packstack-volumes',
    severity: 'warning',
    about: msg(
      'Packstack makes the volume group cinder-volumes in a loop file, /var/lib/cinder/cinder-volumes, unless CONFIG_CINDER_VOLUMES_CREATE is n; an existing group it uses.',
    ),
    sources: ['PS'],
    hasFix: true,
    check: (context, report) => {
      const { cluster, isPackstack, reading, at } = context;
      if (!isPackstack || !packstackNode(cluster)?.own?.disks?.['cinder-volumes']) return;
      for (const [key, value] of Object.entries(cluster.packstack)) {
        if (currentName(key) !== 'CONFIG_CINDER_VOLUMES_CREATE' || value !== 'y') continue;
        const span = at('packstack', key)?.value;
        report(
          span,
          msg(
            'This would make a loop file, but the file has disks for the volume group. Set it to n, or remove it.',
          ),
          span && replacement(reading.source, span, 'n'),
        );
      }
    },
  },
];
