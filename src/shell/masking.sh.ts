// Generated from masking.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const maskingSh: ShellFile<never> = {
  path: 'shell/masking.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# A payload with secrets: they come over standard input, one line each for \`printf %b\`, and stay in shell variables. \`sp_masked\`
# runs the payload and removes them from whatever it prints; awk gets them through the same pipe.
sp_take() {
  IFS= read -r sp_line
  sp_taken=$(printf '%bx' "$sp_line")
  sp_taken=\${sp_taken%x}
  sp_line=
}
sp_masked() {
  {
    sp_known="$(
      sp_all_secrets
      printf x
    )"
    sp_known=\${sp_known%x}
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
    NR == 1 { lines = $0 + 0; next }
    NR <= lines + 1 {
      if ($0 == "") next
      for (at = ++many; at > 1 && length(secret[at - 1]) < length($0); at--) secret[at] = secret[at - 1]
      secret[at] = $0; next
    }
    /^@@stackprep:[^\\t]*\\t(because|notice)\\t/ {
      match($0, /^[^\\t]*\\t[^\\t]*\\t[^\\t]*/)
      print substr($0, 1, RLENGTH) mask(substr($0, RLENGTH + 1)); fflush(); next
    }
    /^@@stackprep:/ { print; fflush(); next }
    { print mask($0); fflush() }'
  )
}
`,
};
