import type { ShellText } from './command.ts';
import { assign } from './file.ts';
import { guardSh } from './guard.sh.ts';
import { unitFolder } from './unit-folder.ts';

/** The shell functions of the guard, for steps that could cut off the node. */
export const guard: ShellText = {
  shell: `${assign(guardSh, { guard_unit_folder: unitFolder }).shell}${guardSh.text}`,
};
