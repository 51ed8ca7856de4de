import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { replaced } from '../schema/replace.ts';
import { distance } from '../schema/suggest.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** Networks with a meaning to Stackprep and Packstack. */
const wellKnownNetworks = ['management', 'provider', 'overlay', 'tunnel', 'storage', 'external'] as const;

/** Common short forms of the names of networks. */
const shortForms: ReadonlyMap<string, string> = new Map([
  ...['mgmt', 'mgt', 'mngt', 'admin-mgmt'].map((word) => [word, 'management'] as const),
]);

function meantBy(name: string): string | undefined {
  const word = name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/-?(?:network|net)$/, '');
  const [head = '', ...rest] = word.split('-');
  if (rest.length > 0 && head !== '' && distance(head, 'provider') <= 1) return `provider-${rest.join('-')}`;
  const known =
    wellKnownNetworks.find((each) => word === each || word === `${each}s`) ?? shortForms.get(word);
  if (known !== undefined || !/^[a-z]{5,}$/.test(word)) return known;
  return wellKnownNetworks.find((each) => distance(word, each) <= (each.length > 8 ? 2 : 1));
}

/** The networks whose names are nearly one with a meaning, with that name. */
export const networkSlips = perContext(({ file }): ReadonlyMap<string, string> => {
  const names = Object.keys(file.networks ?? {});
  const slips = new Map<string, string>();
  for (const name of names) {
    const meant = meantBy(name);
    if (meant === undefined || meant === name || names.includes(meant) || [...slips.values()].includes(meant))
      continue;
    slips.set(name, meant);
  }
  return slips;
});

/** Whether a name is that of a network whose definition has a slip, so that only the definition needs a fix. */
export function isMeantByDefinition(context: RuleContext, name: string): boolean {
  return [...networkSlips(context).values()].includes(name);
}

export const networkNameRules: readonly Rule[] = [
  {
    code: 'network-typo',
    severity: 'warning',
    about: msg(
      'Network names are free, but only management, overlay, tunnel, storage, external, provider and provider-NAME have a meaning. With a similar name, the network is not used.',
    ),
    hasFix: true,
    check: (context, report) => {
      const { file, reading, at } = context;
      const bind = file.services?.mariadb?.['bind-address'];
      for (const [name, meant] of networkSlips(context)) {
        const key = at('networks', name)?.key;
        if (!key) continue;
        const user = bind === name ? at('services', 'mariadb', 'bind-address')?.value : undefined;
        const spans = user ? [key, user] : [key];
        const edits = spans.map((span) => replaced(reading.source, span, meant));
        report(
          key,
          msg('Nothing uses the network `{0}`. Did you mean `{1}`?', name, meant),
          fixBy(msg('Change to {0}', meant), edits),
        );
      }
    },
  },
];
