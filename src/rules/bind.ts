import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix } from '../base/problem.ts';
import { hasAddress } from '../cluster/aliases.ts';
import { addressValue } from '../cluster/cidr.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { RuleContext } from './context.ts';
import { isMeantByDefinition } from './network-names.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*']);

interface Bind {
  /** As written in the file. */
  readonly bind: string;
  readonly isNetwork: boolean;
  readonly fixTo: (word: string) => Fix | undefined;
  readonly report: (message: Message, fix?: Fix | undefined) => void;
}

/** Runs a check on the bind address of MariaDB, if the file sets it. */
function onBind(check: (context: RuleContext, bind: Bind) => void): Rule['check'] {
  return (context, report) => {
    const bind = context.file.services?.mariadb?.['bind-address'];
    const span = context.at('services', 'mariadb', 'bind-address')?.value;
    if (bind === undefined || !span) return;
    check(context, {
      bind,
      isNetwork: Object.hasOwn(context.file.networks ?? {}, bind),
      fixTo: (word) => replacement(context.reading.source, span, word),
      report: (message, fix) => report(span, message, fix),
    });
  };
}

export const bindRules: readonly Rule[] = [
  {
    code: 'bind-unknown',
    severity: 'error',
    about: msg('MariaDB does not start with an invalid address.'),
    hasFix: true,
    check: onBind((context, { bind, isNetwork, fixTo, report }) => {
      if (isNetwork || everywhere.has(bind) || addressValue(bind) || !context.isWhole('networks')) return;
      if (isMeantByDefinition(context, bind)) return;
      const names = Object.keys(context.file.networks ?? {});
      const near = suggest(bind, names);
      if (near) report(msg('There is no network {0}. Did you mean {1}?', bind, near), fixTo(near));
      else report(msg('{0} is neither a network of this file nor an IP address.', bind));
    }),
  },
  {
    code: 'bind-other-node',
    severity: 'warning',
    about: msg(
      'A server can listen only on an address of its own node. Otherwise it stops with "Cannot assign requested address".',
    ),
    check: onBind((context, { bind, isNetwork, report }) => {
      if (isNetwork || everywhere.has(bind) || !addressValue(bind) || !context.isWhole('nodes')) return;
      const members = membersOf(context, 'mariadb');
      const holder = context.cluster.nodes.find((node) => hasAddress(node, bind));
      if (holder && members.length > 0 && !members.includes(holder.name))
        report(
          msg('{0} is the address of {1}, but MariaDB runs on {2}.', bind, holder.name, members.join(', ')),
        );
      else if (holder && members.length > 1)
        report(
          msg(
            'Only {0} has the address {1}. Use a network instead, so that each node uses its own address.',
            holder.name,
            bind,
          ),
        );
    }),
  },
  {
    code: 'bind-everywhere',
    severity: 'information',
    about: msg(
      'The database listens on every network of its node, including the public one. The guide binds it to the management network.',
    ),
    sources: ['IG'],
    hasFix: true,
    check: onBind(({ file }, { bind, isNetwork, fixTo, report }) => {
      if (isNetwork || !everywhere.has(bind)) return;
      const hasManagement = Object.hasOwn(file.networks ?? {}, 'management');
      const message = msg(
        'MariaDB would listen on every network of its node. Bind it to the management network.',
      );
      report(message, hasManagement ? fixTo('management') : undefined);
    }),
  },
  {
    code: 'bind-loopback',
    severity: 'warning',
    about: msg(
      'Only programs on the same node can connect to this address, but the compute nodes need the database as well.',
    ),
    hasFix: true,
    check: onBind(({ file, cluster }, { bind, isNetwork, fixTo, report }) => {
      if (isNetwork || !/^(?:127\.|::1$)/.test(bind) || cluster.nodes.length < 2) return;
      const hasManagement = Object.hasOwn(file.networks ?? {}, 'management');
      const message = msg('No other node can connect to {0}. Bind MariaDB to the management network.', bind);
      report(message, hasManagement ? fixTo('management') : undefined);
    }),
  },
  {
    code: 'bind-network-without-cidr',
    severity: 'warning',
    about: msg('The provider network has no addresses on the nodes to listen on.'),
    sources: ['IG'],
    check: onBind(({ file }, { bind, isNetwork, report }) => {
      if (!isNetwork || bind === 'management' || own(file.networks, bind)?.cidr !== undefined) return;
      report(
        msg(
          'The network {0} has no cidr. Bind to a network with addresses on the nodes, such as management.',
          bind,
        ),
      );
    }),
  },
];
