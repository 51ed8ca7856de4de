# shellcheck shell=sh
# For readers without Stackprep, such as Ansible: a preview prints its differences as lines of text, each after the marker `diff`.
# Replaces functions of shell/preview-files.sh.
sp_preview_lines() { awk -v lead="@@stackprep:$sp_nonce	diff	" '{ print lead $0 }'; }
# sp_preview_title PATH SIDE: the first line of a side of a difference.
sp_preview_title() {
  case $2 in
    -*) echo /dev/null ;;
    *) printf '%s\n' "$2" | awk -F '\t' -v path="$1" '{ print path " (" $2 " " $3 ($4 == "-" ? "" : " " $4) ")" }' ;;
  esac
}
# sp_preview_plain KIND FILE [NEW]: prints the text of a side.
sp_preview_plain() {
  case $1 in
    link) printf 'link to %s\n' "$(readlink "$2")" ;;
    text) sp_preview_named "$2" "${3:-}" ;;
    private | large) printf 'content not shown: %s\n' "$1" ;;
  esac
}
sp_preview_show() {
  sp_preview_plain "${sp_old%%	*}" "$3" "$sp_secretive" >/.stackprep/side-old
  sp_preview_plain "${sp_new%%	*}" "$2" >/.stackprep/side-new
  {
    printf -- '--- %s\n' "$(sp_preview_title "$1" "$sp_old")"
    printf '+++ %s\n' "$(sp_preview_title "$1" "$sp_new")"
    diff -u /.stackprep/side-old /.stackprep/side-new 2>&1 | sed '1,2{/^--- /d;/^+++ /d;}'
  } | sp_preview_lines
}
sp_preview_transactions() {
  for sp_out in /.stackprep/transactions/*.out; do
    [ -e "$sp_out" ] || continue
    tail -c 65536 "$sp_out" | sp_preview_named - | sp_preview_lines
  done
}
# Says how far the preview of a step got, unless to its end.
sp_preview_ended() {
  if [ ! -e /.stackprep/step ]; then return 0; fi
  case $sp_rc in
    0) ;;
    77) echo 'What follows depends on a service that was not started.' | sp_preview_lines ;;
    *) echo "What follows is not known, since a command ended with code $sp_rc." | sp_preview_lines ;;
  esac
}
