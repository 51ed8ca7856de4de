// Generated from locale.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const localeSh: ShellFile<'locale_wanted' | 'locale_package'> = {
  path: 'steps/locale/locale.sh',
  parameters: ["locale_wanted","locale_package"],
  text: `# shellcheck shell=sh
# LANG and LC_ALL in /etc/locale.conf and /etc/environment.
# param locale_wanted: such as en_US.UTF-8
# param locale_package: the package that provides it

# Prints the settings, one per line: file, key.
locale_render_settings() {
  printf '%s\\n' '/etc/locale.conf LANG' '/etc/environment LANG' '/etc/environment LC_ALL'
}

# Returns 0 if the locale is installed.
locale_is_installed() {
  locale -a | sed 's/utf8$/UTF-8/' | grep -qixF "$(printf %s "$1" | sed 's/[Uu][Tt][Ff]-*8$/UTF-8/')"
}

locale_check() {
  sp_missing=0
  if ! locale_is_installed "$locale_wanted"; then
    sp_because locale-missing "$locale_wanted"
    sp_missing=1
  fi
  while read -r locale_file locale_key; do
    sp_need_line "$locale_file" "$locale_key" "$locale_wanted" || sp_missing=1
  done <<LOCALE
$(locale_render_settings)
LOCALE
  return $sp_missing
}

locale_apply() {
  sp_backup_begin
  sp_backup /etc/locale.conf /etc/environment
  locale_is_installed "$locale_wanted" || sp_yum -y install "$locale_package"
  while read -r locale_file locale_key; do
    sp_set_line "$locale_file" "$locale_key" "$locale_wanted"
  done <<LOCALE
$(locale_render_settings)
LOCALE
}

locale_revert() { sp_restore first; }
`,
};
