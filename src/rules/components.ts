import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix, Span } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { insertItems, removeItem } from '../cluster/edits.ts';
import {
  type Component,
  findComponent,
  components as known,
  otherProjects,
  projectOf,
} from '../data/components.ts';
import { packstackOptions } from '../data/packstack.ts';
import { findRelease, isLater, type Release } from '../data/releases.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

interface Listed {
  readonly name: string;
  readonly span: Span | undefined;
  /** Its index in the file. */
  readonly index: number;
  readonly isFirst: boolean;
}

const list = ['openstack', 'components'] as const;
const names = [...known.map(({ name }) => name), ...Object.keys(otherProjects)];

const listed = perContext(({ cluster, reading, at }): readonly Listed[] => {
  const kept = reading.kept.get(list.join('\n')) ?? [];
  const seen = new Set<string>();
  return cluster.openstack.components.map((name, position) => {
    const index = kept[position] ?? position;
    const isFirst = !seen.has(name);
    seen.add(name);
    return { name, index, span: at(...list, index)?.value, isFirst };
  });
});

function removal({ reading }: RuleContext, { name, index }: Listed): Fix | undefined {
  return fixBy(msg('Remove {0}', name), removeItem(reading, list, index));
}

/** Whether a project was retired before the release. */
export function isGone(name: string, release: Release | undefined): boolean {
  const last = projectOf(name)?.last;
  return release !== undefined && last !== undefined && isLater(release.name, last);
}

/** The requirements of a component in a release: those that are separate projects in it. */
function needsOf(component: Component, { release, isPackstack }: RuleContext): readonly string[] {
  return component.needs.filter((need) => {
    const since = findComponent(need)?.since;
    const first = since === undefined ? undefined : findRelease(since);
    if (first && (!release || isLater(first.name, release.name))) return false;
    return !(isPackstack && own(packstackOptions, need)?.default === 'always');
  });
}

export const componentRules: readonly Rule[] = [
  {
    code: 'component-unknown',
    severity: 'warning',
    about: msg('The name differs from a component in one or two letters.'),
    sources: ['GOV'],
    hasFix: true,
    check: (context, report) => {
      const present = new Set(context.cluster.openstack.components);
      for (const { name, span } of listed(context)) {
        const near = names.includes(name) ? undefined : suggest(name, names);
        if (near === undefined || !span) continue;
        const isThere = present.has(near);
        report(
          span,
          msg('There is no component {0}. Did you mean {1}?', name, near),
          isThere ? undefined : replacement(context.reading.source, span, near),
        );
      }
    },
  },
  {
    code: 'component-unlisted',
    severity: 'information',
    about: msg('Stackprep has no data about the component, so it checks nothing about it.'),
    sources: ['GOV'],
    check: (context, report) => {
      for (const { name, span } of listed(context)) {
        if (names.includes(name) || suggest(name, names) !== undefined) continue;
        report(span, msg('Unknown component {0}. Nothing about it is checked.', name));
      }
    },
  },
  {
    code: 'component-duplicate',
    severity: 'warning',
    about: msg('The same component is listed twice. One of them is probably a typo.'),
    hasFix: true,
    check: (context, report) => {
      for (const item of listed(context)) {
        if (item.isFirst) continue;
        report(
          item.span,
          msg('The component {0} is already in the list.', item.name),
          removal(context, item),
        );
      }
    },
  },
  {
    code: 'component-retired',
    severity: 'warning',
    about: msg('The project was retired before the release. There are no packages for it.'),
    sources: ['GOV', 'REL', 'RI'],
    hasFix: true,
    check: (context, report) => {
      const { release } = context;
      for (const item of listed(context)) {
        if (!release || !item.isFirst || !isGone(item.name, release)) continue;
        const { retired = '', last = '' } = projectOf(item.name) ?? {};
        report(
          item.span,
          msg(
            '{0} was retired on {1}. {2} is the last release with it. Remove it for {3}.',
            item.name,
            retired,
            last,
            release.name,
          ),
          removal(context, item),
        );
      }
    },
  },
  {
    code: 'component-not-in-rdo',
    severity: 'warning',
    about: msg('The project is retired and RDO has no packages for it, so yum finds nothing to install.'),
    sources: ['RI', 'GOV'],
    hasFix: true,
    check: (context, report) => {
      for (const item of listed(context)) {
        const project = projectOf(item.name);
        if (!item.isFirst || project?.isInRdo !== false || project.retired === undefined) continue;
        report(
          item.span,
          msg(
            '{0} was retired on {1}, and RDO has no packages for it. Remove it.',
            item.name,
            project.retired,
          ),
          removal(context, item),
        );
      }
    },
  },
  {
    code: 'component-part-of-another',
    severity: 'information',
    about: msg('RDO has no packages for the project in any release. Install it from another source.'),
    sources: ['RI'],
    check: (context, report) => {
      if (context.cluster.repositories.rdo !== 'enabled') return;
      for (const item of listed(context)) {
        const project = projectOf(item.name);
        if (!item.isFirst || project?.isInRdo !== false || project.retired !== undefined) continue;
        report(item.span, msg('RDO has no packages for {0}. Install it from another source.', item.name));
      }
    },
  },
  {
    code: 'component-without-step',
    severity: 'information',
    about: msg(
      'Stackprep has steps for the components of the overview only; this one would not be installed.',
    ),
    sources: ['RI'],
    check: (context, report) => {
      const { cluster, isPackstack, release } = context;
      // Custom steps may install it.
      if (isPackstack || cluster.steps.some(({ custom }) => custom !== undefined)) return;
      for (const item of listed(context)) {
        const { isInRdo = false } = own(otherProjects, item.name) ?? {};
        if (!item.isFirst || !isInRdo || isGone(item.name, release)) continue;
        report(
          item.span,
          msg(
            'RDO has packages for {0}, but Stackprep has no step for it. Install it with a custom step.',
            item.name,
          ),
        );
      }
    },
  },
  {
    code: 'component-too-early',
    severity: 'warning',
    about: msg('In this release, the component is still part of another one and has no packages of its own.'),
    sources: ['RI'],
    hasFix: true,
    check: (context, report) => {
      const { release } = context;
      if (!release) return;
      for (const item of listed(context)) {
        const since = findComponent(item.name)?.since;
        if (since === undefined || !isLater(since, release.name) || !item.isFirst) continue;
        report(
          item.span,
          msg('{0} is a separate project since {1}. Remove it for {2}.', item.name, since, release.name),
          removal(context, item),
        );
      }
    },
  },
  {
    code: 'component-requirement-missing',
    severity: 'warning',
    about: msg('The component does not work without the other one. Its services would start and fail.'),
    sources: ['GOV', 'DG', 'IG'],
    hasFix: true,
    check: (context, report) => {
      if (!context.isWhole(...list)) return;
      const present = new Set(context.cluster.openstack.components);
      for (const { name, span, index, isFirst } of listed(context)) {
        const component = findComponent(name);
        if (!component || !isFirst || isGone(name, context.release)) continue;
        const missing = needsOf(component, context).filter((need) => !present.has(need));
        if (missing.length === 0) continue;
        const texts = [...new Set(missing.flatMap((need) => withNeeds(need, present, context)))];
        const edits = insertItems(context.reading, list, { before: index, texts });
        const fix = fixBy(msg('Add {0}', texts.join(', ')), edits);
        report(span, msg('{0} requires {1}. Add it to the components.', name, missing.join(', ')), fix);
        // Reported once, for the first component that needs it.
        for (const need of missing) present.add(need);
      }
    },
  },
  {
    code: 'neutron-provider-missing',
    severity: 'information',
    about: msg(
      'In the guide, nodes with Neutron have a second interface, which the bridge of the provider network takes. On a single one, the bridge would take the address away.',
    ),
    sources: ['IG', 'NIG'],
    check: (context, report) => {
      const { networks, openstack } = context.cluster;
      if (context.isPackstack || !networks.management || networks.provider || !context.isWhole('networks'))
        return;
      const others = Object.entries(networks).filter(
        ([name, { interface: device }]) => name !== 'management' && device !== undefined,
      );
      const item = listed(context).find(({ name }) => name === 'neutron');
      if (!openstack.components.includes('neutron') || !item || others.length > 0) return;
      report(
        item.span,
        msg(
          'Neutron needs a second interface for the provider network. Add networks.provider with its interface.',
        ),
      );
    },
  },
];

/** A component after all its missing requirements, in the order of installation. */
function withNeeds(name: string, present: ReadonlySet<string>, context: RuleContext): readonly string[] {
  const component = findComponent(name);
  const needs = component ? needsOf(component, context) : [];
  const missing = needs.filter((need) => !present.has(need));
  return [...new Set([...missing.flatMap((need) => withNeeds(need, present, context)), name])];
}
