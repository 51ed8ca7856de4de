import type { El } from '../base/facts.ts';
import { msg } from '../base/l10n.ts';
import { components } from '../data/components.ts';
import { companionRepository, endedPackages } from '../data/packages.ts';
import { isLater } from '../data/releases.ts';
import { deadAddresses } from '../data/repositories.ts';
import { isGone } from './components.ts';
import { isSurely, type Look } from './context.ts';
import type { Called } from './custom.ts';
import { onCalls, put } from './custom-calls.ts';
import { installed, isYum } from './custom-packages.ts';
import type { Rule } from './rule.ts';

/** Commands that fetch what their arguments name. */
const fetching: ReadonlySet<string> = new Set(['yum', 'dnf', 'rpm', 'curl', 'wget']);

/** The projects that RDO has no more in some release, by the names of their packages. */
const ended = components.flatMap(({ name, last }) => (last === undefined ? [] : [{ name, last }]));

function has({ args }: Called, option: string): boolean {
  return args.some(({ text }) => text === option || text.startsWith(`${option}=`));
}

/** The generation that the nodes have for certain. */
function generationOf({ generations: [el, other] }: Look): El | undefined {
  return other === undefined ? el : undefined;
}

/** What own steps get wrong about RDO, Packstack and the system's repositories. */
export const customOpenstackRules: readonly Rule[] = [
  {
    code: 'custom-dead-address',
    severity: 'warning',
    about: msg('Addresses that articles name answer no more, so the command fails, or finds an empty list.'),
    sources: ['MIRROR', 'EL8', 'CENTOS', 'EPEL', 'RW'],
    check: onCalls((call, tell) => {
      if (!fetching.has(call.name)) return;
      for (const word of call.args) {
        const dead = deadAddresses.find(({ pattern }) => new RegExp(pattern).test(word.text));
        if (dead)
          tell(msg('This address has been dead since {0}; look below {1}.', dead.since, dead.instead), word);
      }
    }),
  },
  {
    code: 'custom-package-gone',
    severity: 'warning',
    about: msg('RDO has no packages of the project in this release; yum finds nothing to install.'),
    sources: ['RI', 'GOV', 'PS'],
    check: onCalls((call, tell, look) => {
      const { release } = look;
      if (!release || look.cluster.repositories.rdo !== 'enabled') return;
      for (const word of installed(call)) {
        const project = ended.find(({ name }) => word.text.startsWith(`openstack-${name}-`));
        const gone =
          project && isGone(project.name, release)
            ? project
            : endedPackages.find(({ name, last }) => name === word.text && isLater(release.name, last));
        if (gone)
          tell(msg('RDO has {0} up to {1} only, so not in {2}.', gone.name, gone.last, release.name), word);
      }
    }),
  },
  {
    code: 'custom-repository-name',
    severity: 'warning',
    about: msg(
      'The repository that RDO also needs is called powertools on EL8 and crb on EL9; dnf stops with "No matching repo to modify".',
    ),
    sources: ['RW', 'IG'],
    hasFix: true,
    check: onCalls((call, tell, look) => {
      const el = generationOf(look);
      const wanted = el === undefined ? undefined : companionRepository[el];
      const isConfig = isYum(call) && call.args[0]?.text === 'config-manager';
      if (wanted === undefined || (!isConfig && call.name !== 'yum-config-manager')) return;
      const word = call.args.find(({ text }) => /^(?:powertools|crb)$/i.test(text));
      if (!word || word.text.toLowerCase() === wanted) return;
      const message = msg('On Enterprise Linux {0} this repository is called {1}.', el ?? '', wanted);
      tell(message, word, put(call, msg('Change to {0}', wanted), { ...word, text: wanted }));
    }),
  },
  {
    code: 'custom-network-service',
    severity: 'warning',
    about: msg(
      'EL9 has no network service of its own; systemctl fails unless RDO’s openstack-network-scripts is installed.',
    ),
    sources: ['RW', 'RI'],
    check: onCalls((call, tell, look) => {
      const [verb, unit] = call.args.filter(({ text }) => !text.startsWith('-'));
      if (call.name !== 'systemctl' || !/^(?:enable|start|restart)$/.test(verb?.text ?? '')) return;
      if (!/^network(?:\.service)?$/.test(unit?.text ?? '') || !isSurely(look, 9, 10)) return;
      const isInstalled = look.cluster.steps.some(
        ({ id, custom }) => id === 'network-service' || /network-scripts/.test(custom?.run ?? ''),
      );
      if (!isInstalled)
        tell(msg('EL9 has no network service; install openstack-network-scripts before.'), unit);
    }),
  },
  {
    code: 'custom-packstack-call',
    severity: 'warning',
    about: msg(
      'Packstack refuses an answer file together with other ways to describe the cluster; and its own check of an answer file fails on Python 3.',
    ),
    sources: ['PS', 'EXP'],
    check: onCalls((call, tell, look) => {
      if (call.name !== 'packstack') return;
      const clash = ['--allinone', '--install-hosts', '--default-password'].find((option) =>
        has(call, option),
      );
      if (has(call, '--answer-file') && clash !== undefined)
        tell(msg('Packstack takes either --answer-file or {0}, not both.', clash));
      else if (has(call, '--validate-answer-file') && isSurely(look, 8, 9))
        tell(msg('On Enterprise Linux 8 and 9 --validate-answer-file always fails; leave it out.'));
    }),
  },
];
