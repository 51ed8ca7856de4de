import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { own } from '../../base/own.ts';
import { expandHome } from '../base/home.ts';
import { type Security, securityOf } from '../base/security.ts';
import { type LinkSettings, linkSettingsOf } from './link-settings.ts';
import type { ConfigValues } from './values.ts';

/** The user's OpenSSH settings for a host; absent if not set. */
export interface HostSettings {
  readonly hostName?: string;
  readonly port?: number;
  readonly user?: string;
  readonly hostKeyAlias?: string;
  readonly jump?: string;
  readonly proxyCommand?: string;
  readonly identities?: readonly string[];
  /** Only agent keys whose files are listed. */
  readonly identitiesOnly?: boolean;
  /** The socket or pipe of the agent; null for none. */
  readonly agent?: string | null;
  /** known_hosts files instead of the default ones. */
  readonly knownHosts?: readonly string[];
  /** Lists of revoked host keys: the first name, or if there is no such file, the others (see `fileNames`). */
  readonly revoked?: readonly string[];
  /** An unknown host key is refused without a prompt. */
  readonly strict?: boolean;
  /** What the config forbids. */
  readonly security?: Security;
  /** How to connect. */
  readonly link?: LinkSettings;
}

export interface SettingsFor {
  /** The host as requested. */
  readonly host: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The keywords that the files set for any host, in lower case: ssh -G prints the defaults of the others, too. */
  readonly mentioned?: ReadonlySet<string>;
}

/** Reads the values for a host. */
export function settingsOf(values: ConfigValues, context: SettingsFor): HostSettings {
  const one = (keyword: string) => {
    const value = values.get(keyword)?.[0];
    return value === undefined || value === '' || /^none$/i.test(value) ? undefined : value;
  };
  const [hostName, user, alias] = [one('hostname'), one('user'), one('hostkeyalias')];
  const port = Number(one('port'));
  const paths = (keyword: string) => values.get(keyword)?.map((path) => expandPath(path, context, values));
  const identities = paths('identityfile')?.filter((path) => !/^none$/i.test(path));
  const known = ['userknownhostsfile', 'globalknownhostsfile'].map((keyword) =>
    values
      .get(keyword)
      ?.flatMap((line) => fileNames(line))
      .map((path) => expandPath(path, context, values)),
  );
  const lists = one('revokedhostkeys');
  const revoked =
    lists === undefined ? undefined : fileNames(lists).map((path) => expandPath(path, context, values));
  const agent = agentOf(values.get('identityagent')?.[0], context);
  const link = linkSettingsOf(values, {
    isSet: (keyword) => context.mentioned?.has(keyword) ?? true,
    files: paths,
    host: hostName ?? context.host,
  });
  const [jump, proxyCommand] = [one('proxyjump'), one('proxycommand')];
  return {
    ...(hostName !== undefined && { hostName }),
    ...(Number.isInteger(port) && port > 0 && port < 65_536 && { port }),
    ...(user !== undefined && { user }),
    ...(alias !== undefined && { hostKeyAlias: alias }),
    ...(jump !== undefined && { jump }),
    ...(jump === undefined && proxyCommand !== undefined && { proxyCommand }),
    ...(identities !== undefined && { identities }),
    ...(/^(yes|true)$/i.test(one('identitiesonly') ?? '') && { identitiesOnly: true }),
    ...(agent !== undefined && { agent }),
    ...(revoked !== undefined && { revoked }),
    ...(known.some(Boolean) && { knownHosts: known.flatMap((files) => files ?? []) }),
    ...(/^(yes|true)$/i.test(one('stricthostkeychecking') ?? '') && { strict: true }),
    security: securityOf(one, (keyword) => context.mentioned?.has(keyword) ?? true),
    ...(Object.keys(link).length > 0 && { link }),
  };
}

/** `ssh -G` prints several names on one line without quotes: the line may also be one name with spaces. */
function fileNames(line: string): string[] {
  const words = line.split(/\s+/).filter((word) => word !== '' && !/^none$/i.test(word));
  return words.length > 1 ? [line, ...words] : words;
}

/** Expands `~`, `${VARIABLE}` and the tokens of ssh_config(5) in a path. */
function expandPath(path: string, { host, home, env }: SettingsFor, values: ConfigValues): string {
  const value = (keyword: string, otherwise: string) => values.get(keyword)?.[0] ?? otherwise;
  const tokens: Readonly<Record<string, string>> = {
    ...{ '%': '%', d: home, n: host, u: userInfo().username },
    ...{ h: value('hostname', host), p: value('port', '22'), r: value('user', '') },
    ...{ k: value('hostkeyalias', host), i: String(userInfo().uid), j: value('proxyjump', '') },
    ...{ L: hostname().split('.', 1)[0] ?? '', l: hostname() },
    C: connectionHash([
      hostname(),
      value('hostname', host),
      value('port', '22'),
      value('user', ''),
      value('proxyjump', ''),
    ]),
  };
  const named = path.replace(/\$\{(\w+)\}/g, (_, name: string) => own(env, name) ?? '');
  return expandHome(
    named.replace(/%(.)/g, (all, letter: string) => own(tokens, letter) ?? all),
    home,
  );
}

/** `%C` of ssh_config(5): the hash of %l%h%p%r%j (OpenSSH 9.6 and later; before without %j, which is empty then). */
function connectionHash(parts: readonly string[]): string {
  return createHash('sha1')
    .update(parts.map((part) => (/^none$/i.test(part) ? '' : part)).join(''))
    .digest('hex');
}

/** ssh_config(5), IdentityAgent: `none`, `SSH_AUTH_SOCK`, a variable, or a path. */
function agentOf(setting: string | undefined, { home, env }: SettingsFor): string | null | undefined {
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return undefined;
  if (/^none$/i.test(setting)) return null;
  const variable = /^\$\{?(\w+)\}?$/.exec(setting)?.[1];
  return variable === undefined ? expandHome(setting, home) : (own(env, variable) ?? null);
}
