import type { OwnStep } from '../../cluster/model.ts';
import { sh } from '../../shell/command.ts';
import type { StepScript } from '../definition.ts';
import { customSh } from './custom.sh.ts';

/**
 * The script of a custom step. Without a check of its own it is done when this very text has run to its end on the node.
 */
export function ownScript(id: string, own: OwnStep): StepScript {
  const uses = [{ shell: customSh.text }];
  if (own.check === undefined)
    return { uses, check: sh`custom_check ${id} ${own.run}`, apply: sh`custom_apply ${id} ${own.run}` };
  return { uses, check: sh`custom_check_by ${own.check}`, apply: sh`sh -e -c ${own.run}` };
}
