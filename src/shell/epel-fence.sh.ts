// Generated from epel-fence.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const epelFenceSh: ShellFile<never> = {
  path: 'shell/epel-fence.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# EPEL next to RDO: enabled, but without replacing packages of other repositories. Uses shell/repository-files.sh. sp_fence lists
# EPEL packages that break OpenStack although their names differ from release to release: Packstack on EL7 (leatherman), RabbitMQ
# on EL9 (Erlang). Repository priorities handle the rest.
sp_fence='leatherman* erlang* rabbitmq-server*'

# sp_list_of FILE ID KEY: prints the words of a list in a section, one per line, separated by blanks and commas.
sp_list_of() { sp_setting_of "$@" | tr -s ' \\t,' '[\\n*]' | grep . || :; }

# sp_missing_words FILE ID KEY WORDS: prints the words that are not in the list, on one line.
sp_missing_words() {
  sp_has=$(sp_list_of "$1" "$2" "$3")
  set -f
  # shellcheck disable=SC2086 # a list of words
  set -- $4
  set +f
  for sp_word; do printf '%s\\n' "$sp_has" | grep -qxF -e "$sp_word" || printf '%s ' "$sp_word"; done | sed 's/ $//'
}

# sp_with_words FILE ID KEY WORDS: prints the file with the words appended to the list.
sp_with_words() {
  awk -v which="$2" -v wanted="$3" -v words="$4" "$sp_ini_awk"'
    { hit = low == which && kind == "set" && key == wanted }
    NR == FNR { if (hit) last = FNR; if (low == which && !head) head = FNR; next }
    FNR == last { sub(/[ \\t\\r]*$/, ""); sub(/[=:][ \\t]*$/, "="); print $0 ($0 ~ "=$" ? "" : " ") words end; next }
    { print }
    FNR == head && !last { print wanted "=" words end }' "$1" "$1"
}

# Prints file and id of each enabled EPEL repository, and of \`epel\` itself.
sp_epel_sections() { sp_sections | awk -F '\\t' '{ id = tolower($2) } id ~ /^epel/ && ($3 == 1 || id == "epel") { print $1 "\\t" id }'; }

# Adds the priority and the excludes to the EPEL repositories; existing excludes stay.
sp_fence_files() {
  sp_epel_sections | while IFS='	' read -r sp_f sp_id; do
    sp_set_setting "$sp_f" "^$sp_id\\$" priority 100
    sp_words=$(sp_missing_words "$sp_f" "$sp_id" exclude "$sp_fence")
    if [ -n "$sp_words" ]; then
      sp_text=$(
        sp_with_words "$sp_f" "$sp_id" exclude "$sp_words"
        printf x
      )
      sp_backup "$sp_f"
      sp_write_file "$sp_f" "\${sp_text%x}"
    fi
  done
}

# Returns 1 with a reason for each EPEL repository without them.
sp_need_fence_files() {
  sp_open=$(sp_epel_sections | while IFS='	' read -r sp_f sp_id; do
    if [ "$(sp_setting_of "$sp_f" "$sp_id" priority)" != 100 ] || [ -n "$(sp_missing_words "$sp_f" "$sp_id" exclude "$sp_fence")" ]; then printf '%s\\n' "$sp_f"; fi
  done | sort -u)
  if [ -z "$sp_open" ]; then return 0; fi
  sp_because epel-not-fenced "$(printf '%s' "$sp_open" | tr '\\n' ' ')" "$sp_fence"
  return 1
}

# yum 3 needs a plugin for priorities (yum-utils, plugins/priorities/priorities.py), and loads plugins only if its configuration
# says so. Neither package comes from EPEL.
sp_priorities_on() {
  if ! sp_installed yum-plugin-priorities; then
    if sp_enabled | grep -q '^epel'; then sp_yum -y --disablerepo='epel*' install yum-plugin-priorities; else sp_yum -y install yum-plugin-priorities; fi
  fi
  sp_enable_key /etc/yum/pluginconf.d/priorities.conf enabled
  sp_enable_key /etc/yum.conf plugins
}

# sp_enable_key FILE KEY: enables a key in the section main unless it is enabled.
sp_enable_key() {
  [ -e "$1" ] || return 0
  case $(sp_setting_of "$1" main "$2" | tr '[:upper:]' '[:lower:]') in 1 | yes | true | on) return 0 ;; esac
  sp_set_setting "$1" '^main$' "$2" 1
}

# Sets sp_yum_list to the packages that yum 3 itself offers, from its cache. Returns 2 if yum is locked.
sp_yum3_lists() {
  # yum 3 takes the lock for its cache, too, and would wait for it without an end.
  sp_yum_wait || return 2
  sp_rc=0
  sp_yum_list=$(sp_yum -C -d 2 --showduplicates list all </dev/null) || sp_rc=$?
  if [ "$sp_rc" = 200 ]; then return 2; fi
}

# Returns 1 with a reason if yum 3 ignores priorities, 2 if yum is locked. Sets sp_yum_list.
sp_need_priorities() {
  sp_need_package yum-plugin-priorities || return $?
  sp_yum3_lists || return $?
  if printf '%s\\n' "$sp_yum_list" | awk '/^Loaded plugins:/ { on = 1 } on && !/^Loaded plugins:|^ +:/ { exit } on && /[ ,]priorities(,|$)/ { found = 1; exit } END { exit !found }'; then return 0; fi
  sp_because priorities-not-loaded
  return 1
}

# sp_need_no_shadow IDS: returns 1 with a reason if sp_yum_list still offers an EPEL package that another of these repositories
# has. An entry has three words, which yum may wrap; without a list the result is 0.
sp_need_no_shadow() {
  sp_names=$(printf '%s\\n' "$sp_yum_list" | awk -v enabled="$1" '
    BEGIN { n = split(enabled, list, " "); for (i = 1; i <= n; i++) on[list[i]] = 1 }
    /^(Installed|Available) Packages/ { inside = 1; k = 0; next }
    !inside { next }
    { for (i = 1; i <= NF; i++) { word[++k] = $i; if (k == 3) { entry(); k = 0 } } }
    function entry(  name, from, here) {
      name = word[1]; sub(/\\.[^.]*$/, "", name); from = tolower(word[3]); here = sub(/^@/, "", from); sub(/\\/.*/, "", from)
      if (from ~ /^epel/) { if (!here) theirs[name] = 1 } else if (from in on) ours[name] = 1
    }
    END { for (name in theirs) if (name in ours) print name }' | sort | head -n 5 | tr '\\n' ' ')
  if [ -z "$sp_names" ]; then return 0; fi
  sp_because epel-offers "\${sp_names% }"
  return 1
}
`,
};
