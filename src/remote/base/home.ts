import { join } from 'node:path';

/** Expands `~` to the user's home directory. */
export function expandHome(path: string, home: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

/** The default key files, in order of preference; ssh_config(5), IdentityFile. */
export function defaultIdentities(home: string): string[] {
  return ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name));
}
