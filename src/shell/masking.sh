# shellcheck shell=sh
# For payloads with secrets: they are read from standard input, one line each for `printf %b`, and kept in shell variables.
# `sp_masked` runs the payload and masks them in its output; awk reads them from the same pipe.
sp_read_secret() {
  IFS= read -r sp_line
  sp_secret_value=$(printf '%bx' "$sp_line")
  sp_secret_value=${sp_secret_value%x}
  sp_line=
}
sp_masked() {
  {
    sp_known="$(
      sp_all_secrets
      printf x
    )"
    sp_known=${sp_known%x}
    printf '%s\n' "$sp_nonce"
    printf '%s' "$sp_known" | awk 'END { print NR }'
    printf '%s' "$sp_known"
    sp_main 2>&1
  } | (
    trap '' INT TERM
    exec awk '
    function mask(text,  i, at, out) {
      for (i = 1; i <= many; i++) {
        out = ""
        while ((at = index(text, secret[i])) > 0) {
          out = out substr(text, 1, at - 1) "***"
          text = substr(text, at + length(secret[i]))
        }
        text = out text
      }
      return text
    }
    NR == 1 { lead = "@@stackprep:" $0 "\t"; next }
    NR == 2 { lines = $0 + 0; next }
    NR <= lines + 2 {
      if ($0 == "") next
      for (at = ++many; at > 1 && length(secret[at - 1]) < length($0); at--) secret[at] = secret[at - 1]
      secret[at] = $0; next
    }
    index($0, lead) == 1 {
      if (!match($0, /^[^\t]*\t(because|notice|result\t[^\t]*\t[^\t]*)\t[^\t]*/)) RLENGTH = length($0)
      print substr($0, 1, RLENGTH) mask(substr($0, RLENGTH + 1)); fflush(); next
    }
    { print mask($0); fflush() }'
  )
}
