import { defaultIdentities } from './base/home.ts';
import type { Target } from './base/target.ts';
import { agentSocket } from './keys/agent.ts';
import type { HostSettings } from './ssh-config/settings.ts';

export interface TargetOptions extends Pick<Target, 'node' | 'jump' | 'host' | 'port' | 'user'> {
  /** A key file that takes precedence over those in the ssh config; with `only`, those are not tried. */
  readonly identity?: { readonly path: string; readonly only: boolean };
  readonly settings: HostSettings;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A host to log in to, from the given settings and the user's ssh config. */
export function targetOf(wanted: TargetOptions): Target {
  const { node, jump, host, port, user, identity, settings, home, env } = wanted;
  const configured = settings.identities ?? defaultIdentities(home);
  const agent = settings.agent === undefined ? agentSocket(env) : (settings.agent ?? undefined);
  const {
    hostKeyAlias,
    identitiesOnly,
    knownHosts,
    revoked,
    strict,
    security,
    proxyCommand,
    link = {},
  } = settings;
  return {
    node,
    ...(jump !== undefined && { jump }),
    ...{ host, port, user },
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(identity?.only && { identity: identity.path }),
    identities: identity?.only ? [] : [...new Set([...(identity ? [identity.path] : []), ...configured])],
    ...(identitiesOnly && { identitiesOnly }),
    ...(agent !== undefined && { agent }),
    ...(knownHosts && { knownHosts }),
    ...(revoked && { revoked }),
    ...(strict && { strict }),
    ...(security && { security }),
    ...(proxyCommand !== undefined && { proxyCommand }),
    ...link,
  };
}
