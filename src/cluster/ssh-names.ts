import { joined, type Message, msg } from '../base/l10n.ts';
import { visible } from '../base/visible.ts';
import { isIpv6 } from './address.ts';

/**
 * Character rules for host names and logins of nodes and jump hosts, as in OpenSSH
 * (readconf.c, ssh_valid_hostname and ssh_valid_ruser of 10.5; CVE-2023-51385), but stricter for hosts: a wildcard or a comma
 * would match other hosts in a known_hosts file. Each function returns the reason why a value is refused.
 */
type NameProblem = Message | undefined;

/** Limit of host names in getaddrinfo(3); no system allows longer user names. */
const maxLength = 255;

const hostStart = /^[\p{L}\p{N}_.:]/u;
const hostCharacter = /[\p{L}\p{N}\p{M}_.:-]/u;
const zone = /^[\w.-]+$/;
const hidden = /[\p{C}\p{Zl}\p{Zp}]/u;
const shellOfUsers = `'\`";&<>|(){}`;

function form(text: string): NameProblem {
  if (text === '') return msg('it is empty');
  if (text.startsWith('-')) return msg('it begins with a dash');
  return text.length > maxLength ? msg('it is longer than {0} characters', maxLength) : undefined;
}

function contains(character: string): Message {
  return msg('it contains the character {0}', character === ' ' ? 'U+0020' : visible(character));
}

/** Checks a host: a name or an address, possibly with a zone (`fe80::1%eth0`), without a port. */
export function hostNameProblem(text: string): NameProblem {
  const flaw = form(text);
  if (flaw) return flaw;
  const at = text.indexOf('%');
  const name = at === -1 ? text : text.slice(0, at);
  if (at !== -1 && !(name.includes(':') && zone.test(text.slice(at + 1)))) return contains('%');
  const bad = [...name].find((character) => !hostCharacter.test(character));
  if (bad !== undefined) return contains(bad);
  if (!hostStart.test(name)) return contains([...name][0] ?? '');
  return name.includes(':') && !isIpv6(name)
    ? msg('it has a colon and is not an IPv6 address; the port has its own key')
    : undefined;
}

/** Checks a name of a host in known_hosts files; patterns are refused (sshd(8)). */
export function aliasProblem(text: string): NameProblem {
  const flaw = form(text);
  if (flaw) return flaw;
  const first = text[0] ?? '';
  if ('@#|'.includes(first)) return contains(first);
  const bad = [...text].find((character) => hidden.test(character) || /[\s,*?!]/.test(character));
  return bad === undefined ? undefined : contains(bad);
}

/** Checks the name of a user on a node. */
export function userNameProblem(text: string): NameProblem {
  const flaw = form(text);
  if (flaw) return flaw;
  const bad = [...text].find((character) => hidden.test(character) || shellOfUsers.includes(character));
  if (bad !== undefined) return contains(bad);
  if (/\s-/.test(text)) return msg('a word in it begins with a dash');
  return text.endsWith('\\') ? msg('it ends with a backslash') : undefined;
}

/** Checks the path of a key file. */
export function identityProblem(text: string): NameProblem {
  if (text === '') return msg('it is empty');
  if (text.startsWith('-')) return msg('it begins with a dash');
  const bad = [...text].find((character) => hidden.test(character));
  return bad === undefined ? undefined : contains(bad);
}

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** A jump host; user and port are undefined if the ssh config decides. */
export interface JumpHost {
  /** As written. */
  readonly word: string;
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

const jumpWord = /^(?:ssh:\/\/)?(?:([^\s#]+)@)?(?:\[([^\][\s]+)\]|([^\s:@[\]]+))(?::(\d{1,5}))?$/;

/** The jump hosts of a comma-separated list, or the first invalid item with the reason. */
export function readJump(
  text: string,
):
  | { readonly ok: true; readonly hosts: readonly JumpHost[] }
  | { readonly ok: false; readonly word: string; readonly flaw: Message } {
  const hosts: JumpHost[] = [];
  for (const word of text.split(',').map((part) => part.trim())) {
    const [, user, address, name, port] = jumpWord.exec(word) ?? [];
    const host = address ?? name;
    const flaw =
      host === undefined || (port !== undefined && !isPort(Number(port)))
        ? msg('it is neither a Host of the ssh config nor user@host:port')
        : (hostNameProblem(host) ?? (user === undefined ? undefined : userNameProblem(user)));
    if (host === undefined || flaw) return { ok: false, word, flaw: flaw ?? msg('it is empty') };
    hosts.push({
      ...{ word, host },
      ...(user !== undefined && { user }),
      ...(port !== undefined && { port: Number(port) }),
    });
  }
  return { ok: true, hosts };
}

/** The connection settings of a node. */
export interface LoginNames {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identity?: string;
  readonly jump?: string;
  readonly hostKeyAlias?: string;
}

/** The reason for the first refused value, as a sentence; undefined if all values are valid. */
export function loginProblem({ host, port, user, identity, jump, hostKeyAlias }: LoginNames): NameProblem {
  const of = (name: Message, value: string, flaw: NameProblem): NameProblem =>
    flaw && joined([name, ` "${visible(value.slice(0, maxLength))}": `, flaw]);
  const way = jump === undefined ? undefined : readJump(jump);
  return (
    of(msg('host'), host, hostNameProblem(host)) ??
    of(msg('user'), user, userNameProblem(user)) ??
    (isPort(port) ? undefined : of(msg('port'), String(port), msg('it is not from 1 to 65535'))) ??
    (identity === undefined ? undefined : of(msg('key file'), identity, identityProblem(identity))) ??
    (way && !way.ok ? of(msg('jump host'), way.word, way.flaw) : undefined) ??
    (hostKeyAlias === undefined
      ? undefined
      : of(msg('host key alias'), hostKeyAlias, aliasProblem(hostKeyAlias)))
  );
}

const plain = /^[\p{L}\p{N}_.:@][\p{L}\p{N}_.:@-]*(?:%[\w.-]+)?$/u;

/** Whether a value is neither an option nor special to a shell anywhere in a command line (ssh_config(5), TOKENS). */
export function isShellSafe(value: string): boolean {
  return plain.test(value);
}
