import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const locale: StepInfo = {
  id: 'locale',
  isAvailable: true,
  title: msg('Locale'),
  what: msg(
    'Sets LANG in /etc/locale.conf, LANG and LC_ALL in /etc/environment, and installs the locale if missing.',
  ),
  why: msg('Packstack and yum need a known locale; plain assignments in /etc/profile are not exported.'),
  undo: msg(
    'Revert gives LANG in /etc/locale.conf and LANG and LC_ALL in /etc/environment their former values; one that was changed by hand since stays, and so does an installed locale.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.locale !== undefined,
  intent: () => ({
    files: ['/etc/locale.conf', '/etc/environment'],
    settings: { '/etc/locale.conf': ['LANG'], '/etc/environment': ['LANG', 'LC_ALL'] },
  }),
};
