// Generated from preview-files.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const previewFilesSh: ShellFile<'sp_preview_secrets'> = {
  path: 'shell/preview-files.sh',
  parameters: ["sp_preview_secrets"],
  text: `# shellcheck shell=sh
# Prints what differs between the view of a preview and the node. File contents go as base64, since they may have any bytes; secrets
# are replaced by their names before that.
# param sp_preview_secrets: the names of the secrets of the payload, separated by newlines
sp_preview_max=262144
# Reads lines and prints them after a marker of the type \`text\` and the name of a part.
sp_preview_text() { base64 -w 8192 | awk -v lead="@@stackprep:$sp_nonce	text	$1	" '{ print lead $0 }'; }
# Files whose content never leaves the node.
sp_preview_is_private() {
  case $1 in
    /etc/shadow* | /etc/gshadow* | */.erlang.cookie | */.pgpass | */.netrc | */krb5.keytab) return 0 ;;
  esac
  grep -q 'PRIVATE KEY-----' "$2" 2>/dev/null
}
# sp_preview_side PATH FILE: sets sp_side to kind, mode, owner, context and size, separated by tabs; the kind is \`-\` if the file is
# absent. A process for each part would take most of the time of a preview.
sp_preview_side() {
  if [ -L "$2" ]; then
    sp_kind='link'
  elif [ -f "$2" ]; then
    sp_kind='text'
  else
    sp_side='-	-	-	-	0'
    return
  fi
  sp_side=
  if [ -n "$sp_selinux" ]; then sp_side=$(stat -c '%a	%U:%G	%C	%s' "$2" 2>/dev/null) || sp_side=; fi
  if [ -z "$sp_side" ]; then sp_side=$(stat -c '%a	%U:%G	-	%s' "$2"); fi
  if [ "$sp_kind" = text ]; then
    if sp_preview_is_private "$1" "$2"; then
      sp_kind='private'
    elif [ "\${sp_side##*	}" -gt "$sp_preview_max" ]; then sp_kind='large'; fi
  fi
  sp_side="$sp_kind	$sp_side"
}
# Sets sp_preview_known to lines with the name of a secret, a tab, and a value that a file may have.
sp_preview_find_known() {
  sp_preview_known=$(
    printf '%s\\n' "$sp_preview_secrets" | while IFS= read -r sp_name; do
      if [ -n "$sp_name" ]; then sp_secret "$sp_name" 2>/dev/null | awk -v name="$sp_name" 'length($0) > 2 { print name "\\t" $0 }'; fi
    done
    printf '%s\\n' "\${sp_masks:-}" | awk 'length($0) > 2 { print "\\t" $0 }'
  )
  if [ -n "$sp_preview_known" ]; then
    sp_preview_known="$sp_preview_known
"
  fi
}
# sp_preview_named FILE [NEW]: prints the file with the names of secrets in place of their values, and values of lines that look like
# passwords hidden. With NEW, the file as it will be, which has a secret: hides what else its other lines hold, too. With \`-\` as FILE,
# standard input, where only the secrets are replaced: lines of a package manager are no settings.
sp_preview_named() {
  sp_settings=1
  if [ "$1" = - ]; then sp_settings=; fi
  {
    printf '%s%s\\n' "$sp_preview_known" "@@$sp_nonce"
    if [ -n "\${2:-}" ]; then cat "$2" && echo; fi
    echo "@@$sp_nonce"
    cat "$1"
    printf x
  } | awk -v settings="$sp_settings" -v end="@@$sp_nonce" '
    part == 0 && $0 == end { part = 1; next }
    part == 0 { at = index($0, "\\t"); many++; of[many] = substr($0, 1, at - 1); value[many] = substr($0, at + 1); next }
    part == 1 && $0 == end { part = 2; next }
    part == 1 { known[$0] = 1; any = 1; next }
    function named(line,  i, at, key, out, text) {
      text = line
      for (i = 1; i <= many; i++) {
        out = ""
        while ((at = index(line, value[i])) > 0) { out = out substr(line, 1, at - 1) "{secret: " (of[i] == "" ? "?" : of[i]) "}"; line = substr(line, at + length(value[i])) }
        line = out line
      }
      if (settings && line == text) {
        at = match(line, /[=:]/); key = tolower(substr(line, 1, at))
        if (at && length(line) > at && (any && !(line in known) || key ~ /passw|_pw[ \\t]*[=:]|secret|token|cookie|psk|private.?key|auth_enc_key/ && key !~ /^[ \\t]*[#;]/)) line = substr(line, 1, at) "{hidden}"
      }
      return line
    }
    shown++ { printf "%s\\n", named(last) }
    { last = $0 }
    END { printf "%s", named(substr(last, 1, length(last) - 1)) }'
}
# sp_preview_content PART KIND FILE [NEW]
sp_preview_content() {
  case $2 in
    link) readlink "$3" | sp_preview_text "$1" ;;
    text) sp_preview_named "$3" "\${4:-}" | sp_preview_text "$1" ;;
  esac
}
# sp_preview_show PATH NOW BEFORE: prints the sides sp_old and sp_new; sp_secretive is the new file if it has a secret.
sp_preview_show() {
  sp_emit file "$(printf %s "$1" | base64 -w 0)" "$sp_old" "$sp_new"
  sp_preview_content old "\${sp_old%%	*}" "$3" "$sp_secretive"
  sp_preview_content new "\${sp_new%%	*}" "$2"
}
# sp_preview_file PATH NOW BEFORE: prints the difference of a file; returns 1 if there is none.
sp_preview_file() {
  sp_preview_side "$1" "$3"
  sp_old=$sp_side
  sp_preview_side "$1" "$2"
  sp_new=$sp_side
  case $sp_old in -*) if [ -n "$sp_selinux" ] && command -v matchpathcon >/dev/null; then
    sp_new=$(printf '%s\\n' "$sp_new" | awk -F '\\t' -v OFS='\\t' -v context="$(matchpathcon -n "$1")" '{ $4 = context; print }')
  fi ;; esac
  if [ "$sp_old" = "$sp_new" ]; then
    case $sp_new in
      -*) return 1 ;;
      link*) if [ "$(readlink "$2")" = "$(readlink "$3")" ]; then return 1; fi ;;
      *) if sp_same_bytes "$2" "$3"; then return 1; fi ;;
    esac
  fi
  sp_secretive=
  if [ -f "$2" ] && [ ! -L "$2" ] && [ -n "$sp_preview_secrets" ] && sp_preview_named "$2" | grep -qF '{secret: '; then sp_secretive=$2; fi
  sp_preview_show "$1" "$2" "$3"
}
# Prints the differences of all files since the last call. What changed before the step before is as it was shown; the step before is
# included, since a change in the same tick of the clock as the mark is not newer.
sp_preview_files() {
  sp_selinux=
  if command -v getenforce >/dev/null && [ "$(getenforce)" != Disabled ]; then sp_selinux=1; fi
  set --
  if [ -e /.stackprep/mark-before ]; then set -- -cnewer /.stackprep/mark-before; fi
  while read -r sp_v sp_at; do
    [ -d "$sp_s/$sp_v/upper" ] || continue
    (cd "$sp_s/$sp_v/upper" && find . \\( -path './.stackprep' -o -path ./tmp -o -path ./usr -o -path ./var/cache -o -path ./var/tmp -o -path ./var/log -o -path ./var/lib/stackprep -o -path ./var/lib/rpm -o -path ./var/lib/dnf -o -path ./var/lib/yum -o -path ./var/lib/PackageKit \\) -prune -o \\( -type f -o -type l -o -type c \\) "$@" -print) | sed "s,^\\\\./,$sp_at,"
  done <"$sp_s/state/views" | sort -u | while IFS= read -r sp_p; do
    case $sp_p in
      /var/cache/* | /var/tmp/* | /var/log/* | /var/lib/stackprep/* | /var/lib/rpm/* | /var/lib/dnf/* | /var/lib/yum/* | /usr/* | /etc/pki/rpm-gpg/*) continue ;;
      *.stackprep-backup | */.stackprep.* | /etc/passwd | /etc/passwd- | /etc/group | /etc/group- | /etc/.pwd.lock | /etc/ld.so.cache | /etc/rpm/macros.stackprep-preview) continue ;;
    esac
    sp_before=/.stackprep/old$sp_p
    if [ -e "/.stackprep/prev$sp_p" ] || [ -L "/.stackprep/prev$sp_p" ]; then sp_before=/.stackprep/prev$sp_p; elif [ -e "/.stackprep/gone$sp_p" ]; then sp_before=/.stackprep/none; fi
    sp_preview_file "$sp_p" "$sp_p" "$sp_before" || continue
    if [ "$sp_before" != "/.stackprep/old$sp_p" ]; then rm -f "/.stackprep/prev$sp_p" "/.stackprep/gone$sp_p"; fi
    if [ -e "$sp_p" ] || [ -L "$sp_p" ]; then
      mkdir -p "/.stackprep/prev\${sp_p%/*}" && cp -a "$sp_p" "/.stackprep/prev$sp_p"
    else mkdir -p "/.stackprep/gone\${sp_p%/*}" && : >"/.stackprep/gone$sp_p"; fi
  done
}
# Prints what the solver answered, and the installed versions of the packages that it names.
sp_preview_transactions() {
  for sp_out in /.stackprep/transactions/*.out; do
    [ -e "$sp_out" ] || continue
    sp_t=\${sp_out%.out}
    sp_emit transaction "$(cat "$sp_t.verb")" "$(cat "$sp_t.code")"
    tail -c 1048576 "$sp_out" | sp_preview_named - | sp_preview_text output
    rpm -qa --qf '%{name}\\t%{arch}\\t%{epochnum}:%{version}-%{release}\\n' | awk 'NR == FNR { for (i = 1; i <= NF; i++) word[$i] = 1; next } ($1 in word)' "$sp_out" - | sp_preview_named - | sp_preview_text installed
    if [ -s "$sp_t.security" ]; then head -c 1048576 "$sp_t.security" | sp_preview_named - | sp_preview_text security; fi
  done
}
`,
};
