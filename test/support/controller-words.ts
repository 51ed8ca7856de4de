import { controller } from '../../src/jobs/controller.ts';
import type { Command } from '../../src/shell/command.ts';

/** The words of a request to the job controller: lead, verb, job, then those of the verb; none for another command. */
export function wordsOf({ stdin = '' }: Command): readonly string[] {
  if (!stdin.startsWith(controller)) return [];
  const [count = '0', ...lines] = stdin.slice(controller.length).split('\n');
  return lines.slice(0, Number(count));
}
