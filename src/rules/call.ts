import type { Called, CustomScript } from './custom.ts';
import type { Command } from './shell.ts';

/** A command of a custom step with the program that it calls. */
export interface Call extends Called {
  readonly own: CustomScript;
  readonly command: Command;
  /** The folder that the script has changed to, if it is known. */
  readonly folder?: string;
  /** Whether no command of the script follows. */
  readonly isLast: boolean;
  /** The call whose output it reads. */
  readonly from?: Call;
  /** Whether it runs on another host, by ssh. */
  readonly isElsewhere?: boolean;
}
