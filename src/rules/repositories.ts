import { msg } from '../base/l10n.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { Rule } from './rule.ts';

export const repositoryRules: readonly Rule[] = [
  {
    code: 'archive-invalid',
    severity: 'error',
    about: msg('The value must be auto, never, or the URL of an archive.'),
    hasFix: true,
    check: ({ cluster, reading, at }, report) => {
      const { archive } = cluster.repositories;
      const span = at('repositories', 'archive')?.value;
      if (!span || /^(?:auto|never|(?:https?|ftp|file):\/\/\S+)$/.test(archive)) return;
      const near = suggest(archive, ['auto', 'never']);
      const message = msg('{0} is not auto, never or a URL such as https://vault.centos.org/.', archive);
      report(span, message, near === undefined ? undefined : replacement(reading.source, span, near));
    },
  },
  {
    code: 'archive-never',
    severity: 'warning',
    about: msg(
      'The mirrors of the system are gone. Unless its repositories point at the archive, yum cannot reach any.',
    ),
    sources: ['MIRROR', 'EL8', 'CENTOS'],
    hasFix: true,
    check: ({ cluster, systems, reading, at }, report) => {
      const span = at('repositories', 'archive')?.value;
      const os = systems.find((each) => each.os.archive !== undefined)?.os;
      if (cluster.repositories.archive !== 'never' || !os || !span) return;
      if (cluster.repositories.extra.length > 0) return;
      report(
        span,
        msg('The mirrors of {0} are gone. Use auto, or add your own repositories under `extra`.', os.name),
        replacement(reading.source, span, 'auto'),
      );
    },
  },
  {
    code: 'epel-enabled',
    severity: 'warning',
    about: msg(
      'EPEL has newer versions of packages that RDO pins: its leatherman breaks Packstack on CentOS 7, its Erlang breaks RabbitMQ on EL9.',
    ),
    sources: ['IG', 'RI', 'ERLANG'],
    hasFix: true,
    check: ({ cluster, reading, at }, report) => {
      const { rdo, epel } = cluster.repositories;
      const span = at('repositories', 'epel')?.value;
      if (rdo !== 'enabled' || epel !== 'enabled' || !span || !cluster.openstack.release) return;
      report(
        span,
        msg('EPEL replaces packages that RDO requires. Disable it.'),
        replacement(reading.source, span, 'disabled'),
      );
    },
  },
];
