import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { addressValue, contains, parseCidr } from '../cluster/cidr.ts';
import { removeItem } from '../cluster/edits.ts';

import { chronyServerRule } from './chrony-servers.ts';
import type { Rule } from './rule.ts';

/** What chrony.conf accepts after `allow`: a range, an address, the first parts of one, a host name, or all. */
const allowed = /^(?:all|\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z][A-Za-z0-9.-]*)$/;

export const chronyRules: readonly Rule[] = [
  chronyServerRule,
  {
    code: 'chrony-servers-missing',
    severity: 'information',
    about: msg(
      'Without servers, the nodes use the default pool of the system, or have no time source if they cannot reach it.',
    ),
    sources: ['IG'],
    check: ({ file, at, isWhole }, report) => {
      const settings = file.services?.chrony;
      if (
        !settings ||
        settings.external !== undefined ||
        (settings.servers ?? []).length > 0 ||
        !isWhole('services', 'chrony')
      )
        return;
      report(at('services', 'chrony')?.key, msg('No time servers. Add servers, such as 0.pool.ntp.org.'));
    },
  },
  {
    code: 'chrony-server-duplicate',
    severity: 'warning',
    about: msg('A server that is listed twice is still one time source.'),
    hasFix: true,
    check: ({ file, reading, at, isWhole }, report) => {
      const servers = file.services?.chrony?.servers ?? [];
      if (!isWhole('services', 'chrony', 'servers')) return;
      servers.forEach((server, index) => {
        if (servers.indexOf(server) === index) return;
        const edits = removeItem(reading, ['services', 'chrony', 'servers'], index);
        report(
          at('services', 'chrony', 'servers', index)?.value,
          msg('The server {0} is already in the list.', server),
          fixBy(msg('Remove {0}', server), edits),
        );
      });
    },
  },
  {
    code: 'chrony-allow-invalid',
    severity: 'error',
    about: msg('chronyd does not start with an invalid "allow" line.'),
    sources: ['COMMON'],
    check: ({ file, at }, report) => {
      const allow = file.services?.chrony?.allow;
      if (allow === undefined || parseCidr(allow) || addressValue(allow) || isPartial(allow)) return;
      report(
        at('services', 'chrony', 'allow')?.value,
        msg('{0} is not an address range. Example: 192.168.113.0/24.', allow),
      );
    },
  },
  {
    code: 'chrony-allow-excludes-nodes',
    severity: 'warning',
    about: msg('A node outside the range gets no answer from the time server, and its clock drifts.'),
    sources: ['IG'],
    check: (context, report) => {
      const { file, cluster, at } = context;
      const range = parseCidr(file.services?.chrony?.allow ?? '');
      if (!range) return;
      const outside = cluster.nodes.filter(({ address }) => {
        const value = addressValue(address ?? '');
        return value !== undefined && value.family === range.family && !contains(range, value);
      });
      const [first] = outside;
      if (!first) return;
      report(
        at('services', 'chrony', 'allow')?.value,
        msg('{0} nodes, such as {1}, are outside this range and get no time.', outside.length, first.name),
      );
    },
  },
  {
    code: 'chrony-allow-everyone',
    severity: 'information',
    about: msg('A time server that answers everyone can be abused to flood others.'),
    sources: ['COMMON'],
    check: ({ file, at }, report) => {
      const allow = file.services?.chrony?.allow;
      if (allow === undefined || !/^(?:all|0\.0\.0\.0\/0|::\/0)$/.test(allow)) return;
      report(
        at('services', 'chrony', 'allow')?.value,
        msg('Anyone can query this time server. Set the address range of your nodes.'),
      );
    },
  },
];

/** Whether chrony accepts a value that is neither a complete address nor a range: `192.168`, a host name, `all`. */
function isPartial(allow: string): boolean {
  return allowed.test(allow) && allow.split('.').every((part) => !/^\d+$/.test(part) || Number(part) <= 255);
}
