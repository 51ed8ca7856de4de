import { join } from 'node:path';

/** A path with `~` as the user's home. */
export function expandHome(path: string, home: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

/** The key files that are tried where the settings name none, the best first; ssh_config(5), IdentityFile. */
export function defaultIdentities(home: string): string[] {
  return ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name));
}
