import type { Cluster } from '../cluster/model.ts';
import type { FileShape } from '../cluster/schema.ts';
import type { Reading } from '../schema/read.ts';
import { ruleContextOf } from './context.ts';
import { rules } from './families.ts';

/** Runs the rules on a file that decodes; adds to the problems of the reading. */
export function checkRules(file: FileShape, cluster: Cluster, reading: Reading): void {
  const context = ruleContextOf(file, cluster, reading);
  for (const { code, severity, check } of rules) {
    check(context, (span, message, fix) => {
      if (span) reading.problems.push({ code, severity, span, message, ...(fix ? { fix } : {}) });
    });
  }
}
