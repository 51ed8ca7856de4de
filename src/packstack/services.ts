import { findComponent } from '../data/components.ts';
import { packstackOptions } from '../data/packstack.ts';
import { excludedHosts, hostList } from './hosts.ts';
import type { Values } from './need.ts';

/** A service that responds over HTTP on the controller once Packstack has completed. */
export interface PromisedService {
  readonly name: string;
  readonly port: number;
}

/** Horizon with and without TLS (PS dashboard_500.py). */
function portOf(name: string, value: Values): number | undefined {
  if (name === 'horizon' && value('CONFIG_HORIZON_SSL') === 'y') return 443;
  return findComponent(name)?.ports[0];
}

/** The services that the answers promise on the controller, except Keystone; none if Packstack leaves the controller out. Ports are those of the component table. */
export function promisedServices(value: Values): readonly PromisedService[] {
  const [controller] = hostList(value('CONFIG_CONTROLLER_HOST'));
  if (controller === undefined || excludedHosts(value).has(controller)) return [];
  return Object.entries(packstackOptions).flatMap(([name, { key }]) => {
    const port = name === 'keystone' || name === 'placement' ? undefined : portOf(name, value);
    return port === undefined || value(key) !== 'y' ? [] : [{ name, port }];
  });
}
