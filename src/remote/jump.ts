import { msg } from '../core/l10n.ts';
import type { Failure } from '../core/run/failure.ts';
import { agentSocket } from './agent.ts';
import { jumpFailure } from './failures.ts';
import { defaultIdentities, expandHome } from './home.ts';
import { readSshConfig, type SshConfig } from './ssh-config.ts';
import type { Target } from './target.ts';

export interface JumpRequest {
  /** The node behind the jump hosts; its key file serves for a jump host that has no settings of its own. */
  readonly target: Target;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export type Hops =
  | { readonly ok: true; readonly hops: readonly Target[] }
  | { readonly ok: false; readonly failure: Failure };

/** How many jump hosts may stand one behind the other. */
const MOST_HOPS = 8;

/**
 * The jump hosts to log in to, the first to dial first. `user@host:port` is taken at its word; a name without a user is looked
 * up in the user's ssh config, whose own ProxyJump counts for the first of several, as with `ssh -J`.
 */
export async function findHops(jump: string, request: JumpRequest, depth = 0): Promise<Hops> {
  const hops: Target[] = [];
  for (const word of jump.split(',').map((part) => part.trim())) {
    const [, user, name, port] =
      /^(?:([^@\s]+)@)?(\[[^\][\s]+\]|[^\s:@[\]]+)(?::(\d{1,5}))?$/.exec(word) ?? [];
    const host = name?.replace(/^\[|\]$/g, '');
    // The name becomes an argument of ssh and a word in a `Match exec` of the user's config.
    if (host === undefined || !/^[\p{L}\p{N}][\p{L}\p{N}._:%-]*$/u.test(host) || Number(port) > 65_535)
      return refuse(
        word,
        msg('it is neither a Host of the ssh config nor user@host:port'),
        msg('Correct the "jump" key in the cluster file.'),
      );
    if (depth + hops.length >= MOST_HOPS)
      return refuse(
        word,
        msg('there are too many jump hosts in a row, or they point at each other'),
        msg('Check ProxyJump in the ssh config.'),
      );
    if (user !== undefined) hops.push(plainHop({ word, user, host, port: Number(port ?? 22) }, request));
    else {
      const found = await configuredHop(
        { word, host, ...(port !== undefined && { port: Number(port) }) },
        request,
      );
      if (!found.ok) return found;
      const isFirst = hops.length === 0;
      const before =
        isFirst && found.jump !== undefined ? await findHops(found.jump, request, depth + 1) : undefined;
      if (before && !before.ok) return before;
      hops.push(...(before?.hops ?? []), found.hop);
    }
  }
  return { ok: true, hops };
}

function refuse(...[jump, why, action]: Parameters<typeof jumpFailure>): { ok: false; failure: Failure } {
  return { ok: false, failure: jumpFailure(jump, why, action) };
}

interface Word {
  readonly word: string;
  readonly host: string;
}

function plainHop(
  { word, user, host, port }: Word & { readonly user: string; readonly port: number },
  { target, home, env }: JumpRequest,
): Target {
  const agent = agentSocket(env);
  const named = target.identity === undefined ? [] : [target.identity];
  return {
    node: target.node,
    jump: word,
    host,
    port,
    user,
    identities: [...new Set([...named, ...defaultIdentities(home)])],
    ...(agent !== undefined && { agent }),
  };
}

type Configured =
  | { readonly ok: true; readonly hop: Target; readonly jump?: string }
  | { ok: false; failure: Failure };

async function configuredHop(
  { word, host, port }: Word & { readonly port?: number },
  { target, home, env, signal }: JumpRequest,
): Promise<Configured> {
  const read = await readSshConfig({ host, env, signal, ...(port !== undefined && { port }) });
  if ('failure' in read) return { ok: false, failure: read.failure };
  const value = (keyword: string) => {
    const first = read.config.get(keyword)?.[0];
    return first === 'none' ? undefined : first;
  };
  if (value('proxycommand') !== undefined)
    return refuse(
      word,
      msg('its ssh config uses ProxyCommand, which is not supported'),
      msg('Use ProxyJump for {0} in the ssh config, or write the jump host as user@host:port.', host),
    );
  const agent = agentOf(read.config, env, home);
  const [hostKeyAlias, jump] = [value('hostkeyalias'), value('proxyjump')];
  const hop: Target = {
    node: target.node,
    jump: word,
    host: value('hostname') ?? host,
    port: Number(value('port') ?? 22),
    user: value('user') ?? target.user,
    identities: (read.config.get('identityfile') ?? []).map((path) => expandHome(path, home)),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(agent !== undefined && { agent }),
  };
  return { ok: true, hop, ...(jump !== undefined && { jump }) };
}

/** ssh_config(5), IdentityAgent: `none`, `SSH_AUTH_SOCK`, a variable, or a path. */
function agentOf(config: SshConfig, env: JumpRequest['env'], home: string): string | undefined {
  const setting = config.get('identityagent')?.[0];
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return agentSocket(env);
  if (setting === 'none') return undefined;
  const variable = /^\$\{?(\w+)\}?$/.exec(setting)?.[1];
  return variable === undefined ? expandHome(setting, home) : env[variable];
}
