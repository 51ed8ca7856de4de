import type { Shell } from './shells.ts';

// The scripts know nothing of the command line: `stackprep __complete` says what fits (src/cli/commands/complete.ts). None of them
// evaluates what it prints, since names come from cluster files.

/** For bash 3.2 (macOS) and later, which splits `--option=value` into three words. */
const bash = `# Completion of stackprep for bash.
_stackprep() {
  local word= value= rest= head= kind= lead= begun= out= joins=
  local i=1 n=0
  local -a words
  COMPREPLY=()
  while [ "$i" -le "$COMP_CWORD" ]; do
    word=\${COMP_WORDS[$i]}
    if [ "$n" -gt 0 ] && { [ "$word" = = ] || [ -n "$joins" ]; }; then
      words[$((n - 1))]=\${words[$((n - 1))]}$word
    else
      words[$n]=$word
      n=$((n + 1))
    fi
    joins=
    [ "$word" != = ] || joins=1
    i=$((i + 1))
  done
  word=\${words[$((n - 1))]}
  unset "words[$((n - 1))]"
  out=$("$1" __complete \${words[@]+"\${words[@]}"} "=$word" 2>/dev/null) || return 0
  head=\${out%%$'\\n'*}
  kind=\${head%%$'\\t'*}
  lead=\${head#*$'\\t'}
  begun=\${word#"$lead"}
  case $kind in
    cluster-file)
      compopt -o filenames 2>/dev/null
      while IFS= read -r value; do
        case $value in *.yaml | *.yml) COMPREPLY[\${#COMPREPLY[@]}]=$value ;; esac
      done < <(compgen -f -- "$begun")
      while IFS= read -r value; do
        COMPREPLY[\${#COMPREPLY[@]}]=$value
      done < <(compgen -d -- "$begun")
      ;;
    file) ;;
    folder) compopt -o dirnames 2>/dev/null ;;
    *)
      compopt +o default 2>/dev/null
      while IFS=$'\\t' read -r value rest; do
        [ -z "$value" ] || COMPREPLY[\${#COMPREPLY[@]}]=$(printf '%q' "$value")
      done < <(printf '%s\\n' "$out" | tail -n +2)
      ;;
  esac
}
complete -o default -F _stackprep stackprep stackprep.mjs
`;

/** Works from a folder in \`fpath\` as well as sourced. */
const zsh = `#compdef stackprep stackprep.mjs
# Completion of stackprep for zsh.
_stackprep() {
  local -a lines values
  local kind lead line
  lines=("\${(@f)$("\${(Q)words[1]}" __complete "\${(@Q)words[2,CURRENT-1]}" "=\${(Q)PREFIX}" 2>/dev/null)}")
  kind=\${lines[1]%%$'\\t'*}
  lead=\${lines[1]#*$'\\t'}
  [[ -z $lead ]] || compset -P '*='
  case $kind in
    cluster-file) _files -g '*.(yaml|yml)(-.)' ;;
    file) _files ;;
    folder) _files -/ ;;
    *)
      for line in "\${(@)lines[2,-1]}"; do
        [[ -n $line ]] || continue
        if [[ $line == *$'\\t'* ]]; then
          values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
        else
          values+=("\${line//:/\\\\:}")
        fi
      done
      _describe value values
      ;;
  esac
}
if [[ $funcstack[1] == _stackprep ]]; then
  _stackprep "$@"
else
  compdef _stackprep stackprep stackprep.mjs
fi
`;

const fish = `# Completion of stackprep for fish.
function __stackprep_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    set -l lines ($program __complete $words "=$current" 2>/dev/null)
    or return
    set -l head (string split -m 1 \\t -- $lines[1])
    set -e lines[1]
    switch $head[1]
        case cluster-file file
            __fish_complete_path $current
        case folder
            __fish_complete_directories $current
        case '*'
            for line in $lines
                printf '%s\\n' "$head[2]$line"
            end
    end
end
for program in stackprep stackprep.mjs
    complete -c $program -f -a '(__stackprep_complete)'
end
`;

/** Without a result, PowerShell itself completes paths. */
const powershell = `# Completion of stackprep for PowerShell.
Register-ArgumentCompleter -Native -CommandName 'stackprep', 'stackprep.mjs' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $elements = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $words = @($elements | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $command = $commandAst.GetCommandName()
    $lines = @(& $command __complete @words "=$wordToComplete" 2>$null)
    if ($lines.Count -eq 0) { return }
    $kind, $lead = $lines[0] -split "\`t", 2
    $lines | Select-Object -Skip 1 | Where-Object { $_ } | ForEach-Object {
        $value, $about = $_ -split "\`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new("$lead$value", $value, 'ParameterValue', $about)
    }
}
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
