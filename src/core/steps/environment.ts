import { msg } from '../l10n.ts';
import { sh } from '../plan/command.ts';
import type { StepDefinition } from './definition.ts';

const localeFunctions = sh`sp_has_locale() { locale -a | sed 's/utf8$/UTF-8/' | grep -qixF "$(printf %s "$1" | sed 's/[Uu][Tt][Ff]-*8$/UTF-8/')"; }`;

export const locale: StepDefinition = {
  id: 'locale',
  title: msg('Locale'),
  what: msg(
    'Sets LANG in /etc/locale.conf, LANG and LC_ALL in /etc/environment, and installs the locale if missing.',
  ),
  why: msg('Packstack and yum need a known locale; plain assignments in /etc/profile are not exported.'),
  undo: msg('Put /etc/locale.conf.stackprep-backup and /etc/environment.stackprep-backup back.'),
  drifts: true,
  impliedBy: (cluster) => cluster.system.locale !== undefined,
  script: ({ cluster }) => {
    const wanted = cluster.system.locale ?? 'en_US.UTF-8';
    const language = wanted.split('_')[0] ?? wanted;
    return {
      check: sh`${localeFunctions}
sp_missing=0
sp_has_locale ${wanted} || { sp_because locale-missing ${wanted}; sp_missing=1; }
sp_need_line /etc/locale.conf LANG ${wanted} || sp_missing=1
sp_need_line /etc/environment LANG ${wanted} || sp_missing=1
sp_need_line /etc/environment LC_ALL ${wanted} || sp_missing=1
return $sp_missing`,
      apply: sh`${localeFunctions}
sp_has_locale ${wanted} || sp_yum -y install ${`glibc-langpack-${language}`}
sp_set_line /etc/locale.conf LANG ${wanted}
sp_set_line /etc/environment LANG ${wanted}
sp_set_line /etc/environment LC_ALL ${wanted}`,
      intent: { files: ['/etc/locale.conf', '/etc/environment'] },
    };
  },
};

const profile = `# Written by Stackprep.
case $- in *i*) ;; *) return 0 ;; esac
PS1='[\\u@\\h:\\w]\\$ '
if command -v vim >/dev/null 2>&1; then alias vi=vim; fi
`;

export const shellProfile: StepDefinition = {
  id: 'shell-profile',
  title: msg('Shell prompt and aliases'),
  what: msg(
    'Writes /etc/profile.d/stackprep.sh: a prompt with user, host and directory, and vi as vim where vim is installed.',
  ),
  why: msg('With four terminals open the prompt must say which node it is.'),
  undo: msg('Delete /etc/profile.d/stackprep.sh.'),
  drifts: true,
  impliedBy: () => false,
  script: () => ({
    check: sh`sp_need_file /etc/profile.d/stackprep.sh ${profile}`,
    apply: sh`sp_write_file /etc/profile.d/stackprep.sh ${profile}`,
    intent: { files: ['/etc/profile.d/stackprep.sh'] },
  }),
};
