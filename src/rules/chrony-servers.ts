import { msg } from '../base/l10n.ts';
import { type Fix, fixBy } from '../base/problem.ts';
import { isIpv4, isIpv6 } from '../cluster/address.ts';
import { splitItem } from '../cluster/edits.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey } from '../schema/reading.ts';
import { asText } from '../schema/replace.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** Server options without a value, in any chronyd since 3.4. */
const flags: ReadonlySet<string> = new Set(
  'auto_offline burst copy iburst ipv4 ipv6 noselect nts offline prefer require trust xleave'.split(' '),
);
/** Options with a numeric value. */
const numbers: ReadonlySet<string> = new Set(
  (
    'asymmetry certset filter key maxdelay maxdelaydevratio maxdelayquant maxdelayratio maxpoll maxsamples maxsources ' +
    'maxunreach mindelay minpoll minsamples minstratum ntsport offset polltarget port presend version'
  ).split(' '),
);

function isValued(option: string): boolean {
  return numbers.has(option) || option === 'extfield';
}

function isHost(word: string): boolean {
  return isIpv4(word) || isIpv6(word) || /^[A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?\.?$/.test(word);
}

/** Whether chronyd accepts these words after the name of a server. */
function areOptions(words: readonly string[]): boolean {
  let index = 0;
  while (index < words.length) {
    const [option, value = ''] = [words[index]?.toLowerCase() ?? '', words[index + 1]];
    const isFit = option === 'extfield' ? /^[\da-f]+$/i.test(value) : /^-?[\d.]+$/.test(value);
    if (!flags.has(option) && !(isValued(option) && isFit)) return false;
    index += flags.has(option) ? 1 : 2;
  }
  return true;
}

function wordsOf(server: string): readonly string[] {
  return server.split(/[ \t]+/).filter((word) => word !== '');
}

/** Whether `server …` in chrony.conf is valid with this item. */
export function isServer(server: string): boolean {
  const [host = '', ...options] = wordsOf(server);
  return isHost(host) && areOptions(options);
}

function isOption(word: string): boolean {
  return flags.has(word.toLowerCase()) || isValued(word.toLowerCase());
}

/** The servers intended by an item: without the directive, and without the `iburst` that every server gets. */
function serversMeant(server: string): readonly string[] | undefined {
  const [, host] = /^s?ntp:\/\/([^/:\s]+)\/?$/i.exec(server.trim()) ?? [];
  const words = host === undefined ? server.split(/[\s,;]+/).filter((word) => word !== '') : [host];
  if (words.length > 1 && /^(?:server|pool)$/i.test(words[0] ?? '')) words.shift();
  const first = words.findIndex(isOption);
  const hosts = first === -1 ? words : words.slice(0, first);
  const options = first === -1 ? [] : words.slice(first).filter((word) => word.toLowerCase() !== 'iburst');
  if (hosts.length === 0 || !hosts.every(isHost) || !areOptions(options)) return undefined;
  return hosts.map((each) => [each, ...options].join(' '));
}

/** The fix for an item; undefined if it would duplicate a server. */
function serverFix({ file, reading, at }: RuleContext, server: string, index: number): Fix | undefined {
  const meant = serversMeant(server);
  const list = ['services', 'chrony', 'servers'];
  const span = at(...list, index)?.value;
  const others = file.services?.chrony?.servers ?? [];
  const isNew = meant && new Set([...others, ...meant]).size === new Set(others).size + meant.length;
  if (!meant || !span || !isNew) return undefined;
  const [only = '', ...more] = meant;
  if (more.length === 0) return replacement(reading.source, span, only);
  const edits = splitItem(reading, list, { index, texts: meant.map(asText) });
  return fixBy(msg('Change to {0}', meant.join(', ')), edits);
}

export const chronyServerRule: Rule = {
  code: 'chrony-server-invalid',
  severity: 'error',
  about: msg(
    'Each server becomes a line "server NAME iburst" in chrony.conf. chronyd does not start with an invalid line: "Could not parse server directive".',
  ),
  sources: ['CHRONY'],
  hasFix: true,
  check: (context, report) => {
    const kept = context.reading.kept.get(pathKey('services', 'chrony', 'servers')) ?? [];
    (context.file.services?.chrony?.servers ?? []).forEach((server, place) => {
      if (isServer(server)) return;
      const index = kept[place] ?? place;
      const message = /\s/.test(server.trim())
        ? msg(
            '`server {0} iburst` is not valid in chrony.conf. Write one host name or IP address for each server.',
            server,
          )
        : msg('`{0}` is not a host name or an IP address.', server);
      report(
        context.at('services', 'chrony', 'servers', index)?.value,
        message,
        serverFix(context, server, index),
      );
    });
  },
};
