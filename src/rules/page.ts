import { type Message, msg, type Translate } from '../base/l10n.ts';
import type { ProblemCode, Severity } from '../base/problem.ts';
import { sources } from '../data/sources.ts';
import { families } from './families.ts';
import type { RuleText } from './rule.ts';

const severities: Readonly<Record<Severity, Message>> = {
  error: msg('Error'),
  warning: msg('Warning'),
  information: msg('Information'),
};

/** Where the reference page describes a kind of problem; the code is the anchor in every language. */
export function ruleLink(page: string, code: ProblemCode): string {
  return `${page}#${code}`;
}

function ruleText(
  { code, severity, about, sources: named = [], hasFix }: RuleText,
  translate: Translate,
): string {
  const head = `**${translate(severities[severity])}.** ${translate(about)}`;
  const fix = hasFix
    ? `\n\n${translate(msg('A quick fix is available when there is exactly one correct fix.'))}`
    : '';
  const from = named.map((name) => sources[name]).join('; ');
  const source = from === '' ? '' : `\n\n${translate(msg('Source: {0}.', from))}`;
  return `#### \`${code}\`\n\n${head}${fix}${source}\n`;
}

/** The section of the reference page about the rules: each code with severity, reason and sources; the code is the anchor. */
export function ruleSection(translate: Translate): string {
  const intro = [
    `## ${translate(msg('What Stackprep checks'))}\n`,
    `${translate(
      msg(
        'An error would make a run fail or lock you out; nothing runs until it is fixed. A warning is probably a mistake. Information is advice. Stackprep reports only what the file can show.',
      ),
    )}\n`,
  ];
  const sections = families.flatMap(({ title, rules }) => [
    `### ${translate(title)}\n`,
    ...rules.map((rule) => ruleText(rule, translate)),
  ]);
  return [...intro, ...sections].join('\n');
}
