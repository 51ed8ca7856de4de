import type { CustomStep } from '../../cluster/model.ts';
import { sh } from '../../shell/command.ts';
import type { StepScript } from '../common/definition.ts';
import { customSh } from './custom.sh.ts';

/** The script of a custom step. Without a `check` it is done if exactly this text has completed on the node. */
export function customScript(id: string, custom: CustomStep): StepScript {
  const uses = [{ shell: customSh.text }];
  if (custom.check === undefined)
    return { uses, check: sh`custom_check ${id} ${custom.run}`, apply: sh`custom_apply ${id} ${custom.run}` };
  return { uses, check: sh`custom_check_by ${custom.check}`, apply: sh`sh -e -c ${custom.run}` };
}
