import { english } from '../../base/l10n.ts';
import type { CommandSpec } from './command-spec.ts';
import { documentationLinks } from './documentation-links.ts';
import { exitCodes, type Row, usagesOf, variables } from './help.ts';
import type { OptionSpec } from './option-spec.ts';
import { commands, everywhere } from './options.ts';

/** A text as roff prints it, with hyphens that can be copied. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll('’', "'")
    .split('\n')
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join('\n');
}

/** A macro with one argument. */
function macro(name: string, argument: string): string {
  return `.${name} "${escaped(argument).replaceAll('"', '\\(dq')}"`;
}

function term(name: string, what: string): string {
  return `.TP\n${macro('B', name)}\n${escaped(what)}`;
}

/** Without hyphens that would come along when the address is copied. */
function linkTerm(name: string, link: string): string {
  return `.TP\n${macro('B', name)}\n\\%${escaped(link)}`;
}

function terms(rows: readonly Row[]): string {
  return rows.map(({ name, what }) => term(name, english(what))).join('\n');
}

function optionTerm({ name, short, value, what }: OptionSpec): string {
  const flags = `${short ? `\\-${short}, ` : ''}\\-\\-${escaped(name)}`;
  const line = value ? `.BI "${flags} " "${escaped(value)}"` : `.B "${flags}"`;
  return `.TP\n${line}\n${escaped(english(what))}`;
}

function literally(lines: readonly string[]): string {
  return `.PP\n.nf\n${lines.map((line) => escaped(line)).join('\n')}\n.fi`;
}

function commandPart(command: CommandSpec): string {
  const usages = usagesOf(command).map((usage) => `stackprep ${usage} [OPTION…]`);
  return [
    macro('SS', command.name),
    escaped(english(command.what)),
    literally(usages),
    ...command.options.map(optionTerm),
    '.PP\nExamples:',
    literally(command.examples.map((line) => `    stackprep ${line}`)),
  ].join('\n');
}

/** When the form of the page last changed; mandoc wants a date. */
const written = '2026-12-01';

const files = [
  ['~/.config/stackprep/config.json', 'Configuration: the command and the file for secrets.'],
  ['~/.config/stackprep/secrets.json', 'Values of secrets, readable by their owner only.'],
  ['~/.local/state/stackprep', 'Logs of runs, and host keys that were trusted.'],
] as const;

/** The manual page stackprep(1) in the man macros of roff, from the tables of the help. */
export function manPage(version: string): string {
  return [
    `.TH STACKPREP 1 "${written}" "Stackprep ${version}" "User Commands"`,
    '.SH NAME',
    'stackprep \\- prepare CentOS and RHEL nodes for OpenStack over SSH',
    '.SH SYNOPSIS',
    '.B stackprep\n.I COMMAND\n[\\fIOPTION\\fR...]',
    '.SH COMMANDS',
    ...commands.map(commandPart),
    '.SH OPTIONS',
    'These are common to all commands.',
    ...everywhere.map(optionTerm),
    '.SH ENVIRONMENT',
    terms(variables),
    '.SH EXIT STATUS',
    terms(exitCodes),
    '.SH FILES',
    ...files.map(([name, what]) => term(name, what)),
    '.SH DOCUMENTATION',
    ...documentationLinks().map(({ link, commands: about }) => linkTerm(about.join(', '), link)),
    '.SH SEE ALSO',
    '.BR ssh (1),\n.BR ssh_config (5),\n.BR yum (8)',
    '',
  ].join('\n');
}
