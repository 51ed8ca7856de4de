import { type Message, msg } from '../base/l10n.ts';
import { addressValue } from '../cluster/cidr.ts';
import { type AnswerKey, answerKeys, isOnPython2 } from './keys.ts';

/** Why a value is refused; undefined if it is accepted. Without a version, what any version accepts is. */
export type Validator = (value: string, key: AnswerKey, version?: string) => Message | undefined;

const hostName = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;

function isHost(text: string): boolean {
  return addressValue(text) !== undefined || (hostName.test(text) && !/^[\d.]+$/.test(text));
}

function isFamily(text: string, family: 4 | 6): boolean {
  return addressValue(text)?.family === family;
}

const digits = String.raw`\d+(?:_\d+)*`;
/** Numbers as Python’s `int` and `float` read them: `16.`, `1_000` and `nan` are valid. */
const integer = new RegExp(`^[-+]?${digits}$`);
const float = new RegExp(
  `^[-+]?(?:(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:e[-+]?${digits})?|inf(?:inity)?|nan)$`,
  'i',
);

/** Python 2 refuses `1_000`. */
function isNumber(value: string, shape: RegExp, version?: string): boolean {
  return shape.test(value) && !(value.includes('_') && version !== undefined && isOnPython2(version));
}

const numberOf = (text: string): number => Number(text.replaceAll('_', ''));

function host(value: string, key: AnswerKey): Message | undefined {
  return isHost(value) ? undefined : msg('{0} must be one address or name. {1} is neither.', key.name, value);
}

function hosts(value: string, key: AnswerKey): Message | undefined {
  // A trailing comma does not add a host.
  const wrong = value.split(',').find((part) => part.trim() !== '' && !isHost(part.trim()));
  if (wrong === undefined) return undefined;
  return msg('{0} must be addresses or names separated by commas. {1} is neither.', key.name, wrong.trim());
}

/** One NFS export: `ADDRESS:/PATH`, an IPv6 address in brackets, never a name (PS validators.py, `validate_export`). */
function isExport(text: string): boolean {
  const [place = '', path = '', ...more] = text.split(':/');
  if (more.length > 0 || path === '' || !text.includes(':/')) return false;
  const bracketed = /^\[([^\]]+)\]$/.exec(place)?.[1];
  return bracketed === undefined ? isFamily(place, 4) : isFamily(bracketed, 6);
}

/** Whether every part of a distinguished name is `type=value` (RFC 4514); escaped separators belong to the value. */
function isDistinguishedName(text: string): boolean {
  return text
    .replace(/\\./gs, '')
    .split(/[,;+]/)
    .every((part) => /^\s*[A-Za-z0-9][A-Za-z0-9.-]*\s*=/.test(part));
}

/** The expressions of keys whose values must match one of them. */
const expressions = new Map(
  answerKeys
    .filter(({ checks }) => checks.some((check) => check.endsWith('regexp')))
    .map(({ name, options }) => [name, options.map((pattern) => new RegExp(pattern))] as const),
);

function matchesOne(value: string, { name }: AnswerKey): boolean {
  return expressions.get(name)?.some((pattern) => pattern.test(value)) ?? true;
}

/** Packstack’s validators by name, for values that are not empty. Those that ask the node (`file`, `sshkey`, …) are left to it. */
export const validators: Readonly<Record<string, Validator>> = {
  integer: (value, key, version) =>
    isNumber(value, integer, version)
      ? undefined
      : msg('{0} must be a whole number, not {1}.', key.name, value),
  float: (value, key, version) =>
    isNumber(value, float, version) ? undefined : msg('{0} must be a number, not {1}.', key.name, value),
  port: (value, key, version) =>
    isNumber(value, integer, version) && numberOf(value) >= 0 && numberOf(value) < 65_535
      ? undefined
      : msg('Invalid port for {0}: {1}.', key.name, value),
  ssh: host,
  multi_ssh: hosts,
  multi_ping: hosts,
  ip: (value, key) =>
    addressValue(value) === undefined
      ? msg('{0} must be an address, not the name {1}: Packstack does not resolve it.', key.name, value)
      : undefined,
  storage: (value, key) =>
    value.startsWith('/')
      ? undefined
      : msg('{0} must be paths of devices that begin with /, separated by commas, not {1}.', key.name, value),
  storage_size: (value, key) =>
    /^\d+[GMK]/i.test(value)
      ? undefined
      : msg('{0} must be a size such as 1G, 1000M or 1000000K, not {1}.', key.name, value),
  volume_size: (value, key) =>
    /^\d+G$/.test(value)
      ? undefined
      : msg(
          '{0} must be whole gibibytes such as 20G, not {1}. Packstack stops only when it has changed the hosts.',
          key.name,
          value,
        ),
  multi_export: (value, key) => {
    const wrong = value.split(',').find((part) => !isExport(part));
    return wrong === undefined
      ? undefined
      : msg(
          '{0} must be exports such as 192.168.1.10:/volumes or [fd00::10]:/volumes. {1} is not: Packstack accepts no names and no blanks.',
          key.name,
          wrong,
        );
  },
  regexp: (value, key) =>
    matchesOne(value, key)
      ? undefined
      : msg('{0} must match {1}, which {2} does not.', key.name, key.options.join(' | '), value),
  multi_regexp: (value, key) => {
    const wrong = value.split(',').find((part) => part.trim() !== '' && !matchesOne(part.trim(), key));
    return wrong === undefined
      ? undefined
      : msg('{0} must match {1}, which {2} does not.', key.name, key.options.join(' | '), wrong);
  },
  ldap_url: (value, key) =>
    /^ldap[si]?:\/\//i.test(value)
      ? undefined
      : msg('{0} must be a URL such as ldap://host, not {1}.', key.name, value),
  ldap_dn: (value, key) =>
    isDistinguishedName(value)
      ? undefined
      : msg('{0} must be a distinguished name such as dc=example,dc=com, not {1}.', key.name, value),
  json_list: (value, key) =>
    isList(value) ? undefined : msg('{0} must be a JSON list such as [], not {1}.', key.name, value),
};

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
