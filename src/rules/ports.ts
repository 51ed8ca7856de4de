import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { findComponent } from '../data/components.ts';
import { packstackInstalls } from '../data/packstack.ts';
import { serviceFacts } from '../data/services.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

function sshdPort({ file }: RuleContext): { readonly key: string; readonly port: number } | undefined {
  const key = Object.keys(file.sshd ?? {}).find((name) => name.toLowerCase() === 'port');
  const port = Number(key === undefined ? Number.NaN : own(file.sshd, key));
  return key !== undefined && Number.isInteger(port) ? { key, port } : undefined;
}

/** The ports of a component as Packstack sets it up. */
function portsWithPackstack(name: string): readonly number[] {
  const component = findComponent(name);
  return component?.packstackPorts ?? component?.ports ?? [];
}

/** The services that listen on a TCP port in such a cluster. */
function holderOf(context: RuleContext, port: number): string | undefined {
  const service = serviceFacts.find(
    ({ id, tcp }) => context.cluster.services[id]?.on.length && tcp.includes(port),
  );
  if (service) return service.id;
  // Packstack keeps the default ports; a manual installation may not.
  if (!context.isPackstack) return undefined;
  const { release, components } = context.cluster.openstack;
  return components.find((name) => {
    return packstackInstalls(name, release) && portsWithPackstack(name).includes(port);
  });
}

/** Rules about ports that two programs would share. */
export const portRules: readonly Rule[] = [
  {
    code: 'port-clash',
    severity: 'error',
    about: msg('Two programs cannot listen on the same port. Either sshd or the service would not start.'),
    sources: ['PORTS', 'RABBIT'],
    check: (context, report) => {
      const sshd = sshdPort(context);
      const holder = sshd && holderOf(context, sshd.port);
      if (!sshd || holder === undefined) return;
      report(
        context.at('sshd', sshd.key)?.value,
        msg('Port {0} is used by {1}. Use another port for sshd.', sshd.port, holder),
      );
    },
  },
];
