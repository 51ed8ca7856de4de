import { msg } from '../base/l10n.ts';
import { sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

const localeFunctions = sh`sp_has_locale() { locale -a | sed 's/utf8$/UTF-8/' | grep -qixF "$(printf %s "$1" | sed 's/[Uu][Tt][Ff]-*8$/UTF-8/')"; }`;

/**
 * `sp_take_back PATH VALUE KEY…`: of the settings that the step wrote the former ones come back. One that no longer has the
 * step's value is somebody else's and stays; where nobody else has changed anything the file is as it was before.
 */
const takeBack = sh`sp_others_of() { awk -v keys="$2" 'BEGIN { n = split(keys, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1 } { key = $0; sub(/=.*/, "", key); if (!(index($0, "=") && key in ours)) print }' "$1"; }
sp_former_of() { for sp_key in $2; do grep "^$sp_key=" "$1" || :; done; }
sp_take_back() {
  sp_f=$1 sp_v=$2; shift 2
  if [ ! -e "$sp_f" ]; then sp_emit notice changed-since "$sp_f"; return 0; fi
  sp_o=$sp_kept/first/locale/files$sp_f; sp_was=1
  if [ ! -e "$sp_o" ]; then sp_o=/dev/null; sp_was=; fi
  sp_ours=; sp_same=1
  for sp_key; do if sp_has_line "$sp_f" "$sp_key" "$sp_v"; then sp_ours="$sp_ours $sp_key"; else sp_same=; fi; done
  sp_rest=$(sp_others_of "$sp_f" "$*"; echo x)
  if [ -n "$sp_same" ] && [ "$sp_rest" = "$(sp_others_of "$sp_o" "$*"; echo x)" ]; then
    if [ -n "$sp_was" ]; then sp_old=$(cat "$sp_o"; echo x); sp_put_file "$sp_f" "\${sp_old%x}"
    else rm -f "$sp_f"; printf '%s\\n' "removed $sp_f"; fi
    return 0
  fi
  sp_emit notice changed-since "$sp_f"
  if [ -z "$sp_ours" ]; then return 0; fi
  sp_new=$(sp_others_of "$sp_f" "$sp_ours"; sp_former_of "$sp_o" "$sp_ours"; echo x)
  sp_put_file "$sp_f" "\${sp_new%x}"
}`;

export const locale: StepDefinition = {
  id: 'locale',
  title: msg('Locale'),
  what: msg(
    'Sets LANG in /etc/locale.conf, LANG and LC_ALL in /etc/environment, and installs the locale if missing.',
  ),
  why: msg('Packstack and yum need a known locale; plain assignments in /etc/profile are not exported.'),
  undo: msg(
    'Revert gives LANG in /etc/locale.conf and LANG and LC_ALL in /etc/environment their former values; one that was changed by hand since stays, and so does an installed locale.',
  ),
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
sp_keep_anew locale
sp_keep locale /etc/locale.conf /etc/environment
printf '%s\\n' ${wanted} >"$sp_kept/first/locale/value"
sp_has_locale ${wanted} || sp_yum -y install ${`glibc-langpack-${language}`}
sp_set_line /etc/locale.conf LANG ${wanted}
sp_set_line /etc/environment LANG ${wanted}
sp_set_line /etc/environment LC_ALL ${wanted}`,
      revert: sh`${takeBack}
if [ ! -e "$sp_kept/first/locale/value" ]; then printf '%s\\n' "nothing is kept of locale"; return 1; fi
sp_written=$(cat "$sp_kept/first/locale/value")
sp_take_back /etc/locale.conf "$sp_written" LANG
sp_take_back /etc/environment "$sp_written" LANG LC_ALL`,
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
  undo: msg(
    'Revert removes /etc/profile.d/stackprep.sh, or puts back what was there; lines that were added by hand since stay.',
  ),
  drifts: true,
  impliedBy: () => false,
  script: () => ({
    check: sh`sp_need_file /etc/profile.d/stackprep.sh ${profile}`,
    apply: sh`sp_keep_anew shell-profile
sp_keep shell-profile /etc/profile.d/stackprep.sh
sp_write_file /etc/profile.d/stackprep.sh ${profile}`,
    revert: sh`sp_f=/etc/profile.d/stackprep.sh; sp_ours=${profile}
if [ ! -e "$sp_f" ] || sp_same_file "$sp_f" "$sp_ours"; then sp_put_back first shell-profile; return; fi
sp_now=$(cat "$sp_f"; echo x); sp_now=\${sp_now%x}
case $sp_now in
  "$sp_ours"*)
    sp_emit notice changed-since "$sp_f"
    sp_o=$sp_kept/first/shell-profile/files$sp_f; sp_old=x
    if [ -e "$sp_o" ]; then sp_old=$(cat "$sp_o"; echo x); fi
    sp_put_file "$sp_f" "\${sp_old%x}\${sp_now#"$sp_ours"}";;
  *) sp_emit notice left-changed "$sp_f"; return 1;;
esac`,
    intent: { files: ['/etc/profile.d/stackprep.sh'] },
  }),
};
