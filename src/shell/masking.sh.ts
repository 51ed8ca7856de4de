// Generated from masking.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const maskingSh: ShellFile<never> = {
  path: 'shell/masking.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# For payloads with secrets: they are read from standard input, one line each for \`printf %b\`, and kept in shell variables.
# \`sp_masked\` runs the payload and masks them in its output; awk reads them from the same pipe.
sp_masks=
sp_read_secret() {
  IFS= read -r sp_line
  sp_secret_value=$(printf '%bx' "$sp_line")
  sp_secret_value=\${sp_secret_value%x}
  sp_line=
}
# A job is also given the forms in which a program may print the secrets, to the end of its input.
sp_read_masks() {
  sp_lines=
  while IFS= read -r sp_line; do sp_lines="$sp_lines$sp_line\\\\n"; done
  sp_masks=$(printf '%b' "$sp_lines")
  sp_lines=
}
sp_masked() {
  if [ -n "$sp_job" ]; then sp_read_masks; fi
  {
    sp_known="$(
      sp_all_secrets
      printf '%s\\nx' "$sp_masks"
    )"
    sp_known=\${sp_known%x}
    printf '%s\\n' "$sp_nonce"
    printf '%s' "$sp_known" | awk 'END { print NR }'
    printf '%s' "$sp_known"
    sp_main 2>&1
  } </dev/null | (
    trap '' INT TERM
    exec awk '
    # Without carriage returns if a secret is broken by them.
    function whole(text,  i, bare) {
      if (!index(text, "\\r")) return text
      bare = text
      gsub(/\\r/, "", bare)
      for (i = 1; i <= many; i++) if (index(bare, secret[i]) && !index(text, secret[i])) return bare
      return text
    }
    # The larger half of a secret that continues on the next line or began on the last one, or a line out of its middle.
    function edges(text,  i, at, piece, near) {
      sub(/\\r+$/, "", text)
      for (i = 1; i <= many; i++) {
        if (length(text) >= 8 && length(text) < full[i] && index(secret[i], text)) return "***"
        near = length(text) - full[i] + 2
        if (near < 1) near = 1
        piece = substr(text, near)
        while ((at = index(piece, front[i])) > 0) {
          piece = substr(piece, at)
          if (index(secret[i], piece) == 1) { text = substr(text, 1, length(text) - length(piece)) "***"; break }
          piece = substr(piece, 2)
        }
        at = index(substr(text, 1, full[i] - 1), back[i])
        if (at > 0) {
          piece = substr(text, 1, at + length(back[i]) - 1)
          if (piece == substr(secret[i], full[i] - length(piece) + 1)) text = "***" substr(text, length(piece) + 1)
        }
      }
      return text
    }
    function mask(text,  i, at, out) {
      text = whole(text)
      for (i = 1; i <= many; i++) {
        out = ""
        while ((at = index(text, secret[i])) > 0) {
          out = out substr(text, 1, at - 1) "***"
          text = substr(text, at + full[i])
        }
        text = out text
      }
      return edges(text)
    }
    function begin(  i, half) {
      for (i = 1; i <= many; i++) {
        full[i] = length(secret[i])
        half = int((full[i] + 1) / 2)
        if (half < 3) half = 3
        front[i] = substr(secret[i], 1, half)
        back[i] = substr(secret[i], full[i] - half + 1)
      }
      ready = 1
    }
    NR == 1 { lead = "@@stackprep:" $0 "\\t"; next }
    NR == 2 { lines = $0 + 0; next }
    NR <= lines + 2 {
      if ($0 == "" || $0 in seen) next
      seen[$0] = 1
      for (at = ++many; at > 1 && length(secret[at - 1]) < length($0); at--) secret[at] = secret[at - 1]
      secret[at] = $0; next
    }
    !ready { begin() }
    index($0, lead) == 1 {
      if (!match($0, /^[^\\t]*\\t(because|notice|effect|result\\t[^\\t]*\\t[^\\t]*)\\t[^\\t]*/)) RLENGTH = length($0)
      print substr($0, 1, RLENGTH) mask(substr($0, RLENGTH + 1)); fflush(); next
    }
    { print mask($0); fflush() }'
  )
}
`,
};
