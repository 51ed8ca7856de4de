import { msg } from '../base/l10n.ts';
import type { Span } from '../base/problem.ts';
import type { ExtraRepository } from '../cluster/model.ts';
import { releases } from '../data/releases.ts';
import {
  deadAddresses,
  releaseRepositories,
  systemRepositories,
  unsignedHosts,
} from '../data/repositories.ts';
import { isSurely, type Look } from './context.ts';
import type { Rule } from './rule.ts';

const urlKeys = ['baseurl', 'mirrorlist', 'metalink'] as const;

/** Each extra repository with the index that its item has in the file. */
export function extras({ cluster, reading }: Look): readonly (readonly [ExtraRepository, number])[] {
  const kept = reading.kept.get('repositories\nextra') ?? [];
  return cluster.repositories.extra.map((extra, index) => [extra, kept[index] ?? index]);
}

/** Every URL of the extra repositories with its place. */
function urls(look: Look): readonly { readonly url: string; readonly span: Span | undefined }[] {
  return extras(look).flatMap(([extra, index]) =>
    urlKeys.flatMap((key) => {
      const url = extra[key];
      return url === undefined ? [] : [{ url, span: look.at('repositories', 'extra', index, key)?.value }];
    }),
  );
}

/** The release that an id or a URL names. */
function releaseIn(text: string): string | undefined {
  const name = /(?:^|[/-])openstack-([a-z]+)(?:[/-]|$)/.exec(text)?.[1];
  return releases.find((release) => release.name === name)?.name;
}

/** Hosts of one's own network, where a mirror without TLS and signatures is a choice. */
const ownHosts =
  /^https?:\/\/(?:localhost|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^./:]+[:/]|[^/:]+\.(?:local|lan|internal|intranet|localdomain|test)[:/])/i;

/** Whether a repository's packages come over plain http from someone else's host. */
function isExposed(url: string): boolean {
  return /^http:/i.test(url) && !unsignedHosts.test(url) && !ownHosts.test(url);
}

/** The generation of Enterprise Linux that a URL is for; undefined where it does not say. */
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
    about: msg('It is EPEL under another key: its packages replace those that RDO needs.'),
    sources: ['IG', 'RI'],
    check: (look, report) => {
      if (look.cluster.repositories.rdo !== 'enabled' || !look.cluster.openstack.release) return;
      for (const [{ id, ...extra }, index] of extras(look)) {
        const isEpel =
          /^epel/i.test(id) || urlKeys.some((key) => /\/epel[/-]|repo=epel-/.test(extra[key] ?? ''));
        if (!isEpel) continue;
        report(
          look.at('repositories', 'extra', index, 'id')?.value,
          msg(
            '{0} is EPEL, which replaces packages that RDO needs; name only a repository with the packages that you want.',
            id,
          ),
        );
      }
    },
  },
  {
    code: 'extra-other-release',
    severity: 'warning',
    about: msg('Two releases in one system mix their packages: yum takes the newer one of each.'),
    sources: ['CRO', 'EXP'],
    check: (look, report) => {
      const own = look.cluster.openstack.release;
      if (own === undefined || look.cluster.repositories.rdo !== 'enabled') return;
      for (const [extra, index] of extras(look)) {
        for (const key of ['id', ...urlKeys] as const) {
          const other = releaseIn(extra[key] ?? '');
          if (other === undefined || other === own) continue;
          report(
            look.at('repositories', 'extra', index, key)?.value,
            msg('This is a repository of {0}, but the cluster uses {1}; keep one of them.', other, own),
          );
          break;
        }
      }
    },
  },
  {
    code: 'extra-id-duplicate',
    severity: 'warning',
    about: msg('Of two repositories with one id yum and dnf drop the second with a warning in the log.'),
    sources: ['YUM', 'DNF'],
    check: (look, report) => {
      const seen = new Set<string>();
      for (const [{ id }, index] of extras(look)) {
        if (seen.has(id))
          report(
            look.at('repositories', 'extra', index, 'id')?.value,
            msg('There is another repository {0} above; give this one an id of its own.', id),
          );
        seen.add(id);
      }
    },
  },
  {
    code: 'extra-id-taken',
    severity: 'warning',
    about: msg(
      'The system or the release package defines this id; of two definitions only the first file counts.',
    ),
    sources: ['YUM', 'DNF', 'CRO', 'RR'],
    check: (look, report) => {
      const { rdo } = look.cluster.repositories;
      const release = look.cluster.openstack.release;
      const ofRelease = release !== undefined && rdo === 'enabled' ? releaseRepositories(release) : [];
      const taken = new Set([...systemRepositories, ...ofRelease]);
      for (const [{ id }, index] of extras(look)) {
        if (!taken.has(id.toLowerCase()) || /^epel/i.test(id)) continue;
        report(
          look.at('repositories', 'extra', index, 'id')?.value,
          msg('{0} is the id of a repository that is there already; give this one an id of its own.', id),
        );
      }
    },
  },
  {
    code: 'extra-without-url',
    severity: 'error',
    about: msg(
      'Without baseurl, mirrorlist or metalink yum stops with "Cannot find a valid baseurl for repo".',
    ),
    sources: ['YUM'],
    check: (look, report) => {
      for (const [extra, index] of extras(look)) {
        const isNamed = urlKeys.some((key) => look.at('repositories', 'extra', index, key));
        if (isNamed) continue;
        report(
          look.at('repositories', 'extra', index, 'id')?.value,
          msg('{0} needs one of baseurl, mirrorlist and metalink.', extra.id),
        );
      }
    },
  },
  {
    code: 'extra-url',
    severity: 'error',
    about: msg(
      'yum and dnf take http, https, ftp and file URLs; anything else is an error that stops every command.',
    ),
    sources: ['YUM', 'DNF'],
    check: (look, report) => {
      for (const { url, span } of urls(look)) {
        // A baseurl may hold several URLs.
        if (
          url
            .trim()
            .split(/[\s,]+/)
            .every((part) => /^(?:https?|ftp|file):\/\/\S+$/i.test(part))
        )
          continue;
        report(span, msg('{0} is no URL that yum can read; begin it with https:// or file:///.', url));
      }
    },
  },
  {
    code: 'mirror-dead',
    severity: 'warning',
    about: msg('The address answers no more since the day that the message names.'),
    sources: ['MIRROR', 'EL8', 'CENTOS', 'EPEL', 'RW'],
    check: (look, report) => {
      for (const { url, span } of urls(look)) {
        const dead = deadAddresses.find(({ pattern }) => new RegExp(pattern).test(url));
        if (dead)
          report(
            span,
            msg('This address has been dead since {0}; look below {1}.', dead.since, dead.instead),
          );
      }
    },
  },
  {
    code: 'extra-unsigned',
    severity: 'information',
    about: msg('Unsigned packages are installed as they come; fine where the repository is your own.'),
    check: (look, report) => {
      for (const [extra, index] of extras(look)) {
        const all = urlKeys.map((key) => extra[key] ?? '');
        if (extra.gpgcheck !== false || all.some((url) => unsignedHosts.test(url) || isExposed(url)))
          continue;
        report(
          look.at('repositories', 'extra', index, 'gpgcheck')?.value,
          msg('Packages of {0} are installed without a signature check.', extra.id),
        );
      }
    },
  },
  {
    code: 'extra-unprotected',
    severity: 'warning',
    about: msg('Over plain http and without signatures anyone on the way can put a package of his own in.'),
    check: (look, report) => {
      for (const [extra, index] of extras(look)) {
        if (extra.gpgcheck !== false || !urlKeys.some((key) => isExposed(extra[key] ?? ''))) continue;
        report(
          look.at('repositories', 'extra', index, 'gpgcheck')?.value,
          msg('{0} is read over plain http and not checked; use https, or gpgcheck with a gpgkey.', extra.id),
        );
      }
    },
  },
  {
    code: 'extra-key-missing',
    severity: 'information',
    about: msg('Unless the key is on the nodes already, yum stops with "Public key for … is not installed".'),
    sources: ['YUM', 'DNF'],
    check: (look, report) => {
      for (const [extra, index] of extras(look)) {
        if (extra.gpgcheck !== true || extra.gpgkey !== undefined) continue;
        report(
          look.at('repositories', 'extra', index, 'gpgcheck')?.value,
          msg(
            'Signatures of {0} are checked, but it names no gpgkey; see that the nodes have the key.',
            extra.id,
          ),
        );
      }
    },
  },
  {
    code: 'extra-other-generation',
    severity: 'warning',
    about: msg('Packages of another generation of Enterprise Linux do not fit the libraries of this one.'),
    check: (look, report) => {
      for (const { url, span } of urls(look)) {
        const found = generationIn(url);
        if (found === undefined || look.generations.length === 0) continue;
        if (look.generations.some((el) => el === found) || isSurely(look, 10)) continue;
        report(
          span,
          msg(
            'This URL is for Enterprise Linux {0}, but the nodes have {1}.',
            found,
            look.generations.join(', '),
          ),
        );
      }
    },
  },
];
