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
  printf '%s\\n' "$locale_wanted" >"$sp_backups/first/$STEP_ID/value"
  locale_is_installed "$locale_wanted" || sp_yum -y install "$locale_package"
  while read -r locale_file locale_key; do
    sp_set_line "$locale_file" "$locale_key" "$locale_wanted"
  done <<LOCALE
$(locale_render_settings)
LOCALE
}

# locale_others_of FILE KEYS: prints the lines that set none of the keys.
locale_others_of() {
  awk -v keys="$2" 'BEGIN { n = split(keys, list, " "); for (i = 1; i <= n; i++) ours[list[i]] = 1 } { key = $0; sub(/=.*/, "", key); if (!(index($0, "=") && key in ours)) print }' "$1"
}

# locale_former_of FILE KEYS: prints the lines that set one of the keys.
locale_former_of() { for locale_key in $2; do grep "^$locale_key=" "$1" || :; done; }

# locale_revert_settings PATH VALUE KEY…: restores the former settings. A setting that no longer has the step's value stays; if
# nothing else has changed the file, it is restored completely.
locale_revert_settings() {
  locale_file=$1
  locale_value=$2
  shift 2
  if [ ! -e "$locale_file" ]; then
    sp_emit notice partly-reverted "$locale_file"
    return 0
  fi
  locale_old=$sp_backups/first/$STEP_ID/files$locale_file
  locale_was=1
  if [ ! -e "$locale_old" ]; then
    locale_old=/dev/null
    locale_was=
  fi
  locale_ours=
  locale_same=1
  for locale_key; do
    if sp_has_line "$locale_file" "$locale_key" "$locale_value"; then locale_ours="$locale_ours $locale_key"; else locale_same=; fi
  done
  locale_rest=$(
    locale_others_of "$locale_file" "$*"
    echo x
  )
  if [ -n "$locale_same" ] && [ "$locale_rest" = "$(
    locale_others_of "$locale_old" "$*"
    echo x
  )" ]; then
    if [ -n "$locale_was" ]; then
      locale_text=$(
        cat "$locale_old"
        echo x
      )
      sp_put_file "$locale_file" "\${locale_text%x}"
    else
      rm -f "$locale_file"
      printf '%s\\n' "removed $locale_file"
    fi
    return 0
  fi
  sp_emit notice partly-reverted "$locale_file"
  if [ -z "$locale_ours" ]; then return 0; fi
  locale_text=$(
    locale_others_of "$locale_file" "$locale_ours"
    locale_former_of "$locale_old" "$locale_ours"
    echo x
  )
  sp_put_file "$locale_file" "\${locale_text%x}"
}

locale_revert() {
  if [ ! -e "$sp_backups/first/$STEP_ID/value" ]; then
    printf '%s\\n' "nothing is kept of $STEP_ID"
    return 1
  fi
  locale_written=$(cat "$sp_backups/first/$STEP_ID/value")
  locale_revert_settings /etc/locale.conf "$locale_written" LANG
  locale_revert_settings /etc/environment "$locale_written" LANG LC_ALL
}
`,
};
