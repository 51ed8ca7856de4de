import type { Link } from '../../cluster/links.ts';
import type { Lower } from '../../cluster/model.ts';

/** A file to write on a node; both contain `@N@` where only the node knows the interface. */
export interface NodeFile {
  readonly path: string;
  readonly text: string;
}

/** The name of an interface, or what the node replaces by it. */
export type Devices = (at: Lower) => string;

/** The interface below a VLAN. */
export function vlanParent({ parent }: NonNullable<Link['vlan']>, devices: Devices): string {
  return devices(parent);
}
