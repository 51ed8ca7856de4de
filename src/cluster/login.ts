import type { SshSettings } from './model.ts';

/** `user@host:port`, an IPv6 address in brackets, as far as the file decides: what the user's ssh config may say is left out. */
export function loginText({ user, host, port, open = [] }: SshSettings): string {
  const place = host.includes(':') && !open.includes('port') ? `[${host}]` : host;
  return `${open.includes('user') ? '' : `${user}@`}${place}${open.includes('port') ? '' : `:${port}`}`;
}
