import { largest } from '../../base/extremes.ts';
import { type Message, msg, type Translate } from '../../base/l10n.ts';
import { sudoVariable } from '../../base/secret-variables.ts';
import type { Style } from '../terminal/style.ts';
import { hang, pad, widthOf } from '../text/width.ts';
import type { CommandSpec } from './command-spec.ts';
import { documentationLink } from './documentation-links.ts';
import type { OptionSpec } from './option-spec.ts';
import { commands, everywhere } from './options.ts';

export interface Row {
  readonly name: string;
  readonly what: Message;
}

interface Page {
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
  readonly isKorean: boolean;
}

export const exitCodes: readonly Row[] = [
  { name: '0', what: msg('Success: no problems found, nothing failed.') },
  {
    name: '1',
    what: msg('validate found errors or warnings, check found a step that is not done, or a step failed.'),
  },
  { name: '2', what: msg('Invalid command line, or a file cannot be read.') },
  { name: '3', what: msg('No node was reachable.') },
  { name: '130', what: msg('Cancelled with Ctrl-C, or declined at the confirmation.') },
];

export const variables: readonly Row[] = [
  {
    name: 'STACKPREP_SECRET_NAME',
    what: msg(
      'Value of the secret NAME of the cluster file. NAME is in upper case, with _ for every other character.',
    ),
  },
  { name: sudoVariable, what: msg('Password for sudo on the nodes.') },
];

/** The usage lines of a command, the most common form first. */
export function usagesOf({ name, files, forms }: CommandSpec): readonly string[] {
  const operand = { none: '', one: ' FILE', many: ' FILE…', any: '' }[files];
  return forms ? forms.map((form) => `${name} ${form}`) : [`${name}${operand}`];
}

function optionName({ name, short, value }: OptionSpec): string {
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
}

function rows(list: readonly Row[], { t, columns }: Page): string {
  const width = largest(list.map((row) => widthOf(row.name)));
  return list.map((row) => hang(`  ${pad(row.name, width)}  `, t(row.what), columns)).join('\n');
}

function optionRows(options: readonly OptionSpec[], page: Page): string {
  return rows(
    options.map((option) => ({ name: optionName(option), what: option.what })),
    page,
  );
}

function section(title: Message, body: string, { t, style }: Page): string {
  return `${style.bold(t(title))}\n${body}\n`;
}

function documentationSection(command: CommandSpec | undefined, page: Page): string {
  return section(msg('Documentation'), `  ${documentationLink(command?.name, page.isKorean)}`, page);
}

/** Whether it logs in to the nodes of a cluster file. */
function connects({ options }: CommandSpec): boolean {
  return options.some(({ name }) => name === 'known-hosts');
}

/** The help of a command. */
function commandHelp(command: CommandSpec, page: Page): string {
  const parts = [
    `${hang('', page.t(command.what), page.columns)}\n`,
    section(
      msg('Usage'),
      usagesOf(command)
        .map((usage) => `  stackprep ${usage} [OPTION…]`)
        .join('\n'),
      page,
    ),
    section(msg('Examples'), command.examples.map((line) => `  stackprep ${line}`).join('\n'), page),
    section(msg('Options'), optionRows([...command.options, ...everywhere], page), page),
    ...(connects(command) ? [section(msg('Environment'), rows(variables, page), page)] : []),
    section(msg('Exit codes'), rows(exitCodes, page), page),
    documentationSection(command, page),
  ];
  return parts.join('\n');
}

/** The help of the program, or of a command. */
export function helpText(command: CommandSpec | undefined, page: Page): string {
  if (command) return commandHelp(command, page);
  const list = commands.map((each) => ({ name: usagesOf(each)[0] ?? each.name, what: each.what }));
  const parts = [
    `${hang('', page.t(msg('Stackprep prepares CentOS and RHEL nodes for OpenStack over SSH.')), page.columns)}\n`,
    section(msg('Usage'), `  stackprep ${page.t(msg('COMMAND'))} [OPTION…]`, page),
    section(msg('Commands'), rows(list, page), page),
    section(msg('Options'), optionRows(everywhere, page), page),
    section(msg('Exit codes'), rows(exitCodes, page), page),
    documentationSection(undefined, page),
    `${page.t(msg('Run stackprep COMMAND --help for the options of a command.'))}\n`,
  ];
  return parts.join('\n');
}
