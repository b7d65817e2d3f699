// `kit completions bash|zsh|fish`: what these shells complete behind ./kit. Made of the same table of
// verbs that reads the command line, so that the two can't part; exercises are looked up when a name
// is completed, in the clone whose ./kit is being typed.
#include "completions.hpp"

#include <fmt/format.h>

#include "errors.hpp"

namespace kit {

namespace {

std::string join_names(const std::vector<VerbWords>& verbs, bool with_exercise_only) {
  std::string names;
  for (const VerbWords& verb : verbs) {
    if (with_exercise_only && !verb.exercise) continue;
    names += (names.empty() ? "" : with_exercise_only ? "|" : " ") + verb.name;
  }
  return names;
}

// 'it' and 'it'\''s'
std::string single_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string option_cases(const std::vector<VerbWords>& verbs) {
  std::string cases;
  for (const VerbWords& verb : verbs)
    cases += fmt::format("    {}) flags='{}' ;;\n", verb.name, fmt::join(verb.options, " "));
  return cases;
}

// The names of exercises as one types them: broadcast; with a slash the whole id: mpi/03-broadcast.
constexpr const char* kNamesOfExercises = R"sh(
_kit_exercises() {  # ROOT WORD
  local folder id
  for folder in "$1"/exercises/*/*/; do
    folder=${folder%/} id=${folder#"$1"/exercises/}
    [[ -e $folder/exercise.json ]] || continue
    case $2 in
      */*) printf '%s\n' "$id" ;;
      *) printf '%s\n' "${id##*/??-}" "${id%/*}/" ;;
    esac
  done | sort -u
}
)sh";

std::string for_bash(const std::vector<VerbWords>& verbs) {
  return fmt::format(
      R"sh(# Completions of ./kit for bash. For this shell:   source <(./kit completions bash)
# For all:   ./kit completions bash > ~/.local/share/bash-completion/completions/kit
{0}
_kit() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} verb='' flags='' kit root i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${{COMP_WORDS[i]}} != -* ]]; then verb=${{COMP_WORDS[i]}}; break; fi
  done
  COMPREPLY=()
  if [[ ! $verb ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{1} help --color' -- "$word")
    return
  fi
  case $verb in
{2}  esac
  if [[ $word = -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags --help" -- "$word")
    return
  fi
  case $verb in
    {3})
      kit=$(type -P -- "${{COMP_WORDS[0]}}") root=$(readlink -f -- "${{kit:-.}}")
      [[ -d $root ]] || root=${{root%/*}}
      mapfile -t COMPREPLY < <(compgen -W "$(_kit_exercises "$root" "$word")" -- "$word")
      [[ ${{COMPREPLY[0]-}} = */ && ${{#COMPREPLY[@]}} = 1 ]] && compopt -o nospace
      ;;
  esac
}}
complete -o default -F _kit kit
)sh",
      kNamesOfExercises, join_names(verbs, false), option_cases(verbs), join_names(verbs, true));
}

std::string for_zsh(const std::vector<VerbWords>& verbs) {
  std::string described;
  for (const VerbWords& verb : verbs)
    described += "    " + single_quoted(verb.name + ":" + verb.what) + "\n";
  return fmt::format(R"sh(#compdef kit
# Completions of ./kit for zsh. For this shell:   source <(./kit completions zsh)
# For all:   ./kit completions zsh > "${{fpath[1]}}/_kit"
{0}
_kit() {{
  local word=${{words[CURRENT]}} verb='' flags='' kit root one
  local -a verbs names
  verbs=(
{1}  )
  for one in "${{(@)words[2,CURRENT-1]}}"; do
    if [[ $one != -* ]]; then verb=$one; break; fi
  done
  if [[ -z $verb ]]; then
    _describe verb verbs
    return
  fi
  kit=${{words[1]}}
  case $verb in
{2}  esac
  if [[ $word = -* ]]; then
    names=(${{=flags}} --help)
    compadd -a names
    return
  fi
  case $verb in
    {3})
      root=${{${{:-$kit}}:A:h}}
      [[ -d $root/exercises ]] || root=${{$(whence -p -- "$kit"):A:h}}
      names=(${{(f)"$(_kit_exercises "$root" "$word")"}})
      compadd -a names
      ;;
    *) _files ;;
  esac
}}
(( $+functions[compdef] )) && compdef _kit kit
)sh",
                     kNamesOfExercises, described, option_cases(verbs), join_names(verbs, true));
}

std::string for_fish(const std::vector<VerbWords>& verbs) {
  std::string text =
      R"sh(# Completions of ./kit for fish. For this shell:   ./kit completions fish | source
# For all:   ./kit completions fish > ~/.config/fish/completions/kit.fish

function __kit_exercises
    set -l kit (commandline -opc)[1]
    set -l root (path dirname (path resolve $kit))
    for folder in $root/exercises/*/*/
        test -e $folder/exercise.json; or continue
        set -l parts (string split / (string trim --right --chars=/ $folder))
        echo (string replace -r '^[0-9]+-' '' $parts[-1])
        echo $parts[-2]/$parts[-1]
    end
end

complete -c kit -f
)sh";
  for (const VerbWords& verb : verbs) {
    text += fmt::format("complete -c kit -n __fish_use_subcommand -a {} -d {}\n", verb.name,
                        single_quoted(verb.what));
    for (const std::string& option : verb.options)
      text += fmt::format("complete -c kit -n '__fish_seen_subcommand_from {}' -l {}\n", verb.name,
                          option.substr(2));
    if (verb.exercise)
      text += fmt::format(
          "complete -c kit -n '__fish_seen_subcommand_from {}' -a '(__kit_exercises)'\n",
          verb.name);
  }
  return text;
}

}  // namespace

int completions(const std::string& shell, const std::vector<VerbWords>& verbs) {
  if (shell == "bash")
    fmt::print("{}", for_bash(verbs));
  else if (shell == "zsh")
    fmt::print("{}", for_zsh(verbs));
  else if (shell == "fish")
    fmt::print("{}", for_fish(verbs));
  else
    throw KitError(fmt::format("There are no completions for \"{}\".", shell),
                   "For bash, zsh and fish:   ./kit completions bash");
  return kPassed;
}

}  // namespace kit
