import { joined, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Component } from '../../data/components.ts';
import { packstackOptions } from '../../data/packstack.ts';
import { codes, type Page, sourceLine } from './page.ts';

/** The explanation of an OpenStack component. */
export function explainComponent(component: Component): Page {
  const { name, role, packages, units, needs, ports, since, retired, last, sources } = component;
  const option = own(packstackOptions, name);
  return [
    joined([`**${name}**`, role], ': '),
    [
      ...(retired === undefined ? [] : [msg('Retired on {0}.', retired)]),
      ...(last === undefined ? [] : [msg('Last release in RDO: {0}.', last)]),
      ...(since === undefined ? [] : [msg('A separate project since {0}.', since)]),
      packages.length === 0 ? msg('RDO has no packages for it.') : msg('Packages: {0}', codes(packages)),
      ...(units.length === 0 ? [] : [msg('Services: {0}', codes(units))]),
      ...(needs.length === 0 ? [] : [msg('Requires {0}.', codes(needs))]),
      ...(ports.length === 0 ? [] : [msg('Ports: {0}', ports.join(', '))]),
      option
        ? msg('Packstack installs it with {0}.', codes([option.key]))
        : msg('Packstack cannot install it.'),
    ],
    sourceLine(sources),
  ];
}
