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
import { type Look, perLook } from './context.ts';
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

const listed = perLook(({ cluster, reading, at }): readonly Listed[] => {
  const kept = reading.kept.get(list.join('\n')) ?? [];
  const seen = new Set<string>();
  return cluster.openstack.components.map((name, position) => {
    const index = kept[position] ?? position;
    const isFirst = !seen.has(name);
    seen.add(name);
    return { name, index, span: at(...list, index)?.value, isFirst };
  });
});

function removal({ reading }: Look, { name, index }: Listed): Fix | undefined {
  return fixBy(msg('Remove {0}', name), removeItem(reading, list, index));
}

/** Whether a release came out without a project that ended before it. */
export function isGone(name: string, release: Release | undefined): boolean {
  const last = projectOf(name)?.last;
  return release !== undefined && last !== undefined && isLater(release.name, last);
}

/** What a component needs in a release: its own needs that exist on their own by then. */
function needsOf(component: Component, { release, isPackstack }: Look): readonly string[] {
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
    about: msg('The word differs from a component in one or two letters and most likely means it.'),
    sources: ['GOV'],
    hasFix: true,
    check: (look, report) => {
      const present = new Set(look.cluster.openstack.components);
      for (const { name, span } of listed(look)) {
        const near = names.includes(name) ? undefined : suggest(name, names);
        if (near === undefined || !span) continue;
        const isThere = present.has(near);
        report(
          span,
          msg('There is no component {0}; did you mean {1}?', name, near),
          isThere ? undefined : replacement(look.reading.source, span, near),
        );
      }
    },
  },
  {
    code: 'component-unlisted',
    severity: 'information',
    about: msg('The tables do not have the component, so nothing about it is checked.'),
    sources: ['GOV'],
    check: (look, report) => {
      for (const { name, span } of listed(look)) {
        if (names.includes(name) || suggest(name, names) !== undefined) continue;
        report(span, msg('Stackprep does not know the component {0} and checks nothing about it.', name));
      }
    },
  },
  {
    code: 'component-duplicate',
    severity: 'warning',
    about: msg('A component that is listed twice was most likely meant to be another one.'),
    hasFix: true,
    check: (look, report) => {
      for (const item of listed(look)) {
        if (item.isFirst) continue;
        report(item.span, msg('The component {0} is in the list already.', item.name), removal(look, item));
      }
    },
  },
  {
    code: 'component-retired',
    severity: 'warning',
    about: msg('The project ended before the release came out; there are no packages of it.'),
    sources: ['GOV', 'REL', 'RI'],
    hasFix: true,
    check: (look, report) => {
      const { release } = look;
      for (const item of listed(look)) {
        if (!release || !item.isFirst || !isGone(item.name, release)) continue;
        const { retired = '', last = '' } = projectOf(item.name) ?? {};
        report(
          item.span,
          msg(
            '{0} was retired on {1}; {2} is the last release with it, so leave it out of {3}.',
            item.name,
            retired,
            last,
            release.name,
          ),
          removal(look, item),
        );
      }
    },
  },
  {
    code: 'component-not-in-rdo',
    severity: 'warning',
    about: msg('RDO has no packages of the project, and it is retired; yum finds nothing to install.'),
    sources: ['RI', 'GOV'],
    hasFix: true,
    check: (look, report) => {
      for (const item of listed(look)) {
        const project = projectOf(item.name);
        if (!item.isFirst || project?.isInRdo !== false || project.retired === undefined) continue;
        report(
          item.span,
          msg(
            '{0} was retired on {1}, and RDO has no packages of it; leave it out.',
            item.name,
            project.retired,
          ),
          removal(look, item),
        );
      }
    },
  },
  {
    code: 'component-elsewhere',
    severity: 'information',
    about: msg('RDO has no packages of the project in any of its releases; install it from another source.'),
    sources: ['RI'],
    check: (look, report) => {
      if (look.cluster.repositories.rdo !== 'enabled') return;
      for (const item of listed(look)) {
        const project = projectOf(item.name);
        if (!item.isFirst || project?.isInRdo !== false || project.retired !== undefined) continue;
        report(item.span, msg('RDO has no packages of {0}; install it from another source.', item.name));
      }
    },
  },
  {
    code: 'component-too-early',
    severity: 'warning',
    about: msg(
      'In this release the component is still a part of another one and has no packages of its own.',
    ),
    sources: ['RI'],
    hasFix: true,
    check: (look, report) => {
      const { release } = look;
      if (!release) return;
      for (const item of listed(look)) {
        const since = findComponent(item.name)?.since;
        if (since === undefined || !isLater(since, release.name) || !item.isFirst) continue;
        report(
          item.span,
          msg(
            '{0} is a separate project from {1} on; with {2} leave it out.',
            item.name,
            since,
            release.name,
          ),
          removal(look, item),
        );
      }
    },
  },
  {
    code: 'component-need-missing',
    severity: 'warning',
    about: msg(
      'The component does not work without the other one; the services of the two would start and fail.',
    ),
    sources: ['GOV', 'DG', 'IG'],
    hasFix: true,
    check: (look, report) => {
      if (!look.isWhole(...list)) return;
      const present = new Set(look.cluster.openstack.components);
      for (const { name, span, index, isFirst } of listed(look)) {
        const component = findComponent(name);
        if (!component || !isFirst || isGone(name, look.release)) continue;
        const missing = needsOf(component, look).filter((need) => !present.has(need));
        if (missing.length === 0) continue;
        const texts = [...new Set(missing.flatMap((need) => withNeeds(need, present, look)))];
        const edits = insertItems(look.reading, list, { before: index, texts });
        const fix = fixBy(msg('Add {0}', texts.join(', ')), edits);
        report(span, msg('{0} needs {1}; add it to the components.', name, missing.join(', ')), fix);
        // Told once, for the first component that needs it.
        for (const need of missing) present.add(need);
      }
    },
  },
];

/** A component behind all that it needs and that is not there yet, in the order in which they can be set up. */
function withNeeds(name: string, present: ReadonlySet<string>, look: Look): readonly string[] {
  const component = findComponent(name);
  const needs = component ? needsOf(component, look) : [];
  const missing = needs.filter((need) => !present.has(need));
  return [...new Set([...missing.flatMap((need) => withNeeds(need, present, look)), name])];
}
