import { msg } from '../base/l10n.ts';
import { urlsIn } from '../cluster/urls.ts';
import { replacement } from '../schema/fixes.ts';
import { extras } from './extras.ts';
import type { Rule } from './rule.ts';

/** Rules about where all packages come from. */
export const sourceRules: readonly Rule[] = [
  {
    code: 'source-without-repositories',
    severity: 'error',
    about: msg(
      'With source extra, only the repositories under extra are enabled. Without any, no package can be installed.',
    ),
    check: ({ cluster, at }, report) => {
      const { source, extra } = cluster.repositories;
      if (source !== 'extra' || extra.some(({ enabled }) => enabled !== false)) return;
      report(
        at('repositories', 'source')?.value,
        msg('No repository would be enabled. Add the mirrors of the system and of the release under extra.'),
      );
    },
  },
  {
    code: 'source-with-rdo',
    severity: 'error',
    about: msg('The release package brings repositories on the internet, which this source disables.'),
    sources: ['RW'],
    hasFix: true,
    check: ({ cluster, reading, at, file }, report) => {
      const { source, rdo } = cluster.repositories;
      const release = cluster.openstack.release;
      if (source === 'system' || rdo !== 'enabled' || release === undefined) return;
      const span = at('repositories', 'rdo')?.value;
      report(
        span ?? at('repositories', 'source')?.value,
        source === 'extra'
          ? msg(
              'With source {0}, RDO’s own repositories are not used. Set rdo: disabled, and name its mirror under extra.',
              source,
            )
          : msg(
              'With source {0}, RDO’s own repositories are not used. Set rdo: disabled; the content view must have its mirror.',
              source,
            ),
        span && file.repositories?.rdo ? replacement(reading.source, span, 'disabled') : undefined,
      );
    },
  },
  {
    code: 'source-without-mirror',
    severity: 'warning',
    about: msg('Without a mirror of the release, yum finds none of its packages.'),
    check: (context, report) => {
      const { cluster, at } = context;
      const { source, extra, rdo } = cluster.repositories;
      const { release } = cluster.openstack;
      if (source !== 'extra' || rdo !== 'disabled' || release === undefined || extra.length === 0) return;
      const name = (text: string) => text.includes(`openstack-${release}`) || text.includes(release);
      if (extra.some((each) => name(each.id) || urlsIn(each).some(name))) return;
      report(
        at('repositories', 'extra')?.key,
        msg('None of these repositories names {0}. Add the mirror of openstack-{0}.', release),
      );
    },
  },
  {
    code: 'extra-tls-unverified',
    severity: 'warning',
    about: msg('Without a check of the certificate, https protects no better than http.'),
    check: (context, report) => {
      for (const [extra, index] of extras(context)) {
        if (extra.sslverify !== false) continue;
        report(
          context.at('repositories', 'extra', index, 'sslverify')?.value,
          extra.gpgcheck === false
            ? msg(
                '{0} checks neither the certificate nor the signatures: anyone on the network path can replace packages.',
                extra.id,
              )
            : msg(
                '{0} does not check the certificate of its server. Add the CA to the nodes instead.',
                extra.id,
              ),
        );
      }
    },
  },
  {
    code: 'extra-disabled-unused',
    severity: 'information',
    about: msg('yum and dnf leave out a disabled repository unless a command names it with --enablerepo.'),
    check: (context, report) => {
      for (const [extra, index] of extras(context)) {
        if (extra.enabled !== false) continue;
        const used = context.cluster.steps.some(({ custom }) => custom?.run.includes(extra.id));
        if (used) continue;
        report(
          context.at('repositories', 'extra', index, 'enabled')?.value,
          msg('{0} is disabled, and no step uses it.', extra.id),
        );
      }
    },
  },
];
