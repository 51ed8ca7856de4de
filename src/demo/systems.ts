import type { El } from '../base/facts.ts';
import type { DemoOptions } from '../protocol/demo.ts';

/** The identification of a node's operating system. */
export interface System {
  readonly el: El;
  /** `ID`, `VERSION_ID` and `PRETTY_NAME` of os-release. */
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly manager: 'yum' | 'dnf';
  /** The running kernel, as printed by `uname -r`. */
  readonly kernel: string;
}

export const systems: Readonly<Record<DemoOptions['system'], System>> = {
  el7: {
    el: 7,
    id: 'centos',
    version: '7',
    name: 'CentOS Linux 7 (Core)',
    manager: 'yum',
    kernel: '3.10.0-1160.el7.x86_64',
  },
  el9: {
    el: 9,
    id: 'centos',
    version: '9',
    name: 'CentOS Stream 9',
    manager: 'dnf',
    kernel: '5.14.0-503.el9.x86_64',
  },
};
