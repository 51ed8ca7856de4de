import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix } from '../base/problem.ts';
import { addressValue } from '../cluster/cidr.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { Look } from './context.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*']);

interface Bind {
  /** As the file writes it. */
  readonly bind: string;
  readonly isNetwork: boolean;
  readonly fixTo: (word: string) => Fix | undefined;
  readonly tell: (message: Message, fix?: Fix | undefined) => void;
}

/** Runs a check on the bind address of MariaDB, where the file has one. */
function onBind(check: (look: Look, bind: Bind) => void): Rule['check'] {
  return (look, report) => {
    const bind = look.file.services?.mariadb?.['bind-address'];
    const span = look.at('services', 'mariadb', 'bind-address')?.value;
    if (bind === undefined || !span) return;
    check(look, {
      bind,
      isNetwork: Object.hasOwn(look.file.networks ?? {}, bind),
      fixTo: (word) => replacement(look.reading.source, span, word),
      tell: (message, fix) => report(span, message, fix),
    });
  };
}

export const bindRules: readonly Rule[] = [
  {
    code: 'bind-unknown',
    severity: 'error',
    about: msg('MariaDB does not start with an address that it cannot read.'),
    hasFix: true,
    check: onBind((look, { bind, isNetwork, fixTo, tell }) => {
      if (isNetwork || everywhere.has(bind) || addressValue(bind) || !look.isWhole('networks')) return;
      const names = Object.keys(look.file.networks ?? {});
      const near = suggest(bind, names);
      if (near) tell(msg('There is no network {0}; did you mean {1}?', bind, near), fixTo(near));
      else tell(msg('{0} is neither a network of this file nor an IP address.', bind));
    }),
  },
  {
    code: 'bind-elsewhere',
    severity: 'warning',
    about: msg(
      'A server can listen only on an address of its own machine; on another one it stops with "Cannot assign requested address".',
    ),
    check: onBind((look, { bind, isNetwork, tell }) => {
      if (isNetwork || everywhere.has(bind) || !addressValue(bind) || !look.isWhole('nodes')) return;
      const members = membersOf(look, 'mariadb');
      const holder = look.cluster.nodes.find((node) => node.address === bind);
      if (holder && members.length > 0 && !members.includes(holder.name))
        tell(
          msg('{0} is the address of {1}, but MariaDB goes to {2}.', bind, holder.name, members.join(', ')),
        );
      else if (holder && members.length > 1)
        tell(
          msg(
            'Only {0} has the address {1}; name a network, so that each node takes its own.',
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
      'The database listens on every network of its node, the public one too; the guide binds it to the management network.',
    ),
    sources: ['IG'],
    hasFix: true,
    check: onBind(({ file }, { bind, isNetwork, fixTo, tell }) => {
      if (isNetwork || !everywhere.has(bind)) return;
      const hasManagement = Object.hasOwn(file.networks ?? {}, 'management');
      const message = msg(
        'MariaDB would listen on every network of its node; bind it to the management network.',
      );
      tell(message, hasManagement ? fixTo('management') : undefined);
    }),
  },
  {
    code: 'bind-loopback',
    severity: 'warning',
    about: msg(
      'Only programs on the same machine reach such an address; the compute nodes need the database too.',
    ),
    hasFix: true,
    check: onBind(({ file, cluster }, { bind, isNetwork, fixTo, tell }) => {
      if (isNetwork || !/^(?:127\.|::1$)/.test(bind) || cluster.nodes.length < 2) return;
      const hasManagement = Object.hasOwn(file.networks ?? {}, 'management');
      const message = msg('No other node reaches {0}; bind MariaDB to the management network.', bind);
      tell(message, hasManagement ? fixTo('management') : undefined);
    }),
  },
  {
    code: 'bind-network-bare',
    severity: 'warning',
    about: msg('The provider network has no addresses on the nodes, so there is none to listen on.'),
    sources: ['IG'],
    check: onBind(({ file }, { bind, isNetwork, tell }) => {
      if (!isNetwork || bind === 'management' || own(file.networks, bind)?.cidr !== undefined) return;
      tell(
        msg(
          'The network {0} has no cidr; bind to a network with addresses on the nodes, such as management.',
          bind,
        ),
      );
    }),
  },
];
