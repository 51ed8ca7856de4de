import { english, type Message } from '../../base/l10n.ts';
import { secretVariable } from '../../base/secret-variables.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { StepRole } from './step-role.ts';

/** What the README of the folder is about. */
export interface ReadmeSource {
  readonly cluster: Cluster;
  readonly file: string;
  readonly steps: readonly StepRole[];
  /** The variable of each secret. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly left: readonly Message[];
}

/** Text of the user in a line of Markdown: nothing in it is markup. */
function inline(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\\`*_{}[\]<>#|!&]/g, '\\$&');
}

/** The README of the folder, in English like the names in it. */
export function readme({ cluster, file, steps, secrets, left }: ReadmeSource): string {
  const rows = steps.map(
    ({ id, role, nodes, isSerial, isLong, secrets: names }) =>
      `| ${id} | ${role} | ${nodes.length} | ${[isSerial ? 'one node at a time' : '', isLong && names.length === 0 ? 'asynchronous' : ''].filter((word) => word !== '').join(', ')} |\n`,
  );
  const secretRows = [...secrets].map(
    ([name, variable]) => `| ${inline(name)} | \`${variable}\` | \`${secretVariable(name)}\` |\n`,
  );
  return [
    `# ${inline(cluster.name)}: the playbook of Stackprep\n\n`,
    `Written by \`stackprep export ansible\` from ${inline(file)}. The next export replaces these files, so put what you add into others.\n\n`,
    '    ansible-playbook site.yml --check --diff\n    ansible-playbook site.yml\n\n',
    '| step | role | nodes | |\n|---|---|---|---|\n',
    ...rows,
    ...(secretRows.length > 0
      ? [
          '\n## Secrets\nFrom a vault or the environment.\n\n| secret | variable | environment |\n|---|---|---|\n',
          ...secretRows,
        ]
      : []),
    '\n## Not exported\n',
    ...left.map((each) => `- ${english(each)}\n`),
  ].join('');
}
