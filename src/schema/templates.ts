import { msg } from '../base/l10n.ts';
import { commandStart, commentStart, longestLine, plainLines } from './plain-lines.ts';
import type { Line, Slip } from './slip.ts';

/** Expressions and statements of templates: Jinja, Ansible, Go, ERB. */
const template = /\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|<%[^%\n]*%>/g;
/** Variables of shells, Compose and Terraform: braced anywhere, or as a whole value. */
const braced = /\$\{[A-Za-z_][\w.]*(?::?[-?+=][^{}\n]*)?\}/g;
const whole = /(?:^|[:\-[{,(])[ \t]+["']?(\$[A-Za-z_]\w*)(?=["']?[ \t]*(?:[,\]}#]|$))/g;
/** Variables of Windows and of autoconf, as a whole value. */
const framed = /(?:^|[:\-[{,(])[ \t]+["']?(%[A-Za-z_]\w*%|@[A-Za-z_]\w*@)(?=["']?[ \t]*(?:[,\]}#]|$))/g;
/** What each of them has. */
const sign = /\{\{|\{%|<%|\$|%[,\]}\s"']|@[,\]}\s"']|[%@]$/;
/** Keys whose values have variables that yum fills in, and commands. */
const yumKey = /(?:baseurl|mirrorlist|metalink|gpgkey|archive)[ \t]*:/;

function slipOf({ start, text }: Line): Slip | undefined {
  if (text.length > longestLine) return undefined;
  const limit = Math.min(commandStart(text), commentStart(text));
  const isYum = yumKey.test(text);
  const found = [template, framed, ...(isYum ? [] : [braced, whole])]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ index, 0: all, 1: part = all }) => ({ index: index + all.length - part.length, part }))
    .filter(({ index }) => index < limit)
    .sort((a, b) => a.index - b.index);
  const [first] = found;
  if (!first) return undefined;
  const readAs = found.map(({ index, part }) => ({
    span: { start: start + index, end: start + index + part.length },
    text: (part.startsWith('{%') ? ' ' : 'x').repeat(part.length),
  }));
  const span = { start: start + first.index, end: start + first.index + first.part.length };
  const message = first.part.startsWith('{%')
    ? msg('A cluster file is not a template: {0} is not run. Write out what it would give.', first.part)
    : msg('Variables are not filled in here: {0} stays as it is. Write the value itself.', first.part);
  return { span, message, readAs };
}

/** The expressions of templates and the variables that nothing replaces, line by line. */
export function openTemplates(text: string): readonly Slip[] {
  const slips: Slip[] = [];
  for (const line of plainLines(text, sign)) {
    const slip = slipOf(line);
    if (slip) slips.push(slip);
  }
  return slips;
}
