import type { ShellText } from './command.ts';
import { assign } from './file.ts';
import { guardSh } from './guard.sh.ts';

/** Where systemd reads units that were written by hand (systemd.unit(5), since before 219 of CentOS 7). */
export const unitFolder = '/etc/systemd/system';

/** The shell functions of a payload whose step could cut the node off. */
export const guard: ShellText = {
  shell: `${assign(guardSh, { guard_unit_folder: unitFolder }).shell}${guardSh.text}`,
};
