import type { SshSettings } from './model.ts';

/** `user@host:port`, IPv6 addresses in brackets; parts that the file leaves to the user's ssh config are omitted. */
export function loginText({ user, host, port, open = [] }: SshSettings): string {
  const place = host.includes(':') && !open.includes('port') ? `[${host}]` : host;
  return `${open.includes('user') ? '' : `${user}@`}${place}${open.includes('port') ? '' : `:${port}`}`;
}
