import { type Checked, ruleContextOf } from './context.ts';
import { rules } from './families.ts';

/** Runs the rules on a file that decodes; adds to the problems of the reading. */
export function checkRules(checked: Checked): void {
  const context = ruleContextOf(checked);
  const { problems } = checked.reading;
  for (const { code, severity, check } of rules) {
    check(context, (span, message, fix) => {
      if (span) problems.push({ code, severity, span, message, ...(fix ? { fix } : {}) });
    });
  }
}
