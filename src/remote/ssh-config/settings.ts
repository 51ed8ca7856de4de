import { userInfo } from 'node:os';
import { own } from '../../base/own.ts';
import { expandHome } from '../base/home.ts';

/** Lower-case keyword to its values, as `ssh -G` prints them. */
export type ConfigValues = ReadonlyMap<string, readonly string[]>;

/** What the user's OpenSSH settings say about one host; what they leave open is absent. */
export interface HostSettings {
  readonly hostName?: string;
  readonly port?: number;
  readonly user?: string;
  readonly hostKeyAlias?: string;
  readonly jump?: string;
  readonly proxyCommand?: string;
  readonly identities?: readonly string[];
  /** Of the agent's keys only those whose files are named. */
  readonly identitiesOnly?: boolean;
  /** The socket or pipe of the agent to use; null for none at all. */
  readonly agent?: string | null;
  /** The known_hosts files in place of the default ones. */
  readonly knownHosts?: readonly string[];
  /** Lists of host keys that are refused: the first name, or where there is no such file, the others (see `fileNames`). */
  readonly revoked?: readonly string[];
  /** An unknown host key is refused without a question. */
  readonly strict?: boolean;
}

export interface SettingsFor {
  /** The host as it was asked for. */
  readonly host: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads the values of one host. Only StrictHostKeyChecking `yes` counts: `no` and `accept-new` would trust what nobody has seen. */
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
  };
}

/** `ssh -G` prints several names in one line without quotes: the whole line may be one name with spaces. */
function fileNames(line: string): string[] {
  const words = line.split(/\s+/).filter((word) => word !== '' && !/^none$/i.test(word));
  return words.length > 1 ? [line, ...words] : words;
}

/** A path with `~`, `${VARIABLE}` and the tokens of ssh_config(5) that can stand in one. */
function expandPath(path: string, { host, home, env }: SettingsFor, values: ConfigValues): string {
  const value = (keyword: string, otherwise: string) => values.get(keyword)?.[0] ?? otherwise;
  const tokens: Readonly<Record<string, string>> = {
    ...{ '%': '%', d: home, n: host, u: userInfo().username },
    ...{ h: value('hostname', host), p: value('port', '22'), r: value('user', '') },
    k: value('hostkeyalias', host),
  };
  const named = path.replace(/\$\{(\w+)\}/g, (_, name: string) => own(env, name) ?? '');
  return expandHome(
    named.replace(/%(.)/g, (all, letter: string) => own(tokens, letter) ?? all),
    home,
  );
}

/** ssh_config(5), IdentityAgent: `none`, `SSH_AUTH_SOCK`, a variable, or a path. */
function agentOf(setting: string | undefined, { home, env }: SettingsFor): string | null | undefined {
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return undefined;
  if (/^none$/i.test(setting)) return null;
  const variable = /^\$\{?(\w+)\}?$/.exec(setting)?.[1];
  return variable === undefined ? expandHome(setting, home) : (own(env, variable) ?? null);
}
