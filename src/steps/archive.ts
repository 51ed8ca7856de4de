import { trimEndOf } from '../base/trim.ts';
import { operatingSystems } from '../data/operating-systems.ts';
import { type ShellText, sh } from '../shell/command.ts';

/** The shell words for the archive's bases by system, the best first; source: the table of systems. */
function bases(archive: string): ShellText {
  const cases = operatingSystems.flatMap(({ id, archive: known }) => {
    if (known === undefined) return [];
    const base = known.replace(/\/$/, '');
    const version = base.slice(base.lastIndexOf('/') + 1);
    const given = trimEndOf(archive, '/');
    const list =
      archive === 'auto'
        ? [base, base.replace(/^https:/, 'http:')]
        : [`${given}/${version}`, `${given}/centos/${version}`, given];
    return [sh`${id}) printf '%s\\n' ${{ shell: list.map((each) => sh`${each}`.shell).join(' ') }};;`.shell];
  });
  return { shell: `sp_archives() { case $sp_system in ${cases.join(' ')} esac; }` };
}

/**
 * Shell function `sp_to_archive`: lets every section in use whose mirrors are gone name the archive instead.
 * An address is written only after the archive has answered there; the file as it was stays beside it.
 */
export function archiveFunctions(archive: string): ShellText {
  return sh`${bases(archive)}
sp_variables() {
  for sp_v in /etc/yum/vars/* /etc/dnf/vars/*; do
    [ ! -f "$sp_v" ] || printf '%s=%s\\n' "\${sp_v##*/}" "$(head -n 1 "$sp_v")"
  done
  printf 'basearch=%s\\nreleasever=%s\\n' "$(uname -m)" "$sp_el"
}
sp_expand() { sp_variables | awk -v url="$1" '{ at = index($0, "="); name = "\\\\$" substr($0, 1, at - 1); value = substr($0, at + 1); gsub(name, value, url) } END { print url }'; }
sp_answers() { curl -fsS -L --retry 3 --connect-timeout 20 -m 120 -o /dev/null "$(sp_expand "$1")repodata/repomd.xml"; }
sp_new_address() {
  sp_rest=$(printf '%s\\n' "$1" | sed -e 's,^[a-z]*://[^/]*/,,' -e 's,^[^/]*/,,' -e 's,^[^/]*/,,' -e 's,/*$,/,')
  for sp_base in $(sp_archives); do
    if sp_answers "$sp_base/$sp_rest"; then printf '%s\\n' "$sp_base/$sp_rest"; return; fi
  done
  return 1
}
sp_to_archive() {
  sp_map=$(mktemp)
  sp_dead | while IFS='	' read -r sp_file sp_id sp_on sp_now sp_folder; do
    if sp_new=$(sp_new_address "$sp_folder"); then printf '%s\\t%s\\t%s\\n' "$sp_file" "$sp_id" "$sp_new" >>"$sp_map"
    else printf '%s\\n' "the archive does not answer for $sp_id; it stays as it is"; fi
  done
  cut -f 1 "$sp_map" | sort -u | while read -r sp_file; do
    sp_text=$(awk -v file="$sp_file" -v map="$sp_map" '
      BEGIN { while ((getline line < map) > 0) { split(line, part, "\\t"); if (part[1] == file) url[part[2]] = part[3] } }
      /^\\[/ { id = $0; gsub(/^\\[|\\].*$/, "", id); gone = 0; print; if (id in url) print "baseurl=" url[id]; next }
      id in url && /^(mirrorlist|metalink|baseurl)[ \\t]*=/ { print "#" $0; gone = 1; next }
      gone && /^[ \\t]+[^ \\t]/ { print "#" $0; next }
      { gone = 0; print }' "$sp_file"; printf x)
    sp_keep repositories "$sp_file"
    sp_write_file "$sp_file" "\${sp_text%x}"
  done
  if [ -s "$sp_map" ]; then sp_yum -q clean all >/dev/null; rm -rf /var/cache/yum/*; fi
  rm -f "$sp_map"
}`;
}
