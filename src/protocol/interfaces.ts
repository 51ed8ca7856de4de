import type { KnownInterfaces } from '../view/interfaces.ts';

/** Client → server, whenever the nodes of a cluster file said something new of their network interfaces. */
export const interfacesNotification = 'stackprep/interfaces';

/** `interfaces` is empty where the nodes are not known any more. */
export interface InterfacesParams {
  readonly uri: string;
  readonly interfaces: KnownInterfaces;
}
