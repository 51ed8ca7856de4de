import type { KnownInterfaces } from '../view/interfaces.ts';

/** Client → server, when the reported network interfaces of the nodes of a cluster file change. */
export const interfacesNotification = 'stackprep/interfaces';

/** `interfaces` is empty if the nodes are no longer known. */
export interface InterfacesParams {
  readonly uri: string;
  readonly interfaces: KnownInterfaces;
}
