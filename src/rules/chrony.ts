import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { addressValue, contains, parseCidr } from '../cluster/cidr.ts';
import { removeItem } from '../cluster/edits.ts';
import { addressesOf } from './addresses.ts';
import { chronyServerRule } from './chrony-servers.ts';
import type { Rule } from './rule.ts';

/** What chrony.conf takes behind `allow`: a range, an address, the first parts of one, a host name, or all. */
const allowed = /^(?:all|\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z][A-Za-z0-9.-]*)$/;

export const chronyRules: readonly Rule[] = [
  chronyServerRule,
  {
    code: 'chrony-servers-missing',
    severity: 'information',
    about: msg(
      'Without a server the nodes use the system’s default pool, or have no time source where they cannot reach it.',
    ),
    sources: ['IG'],
    check: ({ file, at, isWhole }, report) => {
      const settings = file.services?.chrony;
      if (!settings || (settings.servers ?? []).length > 0 || !isWhole('services', 'chrony')) return;
      report(
        at('services', 'chrony')?.key,
        msg('No time server is named; add servers, such as 0.pool.ntp.org.'),
      );
    },
  },
  {
    code: 'chrony-server-duplicate',
    severity: 'warning',
    about: msg('One server named twice is one source of time, however often it is asked.'),
    hasFix: true,
    check: ({ file, reading, at, isWhole }, report) => {
      const servers = file.services?.chrony?.servers ?? [];
      if (!isWhole('services', 'chrony', 'servers')) return;
      servers.forEach((server, index) => {
        if (servers.indexOf(server) === index) return;
        const edits = removeItem(reading, ['services', 'chrony', 'servers'], index);
        report(
          at('services', 'chrony', 'servers', index)?.value,
          msg('The server {0} is in the list already.', server),
          fixBy(msg('Remove {0}', server), edits),
        );
      });
    },
  },
  {
    code: 'chrony-allow-invalid',
    severity: 'error',
    about: msg('chronyd does not start with an "allow" that it cannot read.'),
    sources: ['COMMON'],
    check: ({ file, at }, report) => {
      const allow = file.services?.chrony?.allow;
      if (allow === undefined || parseCidr(allow) || addressValue(allow) || isPartial(allow)) return;
      report(
        at('services', 'chrony', 'allow')?.value,
        msg('{0} is not an address range; write it like 192.168.113.0/24.', allow),
      );
    },
  },
  {
    code: 'chrony-allow-misses',
    severity: 'warning',
    about: msg('A node outside of the range gets no answer from the time server and drifts.'),
    sources: ['IG'],
    check: (look, report) => {
      const { file, cluster, at } = look;
      const range = parseCidr(file.services?.chrony?.allow ?? '');
      if (!range) return;
      const outside = cluster.nodes.filter(({ address }) => {
        const value = addressesOf(look).get(address);
        return value !== undefined && value.family === range.family && !contains(range, value);
      });
      const [first] = outside;
      if (!first) return;
      report(
        at('services', 'chrony', 'allow')?.value,
        msg(
          '{0} of the nodes, such as {1}, are outside of this range and get no time.',
          outside.length,
          first.name,
        ),
      );
    },
  },
  {
    code: 'chrony-allow-everyone',
    severity: 'information',
    about: msg('A time server that answers everyone can be used to flood others.'),
    sources: ['COMMON'],
    check: ({ file, at }, report) => {
      const allow = file.services?.chrony?.allow;
      if (allow === undefined || !/^(?:all|0\.0\.0\.0\/0|::\/0)$/.test(allow)) return;
      report(
        at('services', 'chrony', 'allow')?.value,
        msg('Anyone may ask this time server; name the range of your nodes.'),
      );
    },
  },
];

/** Whether chrony takes it though it is neither a whole address nor a range: `192.168`, a host name, `all`. */
function isPartial(allow: string): boolean {
  return allowed.test(allow) && allow.split('.').every((part) => !/^\d+$/.test(part) || Number(part) <= 255);
}
