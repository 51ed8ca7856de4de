import type { PackageNames } from '../data/packages.ts';
import { type ShellText, sh } from '../shell/command.ts';
import { serviceSh } from '../shell/service.sh.ts';
import { packageLines } from './services.ts';

/** Shell that sets `sp_packages` to the names for the node's generation, or to nothing where one of them has none. */
export function pickPackages(packages: readonly PackageNames[]): ShellText {
  return sh`sp_pick_packages ${packageLines(packages)}`;
}

/** Shell functions of the steps that set services up. */
export const serviceFunctions: ShellText = { shell: serviceSh.text };
