import { distance } from '../schema/suggest.ts';
import { perContext, type RuleContext } from './context.ts';

/** The roles with a meaning to Stackprep and Packstack. */
const wellKnownRoles = ['controller', 'compute', 'storage', 'network'] as const;

/** What people write for them besides slips and plurals: the names of other installers' groups, and short forms. */
const synonyms: ReadonlyMap<string, string> = new Map(
  ['control', 'control-plane', 'controlplane', 'ctl', 'ctrl'].map((word) => [word, 'controller']),
);

/** Every word that an `on` uses: as a role it has a meaning of the user's own. */
const usedWords = perContext(({ file }: RuleContext): ReadonlySet<string> => {
  const services = Object.values(file.services ?? {}).map((settings) => settings?.on);
  const steps = (file.steps ?? []).map((step) => (typeof step === 'string' ? undefined : step.on));
  return new Set([...services, ...steps].flatMap((word) => (word === undefined ? [] : [word])));
});

function wellKnown(role: string): string | undefined {
  const word = role.toLowerCase().replaceAll('_', '-');
  const bare = word.replace(/-?(?:node|host|server)s?$/, '');
  const known = wellKnownRoles.find((each) => bare === each || bare === `${each}s`) ?? synonyms.get(bare);
  if (known !== undefined || !/^[a-z]{6,}$/.test(word)) return known;
  return wellKnownRoles.find((each) => distance(word, each) === 1);
}

/** What was found for each word: thousands of nodes have a few roles. */
const meanings = perContext(() => new Map<string, string | undefined>());

/** The role with a meaning that was meant by another word; undefined for one of these, and for a word that an `on` uses. */
export function roleMeant(context: RuleContext, role: string): string | undefined {
  const known = meanings(context);
  if (!known.has(role)) {
    const meant = usedWords(context).has(role) ? undefined : wellKnown(role);
    known.set(role, meant === role ? undefined : meant);
  }
  return known.get(role);
}

const separator = /[\s,;/+&]+/;

/** The roles that one item of a list has in it, as in `controller compute`; undefined where it is one role. */
export function rolesIn(context: RuleContext, role: string): readonly string[] | undefined {
  if (!separator.test(role)) return undefined;
  const words = role.split(separator).filter((word) => word !== '');
  if (words.length < 2 || usedWords(context).has(role)) return undefined;
  const roles = words.map((word) => roleMeant(context, word) ?? word);
  const isKnown = roles.some((word) => wellKnown(word) === word || usedWords(context).has(word));
  return isKnown ? [...new Set(roles)] : undefined;
}
