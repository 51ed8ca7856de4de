import type { El } from '../base/facts.ts';
import { msg } from '../base/l10n.ts';
import { components } from '../data/components.ts';
import { companionRepository, endedPackages } from '../data/packages.ts';
import { isLater } from '../data/releases.ts';
import { deadAddresses } from '../data/repositories.ts';
import { isGone } from './components.ts';
import { isSurely, type RuleContext } from './context.ts';
import type { Called } from './custom.ts';
import { onCalls, put } from './custom-calls.ts';
import { installed, isYum } from './custom-packages.ts';
import type { Rule } from './rule.ts';

/** Commands that download their arguments. */
const fetching: ReadonlySet<string> = new Set(['yum', 'dnf', 'rpm', 'curl', 'wget']);

/** Projects that RDO dropped in some release, by package name. */
const ended = components.flatMap(({ name, last }) => (last === undefined ? [] : [{ name, last }]));

function has({ args }: Called, option: string): boolean {
  return args.some(({ text }) => text === option || text.startsWith(`${option}=`));
}

/** The generation of the nodes, if it is certain. */
function generationOf({ generations: [el, other] }: RuleContext): El | undefined {
  return other === undefined ? el : undefined;
}

/** Problems of custom steps with RDO, Packstack and the system's repositories. */
export const customOpenstackRules: readonly Rule[] = [
  {
    code: 'custom-address-gone',
    severity: 'warning',
    about: msg(
      'Addresses from older articles no longer respond, so the command fails or finds an empty list.',
    ),
    sources: ['MIRROR', 'EL8', 'CENTOS', 'EPEL', 'RW'],
    check: onCalls((call, report) => {
      if (!fetching.has(call.name)) return;
      for (const word of call.args) {
        const dead = deadAddresses.find(({ pattern }) => new RegExp(pattern).test(word.text));
        if (dead)
          report(
            msg('This address has been gone since {0}. Use {1} instead.', dead.since, dead.instead),
            word,
          );
      }
    }),
  },
  {
    code: 'custom-package-gone',
    severity: 'warning',
    about: msg('RDO has no packages for the project in this release, so yum finds nothing to install.'),
    sources: ['RI', 'GOV', 'PS'],
    check: onCalls((call, report, context) => {
      const { release } = context;
      if (!release || context.cluster.repositories.rdo !== 'enabled') return;
      for (const word of installed(call)) {
        const project = ended.find(({ name }) => word.text.startsWith(`openstack-${name}-`));
        const gone =
          project && isGone(project.name, release)
            ? project
            : endedPackages.find(({ name, last }) => name === word.text && isLater(release.name, last));
        if (gone)
          report(msg('RDO has {0} up to {1} only, not in {2}.', gone.name, gone.last, release.name), word);
      }
    }),
  },
  {
    code: 'custom-repository-name',
    severity: 'warning',
    about: msg(
      'RDO also requires this repository: powertools on EL8, crb on EL9. dnf stops with "No matching repo to modify".',
    ),
    sources: ['RW', 'IG'],
    hasFix: true,
    check: onCalls((call, report, context) => {
      const el = generationOf(context);
      const wanted = el && companionRepository[el];
      const isConfig = isYum(call) && call.args[0]?.text === 'config-manager';
      if (el === undefined || wanted === undefined || (!isConfig && call.name !== 'yum-config-manager'))
        return;
      const word = call.args.find(({ text }) => /^(?:powertools|crb)$/i.test(text));
      if (!word || word.text.toLowerCase() === wanted) return;
      const message = msg('On Enterprise Linux {0}, this repository is named {1}.', el, wanted);
      report(message, word, put(call, msg('Change to {0}', wanted), { ...word, text: wanted }));
    }),
  },
  {
    code: 'custom-network-service',
    severity: 'warning',
    about: msg(
      'EL9 has no network service. systemctl fails unless openstack-network-scripts from RDO is installed.',
    ),
    sources: ['RW', 'RI'],
    check: onCalls((call, report, context) => {
      const [verb, unit] = call.args.filter(({ text }) => !text.startsWith('-'));
      if (call.name !== 'systemctl' || !/^(?:enable|start|restart)$/.test(verb?.text ?? '')) return;
      if (!/^network(?:\.service)?$/.test(unit?.text ?? '') || !isSurely(context, 9, 10)) return;
      const isInstalled = context.cluster.steps.some(
        ({ id, custom }) => id === 'network-service' || /network-scripts/.test(custom?.run ?? ''),
      );
      if (!isInstalled)
        report(msg('EL9 has no network service. Install openstack-network-scripts first.'), unit);
    }),
  },
  {
    code: 'custom-packstack-call',
    severity: 'warning',
    about: msg(
      'Packstack rejects an answer file combined with other options that describe the cluster. Its own check of an answer file fails on Python 3.',
    ),
    sources: ['PS', 'EXP'],
    check: onCalls((call, report, context) => {
      if (call.name !== 'packstack') return;
      const clash = ['--allinone', '--install-hosts', '--default-password'].find((option) =>
        has(call, option),
      );
      if (has(call, '--answer-file') && clash !== undefined)
        report(msg('Packstack accepts either --answer-file or {0}, not both.', clash));
      else if (has(call, '--validate-answer-file') && isSurely(context, 8, 9))
        report(msg('--validate-answer-file always fails on Enterprise Linux 8 and 9. Remove it.'));
    }),
  },
];
