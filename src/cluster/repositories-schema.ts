import { msg } from '../base/l10n.ts';
import {
  choice,
  flag,
  integer,
  list,
  matching,
  named,
  object,
  optional,
  required,
  text,
  textOr,
  withLone,
} from '../schema/schema.ts';

const onOff = choice('enabled', 'disabled');

const repository = object({
  id: required(matching('^[A-Za-z0-9_.:-]+$', msg('letters, digits, and _ . : -')), msg('Repository id.')),
  name: optional(text, msg('Display name.')),
  baseurl: optional(
    textOr(list(named('url')), named('url')),
    msg('URL of the folder with repodata, or a list of URLs with the same contents.'),
    'url',
    'urls',
  ),
  enabled: optional(flag, msg('Whether yum and dnf use it; true without this key.')),
  sslverify: optional(
    flag,
    msg('Whether the certificate of an https server is checked; true without this key.'),
  ),
  mirrorlist: optional(named('url'), msg('URL of a list of mirrors.')),
  metalink: optional(named('url'), msg('URL of a metalink file.')),
  gpgkey: optional(named('url'), msg('URL of the key that signs the packages.')),
  gpgcheck: optional(flag, msg('Whether signatures are checked.')),
  priority: optional(
    integer(1, 99),
    msg(
      'Priority: 1 is the highest, 99 is the default. On EL7, yum applies it only with yum-plugin-priorities, which the step installs.',
    ),
  ),
});

/** Key `repositories`. */
export const repositories = object({
  rdo: optional(onOff, msg('The RDO repository of the release.')),
  epel: optional(
    onOff,
    msg(
      'EPEL. RDO requires it to be disabled. If enabled, it replaces no package that another repository has (on EL7 with yum-plugin-priorities, which the step installs).',
    ),
  ),
  archive: optional(
    named('archive'),
    msg('Where repositories without mirrors are pointed: auto, never, or a base URL.'),
  ),
  source: optional(
    choice('system', 'extra', 'satellite'),
    msg(
      'Where all packages come from: the repositories of the system (system), only those under extra (extra), or the Satellite that the node is registered with, and extra (satellite). All others are disabled.',
    ),
  ),
  extra: optional(list(repository), msg('Additional repositories.')),
});

/** Key `proxy`: the address, or with the exceptions. */
export const proxy = withLone(
  object({
    http: required(named('url'), msg('The proxy, such as http://proxy.example.com:3128.'), 'url'),
    https: optional(named('url'), msg('The proxy for https URLs; without this key, the same.')),
    'no-proxy': optional(
      list(matching('^[A-Za-z0-9.*:_/-]{1,253}$', msg('a host, a domain, an address or a network'))),
      msg('Hosts, domains and networks that are reached directly, in addition to the nodes.'),
      'noproxy',
    ),
  }),
  'http',
);
