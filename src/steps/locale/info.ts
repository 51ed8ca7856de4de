import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const locale: StepInfo = {
  id: 'locale',
  title: msg('Locale'),
  what: msg(
    'Sets LANG in /etc/locale.conf, LANG and LC_ALL in /etc/environment, and installs the locale if missing.',
  ),
  why: msg('Packstack and yum need a valid locale; plain assignments in /etc/profile are not exported.'),
  undo: msg(
    'Undo restores LANG in /etc/locale.conf, and LANG and LC_ALL in /etc/environment. Values that were changed manually since then and installed locales stay.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.locale !== undefined,
  intent: () => ({
    files: ['/etc/locale.conf', '/etc/environment'],
    settings: { '/etc/locale.conf': ['LANG'], '/etc/environment': ['LANG', 'LC_ALL'] },
  }),
};
