import { msg } from '../../base/l10n.ts';
import type { OperatingSystem } from '../../data/operating-systems.ts';
import { releases } from '../../data/releases.ts';
import type { ServiceFacts } from '../../data/services.ts';
import { codeBlock, codes, type Page, sourceLine } from './page.ts';

/** The explanation of an operating system. */
export function explainSystem({ name, el, manager, ends, archive, builds, sources }: OperatingSystem): Page {
  const fitting = releases.filter((release) => release.builds.some((build) => builds.includes(build)));
  return [
    msg('**{0}**: Enterprise Linux {1}, package manager {2}', name, el, manager),
    [
      ...(ends === undefined ? [] : [msg('Updates until {0}', ends)]),
      ...(archive === undefined ? [] : [msg('Its packages are now at {0}.', archive)]),
      fitting.length === 0
        ? msg('RDO has no release for this system.')
        : msg('RDO releases for this system: {0}', codes(fitting.map((release) => release.name))),
    ],
    sourceLine(sources),
  ];
}

/** The explanation of a service from the installation guide. */
export function explainService({ unit, file, settings, tcp, udp, sources }: ServiceFacts): Page {
  const rows = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
  const ports = [...tcp.map((port) => `${port}/tcp`), ...udp.map((port) => `${port}/udp`)];
  return [
    [
      msg('Service: {0}', codes([unit])),
      ...(ports.length === 0 ? [] : [msg('Ports: {0}', ports.join(', '))]),
      ...(file === undefined ? [] : [msg('From the installation guide, {0}:', codes([file]))]),
    ],
    codeBlock('ini', rows),
    sourceLine(sources),
  ];
}
