import { msg } from '../base/l10n.ts';
import { accessRules } from './access.ts';
import { addressRules } from './addresses.ts';
import { answerTexts } from './answer-texts.ts';
import { bindRules } from './bind.ts';
import { chronyRules } from './chrony.ts';
import { componentRules } from './components.ts';
import { customDangerRules } from './custom-danger.ts';
import { customIrreversibleRules } from './custom-irreversible.ts';
import { customLockoutRules } from './custom-lockout.ts';
import { customOpenstackRules } from './custom-openstack.ts';
import { customPackageRules } from './custom-packages.ts';
import { customShellRules } from './custom-shell.ts';
import { customStateRules } from './custom-state.ts';
import { customTextRules } from './custom-text.ts';
import { diskRules } from './disks.ts';
import { externalRules } from './external.ts';
import { extraRules } from './extras.ts';
import { formRules, formTexts } from './form.ts';
import { groupRules } from './groups.ts';
import { hiddenRules } from './hidden.ts';
import { kernelRules } from './kernel.ts';
import { liveTexts } from './live-texts.ts';
import { nameRules } from './names.ts';
import { networkLinkRules } from './network-links.ts';
import { networkNameRules } from './network-names.ts';
import { orderRules } from './order.ts';
import { packstackRules } from './packstack.ts';
import { packstackAnswerRules } from './packstack-answers.ts';
import { packstackHostRules } from './packstack-hosts.ts';
import { portRules } from './ports.ts';
import { proxyRules } from './proxy.ts';
import { releaseRules } from './release.ts';
import { repositoryRules } from './repositories.ts';
import { rolloutRules } from './rollout.ts';
import type { Family, Rule } from './rule.ts';
import { secretRules, secretTexts } from './secrets.ts';
import { serviceRules } from './services.ts';
import { inEveryView } from './setting-views.ts';
import { sourceRules } from './sources.ts';
import { adviceRules } from './sshd.ts';
import { sshdLoginRules } from './sshd-login.ts';
import { sshdValueRules } from './sshd-values.ts';
import { stepSettingRules } from './step-settings.ts';
import { systemRules } from './system.ts';
import { unusedRules } from './unused.ts';
import { userRules } from './users.ts';
import { vipRules } from './vip.ts';

/** Those that depend on the repositories of a node. */
const viewedReleaseRules = [
  'release-without-packages',
  'release-not-for-os',
  'release-needs-stream',
  'rhel-repositories',
  'rdo-disabled',
] as const;

/** Every rule for a decoded file. */
export const rules: readonly Rule[] = [
  ...formRules,
  ...nameRules,
  ...groupRules,
  ...unusedRules,
  ...networkNameRules,
  ...networkLinkRules,
  ...addressRules,
  ...accessRules,
  ...inEveryView(releaseRules, viewedReleaseRules),
  ...inEveryView(repositoryRules),
  ...inEveryView(extraRules),
  ...inEveryView(sourceRules),
  ...proxyRules,
  ...systemRules,
  ...inEveryView(kernelRules),
  ...userRules,
  ...serviceRules,
  ...inEveryView(portRules),
  ...externalRules,
  ...vipRules,
  ...diskRules,
  ...bindRules,
  ...chronyRules,
  ...inEveryView(packstackRules, ['packstack-ssh-port', 'packstack-root-login']),
  ...packstackHostRules,
  ...packstackAnswerRules,
  ...componentRules,
  ...inEveryView(sshdLoginRules),
  ...inEveryView(sshdValueRules),
  ...inEveryView(adviceRules),
  ...inEveryView(secretRules, ['secret-in-url']),
  ...hiddenRules,
  ...orderRules,
  ...stepSettingRules,
  ...rolloutRules,
  ...customPackageRules,
  ...customOpenstackRules,
  ...customShellRules,
  ...customDangerRules,
  ...customIrreversibleRules,
  ...customLockoutRules,
  ...customStateRules,
  ...customTextRules,
];

/** Every kind of problem by subject, in the order of the rules page. */
export const families: readonly Family[] = [
  { title: msg('Syntax and structure'), rules: [...formTexts, ...formRules] },
  { title: msg('Names and roles'), rules: [...nameRules, ...groupRules, ...unusedRules] },
  {
    title: msg('Addresses and networks'),
    rules: [...addressRules, ...vipRules, ...networkNameRules, ...networkLinkRules],
  },
  { title: msg('Login'), rules: accessRules },
  { title: msg('Release and system'), rules: releaseRules },
  { title: msg('Repositories'), rules: [...repositoryRules, ...extraRules, ...sourceRules, ...proxyRules] },
  { title: msg('System settings'), rules: [...systemRules, ...kernelRules] },
  { title: msg('Users'), rules: userRules },
  { title: msg('Disks'), rules: diskRules },
  {
    title: msg('Services'),
    rules: [...serviceRules, ...portRules, ...externalRules, ...bindRules, ...chronyRules],
  },
  {
    title: msg('Installation with Packstack'),
    rules: [...packstackRules, ...packstackHostRules, ...packstackAnswerRules],
  },
  { title: msg('Components'), rules: componentRules },
  { title: msg('sshd settings'), rules: [...sshdLoginRules, ...sshdValueRules, ...adviceRules] },
  { title: msg('Secrets'), rules: [...secretTexts, ...secretRules, ...hiddenRules] },
  { title: msg('Order of steps'), rules: [...orderRules, ...stepSettingRules] },
  { title: msg('Batches of nodes'), rules: rolloutRules },
  {
    title: msg('Custom steps'),
    rules: [
      ...customPackageRules,
      ...customOpenstackRules,
      ...customShellRules,
      ...customDangerRules,
      ...customIrreversibleRules,
      ...customLockoutRules,
      ...customStateRules,
      ...customTextRules,
    ],
  },
  { title: msg('Reported by the nodes'), rules: liveTexts },
  { title: msg('Packstack answer files'), rules: answerTexts },
];
