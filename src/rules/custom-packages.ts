import { msg } from '../base/l10n.ts';
import { systemsOfNodes } from '../cluster/for-node.ts';
import { components } from '../data/components.ts';
import { type PackageNames, packageRows } from '../data/packages.ts';
import type { Call } from './call.ts';
import { isSurely } from './context.ts';
import type { Called } from './custom.ts';
import { onCalls, put } from './custom-calls.ts';
import type { Rule } from './rule.ts';
import type { Word } from './shell-reader.ts';

/** Subcommands of yum and dnf that ask for confirmation. */
const asking: ReadonlySet<string> = new Set(
  'install update upgrade remove erase downgrade reinstall localinstall groupinstall groupupdate groupremove swap distro-sync distribution-synchronization autoremove update-minimal upgrade-minimal'.split(
    ' ',
  ),
);
const askingGroups: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['module', new Set(['install', 'update', 'remove', 'enable', 'disable', 'reset', 'switch-to'])],
  ['group', new Set(['install', 'update', 'upgrade', 'remove'])],
  ['groups', new Set(['install', 'update', 'remove'])],
  ['copr', new Set(['enable', 'disable', 'remove'])],
  ['history', new Set(['undo', 'redo', 'rollback'])],
]);

export function isYum({ name }: Called): boolean {
  return name === 'yum' || name === 'dnf' || name === 'dnf4' || name === 'dnf-3';
}

/** The subcommand of yum and its packages. */
export function subcommand({ args }: Called): { readonly verb: string; readonly packages: readonly Word[] } {
  const words = args.filter(({ text }) => !text.startsWith('-'));
  const [first, second] = words;
  const group = askingGroups.get(first?.text ?? '');
  if (group) return { verb: group.has(second?.text ?? '') ? (second?.text ?? '') : '', packages: [] };
  return { verb: asking.has(first?.text ?? '') ? (first?.text ?? '') : '', packages: words.slice(1) };
}

/** The packages that a command installs. */
export function installed(call: Call): readonly Word[] {
  if (call.name === 'rpm') {
    const isInstall = call.args.some(
      ({ text }) => /^-[a-zA-Z]*[iUF]/.test(text) && !/^-[a-zA-Z]*q/.test(text),
    );
    return isInstall ? call.args.filter(({ text }) => !text.startsWith('-')) : [];
  }
  if (!isYum(call)) return [];
  const { verb, packages } = subcommand(call);
  return /install$/.test(verb) ? packages : [];
}

/** Package names that are different or missing in another generation. */
const renamed: ReadonlyMap<string, PackageNames> = new Map(
  packageRows.flatMap(({ names }) =>
    [...new Set([names[7], names[8]])].flatMap((name) => {
      const isEverywhere = name === names[8] && name === names[9];
      return name === undefined || name === 'initscripts' || isEverywhere ? [] : [[name, names] as const];
    }),
  ),
);

const clients = new RegExp(`^python2?-((?:${components.map(({ name }) => name).join('|')})client)$`);

/** The name of a package on each generation, if they differ. */
function namesOf(name: string): PackageNames | undefined {
  const client = clients.exec(name)?.[1];
  if (client === undefined) return renamed.get(name);
  return { 7: name, 8: `python3-${client}`, 9: `python3-${client}` };
}

export const customPackageRules: readonly Rule[] = [
  {
    code: 'custom-no-assume-yes',
    severity: 'warning',
    about: msg('Steps are non-interactive: yum asks "Is this ok", reads the end of its input, and gives up.'),
    sources: ['YUM', 'DNF'],
    hasFix: true,
    check: onCalls((call, report) => {
      if (
        !isYum(call) ||
        subcommand(call).verb === '' ||
        call.command.before === '|' ||
        call.command.hasInput
      )
        return;
      const isAnswered = call.args.some(({ text }) =>
        /^(?:-(?=[a-zA-Z]*y)[a-zA-Z]+|--assumeyes|--assumeno|--downloadonly|--setopt=assumeyes=\S+)$/.test(
          text,
        ),
      );
      if (isAnswered) return;
      const end = call.word.end;
      const fix = put(call, msg('Add -y'), { start: end, end, text: ' -y' });
      report(msg('{0} asks for confirmation here. Add -y.', call.name), undefined, fix);
    }),
  },
  {
    code: 'custom-check-update',
    severity: 'warning',
    about: msg(
      'check-update ends with 100 if there are updates, and a step stops at the first command that does not end with 0.',
    ),
    sources: ['YUM'],
    hasFix: true,
    check: onCalls((call, report) => {
      const isIt = isYum(call) && call.args.some(({ text }) => text === 'check-update');
      const { before, after, end } = call.command;
      if (!isIt || /^(?:\|\|?|&&|\))$/.test(after) || before === '&&' || before === '||') return;
      // After if, while, until and ! the exit code is used.
      if (/(?:^|\s)(?:if|elif|while|until|!)\s*$/.test(call.own.text.slice(0, call.word.start))) return;
      const fix = put(call, msg('Allow exit code 100'), { start: end, end, text: ' || [ $? -eq 100 ]' });
      report(
        msg('If there are updates, check-update ends with 100 and stops the step. Allow exit code 100.'),
        undefined,
        fix,
      );
    }),
  },
  {
    code: 'custom-epel',
    severity: 'warning',
    about: msg(
      'The step enables EPEL, which the settings disable because it replaces packages that RDO requires.',
    ),
    sources: ['IG', 'RI'],
    check: onCalls((call, report, { cluster }) => {
      const { rdo, epel } = cluster.repositories;
      if (rdo !== 'enabled' || epel !== 'disabled' || cluster.openstack.release === undefined) return;
      const found = installed(call).find(({ text }) => /(?:^|\/)epel-(?:next-)?release/.test(text));
      if (found) report(msg('This enables EPEL, which repositories.epel disables. Remove it.'), found);
    }),
  },
  {
    code: 'custom-second-release',
    severity: 'warning',
    about: msg(
      'Two release packages define the same repositories twice, or two releases at once, without a warning.',
    ),
    sources: ['CRO', 'RR', 'EXP'],
    check: onCalls((call, report, { cluster }) => {
      const release = cluster.openstack.release;
      if (cluster.repositories.rdo !== 'enabled' || release === undefined) return;
      const isOnRhel = [...systemsOfNodes(cluster)].some((os) => os?.family === 'rhel');
      const found = installed(call).find(({ text }) => {
        const named = /centos-release-openstack-([a-z]+)/.exec(text)?.[1];
        if (named !== undefined) return named !== release;
        // On RHEL it is the only release package.
        return /(?:^|\/)rdo-release(?:[-.]|$)/.test(text) && !isOnRhel;
      });
      if (found)
        report(
          msg('Step `repositories` installs the release package of {0}. Remove this second one.', release),
          found,
        );
    }),
  },
  {
    code: 'custom-package-name',
    severity: 'warning',
    about: msg(
      'The package has another name in this version of Enterprise Linux, or does not exist. dnf stops with "Unable to find a match".',
    ),
    sources: ['RI', 'DG', 'RW'],
    hasFix: true,
    check: onCalls((call, report, context) => {
      for (const word of installed(call)) {
        const names = namesOf(word.text);
        const [el, other] = context.generations;
        if (!names || el === undefined || other !== undefined || isSurely(context, 7)) continue;
        const name = names[el];
        if (name === word.text) continue;
        const message =
          name === undefined
            ? msg('RDO has no {0} for Enterprise Linux {1}.', word.text, el)
            : msg('On Enterprise Linux {1}, the package {0} is named {2}.', word.text, el, name);
        report(
          message,
          word,
          name === undefined ? undefined : put(call, msg('Change to {0}', name), { ...word, text: name }),
        );
      }
    }),
  },
];
