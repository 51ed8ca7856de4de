import { wordsOf } from '../cluster/on-words.ts';
import { distance } from '../schema/suggest.ts';
import { perContext, type RuleContext } from './context.ts';

/** Roles with a meaning to Stackprep and Packstack. */
const wellKnownRoles = ['controller', 'compute', 'storage', 'network'] as const;

/** Other words for a role than misspellings and plurals: groups of other installers, abbreviations, and Korean. */
const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    controller: [
      ...['control', 'control-plane', 'controlplane', 'ctl', 'ctrl'],
      ...['컨트롤러', '콘트롤러', '컨트롤', '제어'],
    ],
    compute: ['comp', 'cmp', 'computing', 'nova-compute', '컴퓨트', '컴퓨팅'],
    storage: ['스토리지', '저장소', '저장'],
    network: ['networking', 'networker', 'networkers', '네트워크', '네트웍'],
  }).flatMap(([role, words]) => words.map((word) => [word, role] as const)),
);

/** Words used by an `on`: as roles, they are defined by the user. */
export const usedWords = perContext(({ file }: RuleContext): ReadonlySet<string> => {
  const services = Object.values(file.services ?? {}).map((settings) => settings?.on);
  const steps = (file.steps ?? []).map((step) => (typeof step === 'string' ? undefined : step.on));
  return new Set([...services, ...steps].flatMap((on) => (on === undefined ? [] : wordsOf(on))));
});

/** Words by which installers name a virtual address. */
export function isVirtualWord(word: string): boolean {
  return /^(?:vips?|virtual-?ips?|haproxy-vip|keepalived-vip|floating-vip)$/.test(
    word.toLowerCase().replaceAll('_', '-'),
  );
}

/** Whether a role has a meaning. */
export function isWellKnownRole(role: string): boolean {
  return wellKnownRoles.some((each) => each === role);
}

function wellKnown(role: string): string | undefined {
  const word = role.toLowerCase().replaceAll('_', '-');
  const bare = word.replace(/-?(?:(?:node|host|server)s?|노드|호스트|서버)$/, '').trim();
  const known = wellKnownRoles.find((each) => bare === each || bare === `${each}s`) ?? synonyms.get(bare);
  if (known !== undefined || !/^[a-z]{6,}$/.test(word)) return known;
  const near = wellKnownRoles.find((each) => distance(word, each) === 1);
  return near ?? (word.length >= 8 && distance(word, 'controller') === 2 ? 'controller' : undefined);
}

/** Cached results per word: thousands of nodes have few different roles. */
const meanings = perContext(() => new Map<string, string | undefined>());

/** The known role that was intended; undefined for a known role, and for a word that an `on` uses. */
export function roleMeant(context: RuleContext, role: string): string | undefined {
  const known = meanings(context);
  if (!known.has(role)) {
    const meant = usedWords(context).has(role) ? undefined : wellKnown(role);
    known.set(role, meant === role ? undefined : meant);
  }
  return known.get(role);
}

const separator = /[\s,;/+&]+/;

/** The roles in one item of a list, as in `controller compute`; undefined for a single role. */
export function rolesIn(context: RuleContext, role: string): readonly string[] | undefined {
  if (!separator.test(role)) return undefined;
  const words = role.split(separator).filter((word) => word !== '');
  if (words.length < 2 || usedWords(context).has(role) || wellKnown(role) !== undefined) return undefined;
  const roles = words.map((word) => roleMeant(context, word) ?? word);
  const isKnown = roles.some((word) => wellKnown(word) === word || usedWords(context).has(word));
  return isKnown ? [...new Set(roles)] : undefined;
}
