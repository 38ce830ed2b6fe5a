/** Shell functions that ask `virtkit complete` for the words that may come next. */
export const shellScripts: Readonly<Record<string, string>> = {
  bash: `_virtkit() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(virtkit complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _virtkit virtkit
`,
  zsh: `#compdef virtkit
_virtkit() {
  local -a found
  found=("\${(@f)$(virtkit complete -- "\${words[@]:1:$((CURRENT - 1))}" 2>/dev/null)}")
  compadd -a found || _files
}
compdef _virtkit virtkit
`,
  fish: `complete -c virtkit -f -a '(virtkit complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};
