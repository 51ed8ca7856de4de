/** A service outside of the cluster. */
export interface ExternalService {
  readonly host: string;
  readonly port: number;
}

/** The form of `external`: a host name or an address, with a port or without; IPv6 in brackets. */
export const externalForm = '^(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9][A-Za-z0-9._-]{0,252})(:[0-9]{1,5})?$';

const form = new RegExp(externalForm);

/** The host, without brackets, and the port; `usual` is the port of a text without one. */
export function parseExternal(text: string, usual: number): ExternalService | undefined {
  const [, host = '', port] = form.exec(text) ?? [];
  if (host === '') return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? usual : Number(port.slice(1)) };
}
