/**
 * Shell functions that ask the program being typed, `virtkit` or a path to it, for the words that may come next. Names
 * of guests are anybody's words: they are quoted, and no shell expands them.
 */
export const shellScripts: Readonly<Record<string, string>> = {
  bash: `_virtkit() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("$(printf %q "$word")")
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _virtkit virtkit
`,
  zsh: `#compdef virtkit
_virtkit() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found || _files
}
compdef _virtkit virtkit
`,
  fish: `function __virtkit
  set -l found (env (commandline -opc)[1] complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c virtkit -f -a '(__virtkit)'
`,
};
