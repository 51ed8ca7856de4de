import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { insertItems } from '../cluster/edits.ts';
import { nodeFinder, onePerKey } from '../cluster/node-groups.ts';
import type { Path, Place } from '../schema/places.ts';
import { catalogue } from '../steps/catalogue.ts';
import { perContext, type RuleContext } from './context.ts';
import { positions } from './order.ts';
import type { Rule } from './rule.ts';

/** The key of the file that a step applies, for steps that do nothing without it. */
export const settingOf: ReadonlyMap<string, Path> = new Map<string, Path>([
  ...['mariadb', 'chrony', 'rabbitmq', 'memcached', 'etcd'].map((id) => [id, ['services', id]] as const),
  ...['firewalld', 'network-manager', 'selinux', 'timezone'].map((id) => [id, ['system', id]] as const),
  ...['sshd', 'kernel', 'users', 'proxy', 'disks'].map((id) => [id, [id]] as const),
]);

/** Settings that nothing but their step uses; those of sshd also describe the login. */
const onlyForStep = ['disks', 'kernel', 'proxy', 'users'] as const;

const withSettings = nodeFinder(
  () =>
    (_, { kernel, sshd, disks, system }) =>
      [kernel, sshd, disks, system].some((section) => section !== undefined),
);

/** The keys of nodes that have such settings themselves. */
const ownKeys = perContext(({ cluster }) => onePerKey(withSettings(cluster.nodes)).map(({ key }) => key));

/** Where the file, a group or a node first has a key. */
function placeOf(context: RuleContext, key: Path): Place | undefined {
  const { file, at } = context;
  const roles = Object.keys(file.groups ?? {});
  const paths: readonly Path[] = [
    key,
    ...roles.map((role) => ['groups', role, ...key]),
    ...ownKeys(context).map((node) => ['nodes', node, ...key]),
  ];
  for (const path of paths) {
    const place = at(...path);
    if (place) return place;
  }
  return undefined;
}

/** How the path is written in a sentence. */
function nameOf(id: string, key: Path): string {
  return id === 'disks' ? 'nodes.NAME.disks' : key.join('.');
}

/** Rules about settings and the step that applies them. */
export const stepSettingRules: readonly Rule[] = [
  {
    code: 'step-without-settings',
    severity: 'information',
    about: msg('The step applies settings of the file. Without them, it does nothing.'),
    check: (context, report) => {
      for (const [id, index] of positions(context)) {
        const key = settingOf.get(id);
        if (key === undefined || placeOf(context, key)) continue;
        report(
          context.at('steps', index)?.value,
          msg('`{0}` has no settings in this file. Add them under {1}.', id, nameOf(id, key)),
        );
      }
    },
  },
  {
    code: 'settings-without-step',
    severity: 'warning',
    about: msg('Only a step applies these settings. If `steps` does not have it, they have no effect.'),
    hasFix: true,
    check: (context, report) => {
      const { file, reading } = context;
      if (!file.steps?.length || !context.isWhole('steps')) return;
      const at = positions(context);
      const order = catalogue.map(({ id }) => id);
      for (const id of onlyForStep) {
        const step = catalogue.find((each) => each.id === id);
        // Packstack prepares the disks of Swift itself.
        if (!step || at.has(id) || step.nodes?.(context.cluster).length === 0) continue;
        const place = placeOf(context, settingOf.get(id) ?? [id]);
        if (!place) continue;
        const next = order.slice(order.indexOf(id) + 1).find((later) => at.has(later));
        const before = next === undefined ? undefined : at.get(next);
        const edits =
          before === undefined ? undefined : insertItems(reading, ['steps'], { before, texts: [id] });
        report(
          place.key,
          msg('Nothing applies these settings: `steps` does not have `{0}`.', id),
          fixBy(msg('Add `{0}` to `steps`', id), edits),
        );
      }
    },
  },
];
