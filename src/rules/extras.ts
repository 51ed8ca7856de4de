import { msg } from '../base/l10n.ts';
import type { Span } from '../base/problem.ts';
import type { ExtraRepository } from '../cluster/model.ts';
import { urlsIn } from '../cluster/urls.ts';
import { releases } from '../data/releases.ts';
import {
  deadAddresses,
  releaseRepositories,
  systemRepositories,
  unsignedHosts,
} from '../data/repositories.ts';
import { isSurely, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

const urlKeys = ['baseurl', 'mirrorlist', 'metalink'] as const;

/** Each extra repository with its index in the file. */
export function extras({ cluster, reading }: RuleContext): readonly (readonly [ExtraRepository, number])[] {
  const kept = reading.kept.get('repositories\nextra') ?? [];
  return cluster.repositories.extra.map((extra, index) => [extra, kept[index] ?? index]);
}

/** Every URL of the extra repositories with its position. */
function urls(context: RuleContext): readonly { readonly url: string; readonly span: Span | undefined }[] {
  return extras(context).flatMap(([extra, index]) =>
    urlKeys.flatMap((key) => {
      const value = extra[key];
      const at = ['repositories', 'extra', index, key] as const;
      if (value === undefined) return [];
      if (typeof value === 'string') return [{ url: value, span: context.at(...at)?.value }];
      // A single URL is in place of a list.
      return value.map((url, item) => ({ url, span: (context.at(...at, item) ?? context.at(...at))?.value }));
    }),
  );
}

/** The release in an id or a URL. */
function releaseIn(text: string): string | undefined {
  const name = /(?:^|[/-])openstack-([a-z]+)(?:[/-]|$)/.exec(text)?.[1];
  return releases.find((release) => release.name === name)?.name;
}

/** Hosts in a private network, where a mirror without TLS and signatures is acceptable. */
const ownHosts =
  /^https?:\/\/(?:localhost|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^./:]+[:/]|[^/:]+\.(?:local|lan|internal|intranet|localdomain|test)[:/])/i;

/** Whether a repository's packages come over plain http from a public host. */
function isExposed(url: string): boolean {
  return /^http:/i.test(url) && !unsignedHosts.test(url) && !ownHosts.test(url);
}

/** The Enterprise Linux generation in a URL; undefined if it has none. */
function generationIn(url: string): number | undefined {
  const match =
    /(?:^|[^a-z0-9])el(7|8|9|10)(?![0-9a-z])|\/(8|9|10)-stream\/|\/centos\/([78])(?:[./]|$)/i.exec(url);
  const found = match?.[1] ?? match?.[2] ?? match?.[3];
  return found === undefined ? undefined : Number(found);
}

export const extraRules: readonly Rule[] = [
  {
    code: 'extra-epel',
    severity: 'warning',
    about: msg('This is EPEL under another id. Its packages replace those that RDO requires.'),
    sources: ['IG', 'RI'],
    check: (context, report) => {
      if (context.cluster.repositories.rdo !== 'enabled' || !context.cluster.openstack.release) return;
      for (const [{ id, ...extra }, index] of extras(context)) {
        const isEpel =
          /^epel/i.test(id) || urlsIn({ id, ...extra }).some((url) => /\/epel[/-]|repo=epel-/.test(url));
        if (!isEpel) continue;
        report(
          context.at('repositories', 'extra', index, 'id')?.value,
          msg(
            '{0} is EPEL, which replaces packages that RDO requires. Use a repository that has only the packages you need.',
            id,
          ),
        );
      }
    },
  },
  {
    code: 'extra-other-release',
    severity: 'warning',
    about: msg('Two releases on one node mix their packages: yum installs the newer one of each.'),
    sources: ['CRO', 'EXP'],
    check: (context, report) => {
      const own = context.cluster.openstack.release;
      if (own === undefined || context.cluster.repositories.rdo !== 'enabled') return;
      for (const [extra, index] of extras(context)) {
        for (const key of ['id', ...urlKeys] as const) {
          const other = [extra[key] ?? []]
            .flat()
            .map(releaseIn)
            .find((found) => found !== undefined);
          if (other === undefined || other === own) continue;
          report(
            context.at('repositories', 'extra', index, key)?.value,
            msg('This is a repository of {0}, but the cluster uses {1}. Use only one of them.', other, own),
          );
          break;
        }
      }
    },
  },
  {
    code: 'extra-id-duplicate',
    severity: 'warning',
    about: msg('If two repositories have the same id, yum and dnf ignore the second one with a warning.'),
    sources: ['YUM', 'DNF'],
    check: (context, report) => {
      const seen = new Set<string>();
      for (const [{ id }, index] of extras(context)) {
        if (seen.has(id))
          report(
            context.at('repositories', 'extra', index, 'id')?.value,
            msg('The repository {0} is already defined above. Use another id.', id),
          );
        seen.add(id);
      }
    },
  },
  {
    code: 'extra-id-taken',
    severity: 'warning',
    about: msg(
      'The system or the release package defines this id. Of two definitions, only the first is used.',
    ),
    sources: ['YUM', 'DNF', 'CRO', 'RR'],
    check: (context, report) => {
      const { rdo } = context.cluster.repositories;
      const release = context.cluster.openstack.release;
      const ofRelease = release !== undefined && rdo === 'enabled' ? releaseRepositories(release) : [];
      const taken = new Set([...systemRepositories, ...ofRelease]);
      for (const [{ id }, index] of extras(context)) {
        if (!taken.has(id.toLowerCase()) || /^epel/i.test(id)) continue;
        report(
          context.at('repositories', 'extra', index, 'id')?.value,
          msg('A repository with the id {0} already exists. Use another id.', id),
        );
      }
    },
  },
  {
    code: 'extra-without-url',
    severity: 'error',
    about: msg(
      'Without baseurl, mirrorlist or metalink, yum stops with "Cannot find a valid baseurl for repo".',
    ),
    sources: ['YUM'],
    check: (context, report) => {
      for (const [extra, index] of extras(context)) {
        const isNamed = urlKeys.some((key) => context.at('repositories', 'extra', index, key));
        if (isNamed) continue;
        report(
          context.at('repositories', 'extra', index, 'id')?.value,
          msg('{0} requires one of baseurl, mirrorlist and metalink.', extra.id),
        );
      }
    },
  },
  {
    code: 'extra-url',
    severity: 'error',
    about: msg(
      'yum and dnf accept http, https, ftp and file URLs. Any other value is an error that stops every command.',
    ),
    sources: ['YUM', 'DNF'],
    check: (context, report) => {
      for (const { url, span } of urls(context)) {
        // A baseurl may contain several URLs.
        if (
          url
            .trim()
            .split(/[\s,]+/)
            .every((part) => /^(?:https?|ftp|file):\/\/\S+$/i.test(part))
        )
          continue;
        report(span, msg('{0} is not a URL that yum supports. Start it with https:// or file:///.', url));
      }
    },
  },
  {
    code: 'mirrors-gone',
    severity: 'warning',
    about: msg('The address no longer responds since the date in the message.'),
    sources: ['MIRROR', 'EL8', 'CENTOS', 'EPEL', 'RW'],
    check: (context, report) => {
      for (const { url, span } of urls(context)) {
        const dead = deadAddresses.find(({ pattern }) => new RegExp(pattern).test(url));
        if (dead)
          report(
            span,
            msg('This address has been gone since {0}. Use {1} instead.', dead.since, dead.instead),
          );
      }
    },
  },
  {
    code: 'extra-unsigned',
    severity: 'information',
    about: msg(
      'Unsigned packages are installed without verification. This is fine for a repository of your own.',
    ),
    check: (context, report) => {
      for (const [extra, index] of extras(context)) {
        const all = urlsIn(extra);
        if (extra.gpgcheck !== false || all.some((url) => unsignedHosts.test(url) || isExposed(url)))
          continue;
        report(
          context.at('repositories', 'extra', index, 'gpgcheck')?.value,
          msg('Packages of {0} are installed without a signature check.', extra.id),
        );
      }
    },
  },
  {
    code: 'extra-http-unsigned',
    severity: 'warning',
    about: msg('With plain http and no signatures, anyone on the network path can replace packages.'),
    check: (context, report) => {
      for (const [extra, index] of extras(context)) {
        if (extra.gpgcheck !== false || !urlsIn(extra).some(isExposed)) continue;
        report(
          context.at('repositories', 'extra', index, 'gpgcheck')?.value,
          msg(
            '{0} uses plain http without signature checks. Use https, or gpgcheck with a gpgkey.',
            extra.id,
          ),
        );
      }
    },
  },
  {
    code: 'extra-key-missing',
    severity: 'information',
    about: msg('Unless the key is already on the nodes, yum stops with "Public key for … is not installed".'),
    sources: ['YUM', 'DNF'],
    check: (context, report) => {
      for (const [extra, index] of extras(context)) {
        if (extra.gpgcheck !== true || extra.gpgkey !== undefined) continue;
        report(
          context.at('repositories', 'extra', index, 'gpgcheck')?.value,
          msg(
            'Signatures of {0} are checked, but it has no gpgkey. Make sure the nodes have the key.',
            extra.id,
          ),
        );
      }
    },
  },
  {
    code: 'extra-other-system',
    severity: 'warning',
    about: msg('Packages for another version of Enterprise Linux do not match the libraries of this one.'),
    check: (context, report) => {
      for (const { url, span } of urls(context)) {
        const found = generationIn(url);
        if (found === undefined || context.generations.length === 0) continue;
        if (context.generations.some((el) => el === found) || isSurely(context, 10)) continue;
        report(
          span,
          msg(
            'This URL is for Enterprise Linux {0}, but the nodes run {1}.',
            found,
            context.generations.join(', '),
          ),
        );
      }
    },
  },
];
