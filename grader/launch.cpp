#include "launch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "errors.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

constexpr const char* kExample = "An example:   --launcher \"srun -N3 -n {ranks} --mpi=pmix\"";

bool is_a_program(const std::string& name, const Variable& variable) {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0;
  std::istringstream path(variable("PATH"));
  for (std::string directory; std::getline(path, directory, ':');) {
    if (::access((fs::path(directory) / name).c_str(), X_OK) == 0) return true;
  }
  return false;
}

void replace(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

// {ranks}, {nodes}, {suite}, and nothing else in braces.
void check_places(const std::vector<std::string>& words, const std::string& source) {
  bool ranks = false;
  for (const std::string& word : words) {
    for (std::size_t at = 0; (at = word.find('{', at)) != std::string::npos; ++at) {
      const std::string place = word.substr(at, word.find('}', at) - at + 1);
      if (place == "{ranks}") ranks = true;
      if (place != "{ranks}" && place != "{nodes}" && place != "{suite}") {
        throw KitError(fmt::format("{}: {} means nothing to the kit.", source, place),
                       "It fills in {ranks}, {nodes} and {suite}.");
      }
      if (place == "{suite}" && word != place) {
        throw KitError(fmt::format("{}: {{suite}} is several words, and can't be part of one: {}",
                                   source, word),
                       "Let it stand by itself, or leave it out: it then comes last.");
      }
    }
  }
  if (!ranks) {
    throw KitError(fmt::format("{}: how many ranks it is to start isn't said: {}", source,
                               fmt::join(words, " ")),
                   fmt::format("Write {{ranks}} where their number belongs. {}", kExample));
  }
}

Launcher checked(const std::string& text, const std::string& source, int nodes,
                 const Variable& variable) {
  Launcher launcher{split_words(text, source), nodes, source};
  if (launcher.words.empty()) throw KitError(fmt::format("{} is empty.", source), kExample);
  check_places(launcher.words, source);
  if (!is_a_program(launcher.words[0], variable)) {
    throw KitError(fmt::format("{}: there is no program {} here.", source, launcher.words[0]),
                   "On a cluster it often comes with a module:   module avail");
  }
  if (std::any_of(launcher.words.begin(), launcher.words.end(),
                  [](const auto& w) { return w.find("{nodes}") != std::string::npos; }) &&
      nodes == 0) {
    throw KitError(fmt::format("{}: how many nodes there are isn't known here.", source),
                   "Write their number in place of {nodes}, or start it inside an allocation:   "
                   "salloc -N3");
  }
  return launcher;
}

// How many nodes an allocation has; 0 outside of one.
int slurm_nodes(const Variable& variable) {
  if (variable("SLURM_JOB_ID").empty()) return 0;
  const int nodes = std::atoi(variable("SLURM_JOB_NUM_NODES").c_str());
  return nodes > 0 ? nodes : std::atoi(variable("SLURM_NNODES").c_str());
}

std::string quoted(const std::string& word) {
  if (word.find_first_of(" \t'\"\\$") == std::string::npos && !word.empty()) return word;
  std::string text = word;
  replace(text, "'", "'\\''");
  return "'" + text + "'";
}

}  // namespace

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::vector<std::string> split_words(const std::string& text, const std::string& source) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
      word += text[++i];
      open = true;
    } else if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      open = true;
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      if (open) words.push_back(word);
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (quote != 0)
    throw KitError(fmt::format("{}: a {} is opened and not closed: {}", source, quote, text),
                   "Close it.");
  if (open) words.push_back(word);
  return words;
}

int count_hosts(const fs::path& hostfile) {
  std::ifstream in(hostfile);
  if (!in || fs::is_directory(hostfile)) {
    throw KitError(fmt::format("--hostfile: {} can't be read.", hostfile.string()),
                   "It has one host a line:   node1 slots=4");
  }
  int hosts = 0;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line.resize(std::min(line.size(), line.find('#')));
    std::istringstream words(line);
    std::string host;
    if (!(words >> host)) continue;
    ++hosts;
    for (std::string setting; words >> setting;) {
      if (!setting.starts_with("slots=") && !setting.starts_with("max_slots=") &&
          !setting.starts_with("max-slots=")) {
        throw KitError(fmt::format("{}:{}: \"{}\" is no setting of a host.", hostfile.string(),
                                   number, setting),
                       "One host a line, and what may follow is slots=NUMBER.");
      }
      const std::string value = setting.substr(setting.find('=') + 1);
      if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos ||
          std::atoi(value.c_str()) == 0) {
        throw KitError(fmt::format("{}:{}: \"{}\" needs a number above 0.", hostfile.string(),
                                   number, setting),
                       "For instance   node1 slots=4");
      }
    }
  }
  if (hosts == 0) {
    throw KitError(fmt::format("--hostfile: {} names no host.", hostfile.string()),
                   "It has one host a line:   node1 slots=4");
  }
  return hosts;
}

std::vector<std::string> Launcher::command(int ranks, const std::vector<std::string>& suite) const {
  std::vector<std::string> argv;
  bool placed = false;
  for (std::string word : words) {
    if (word == "{suite}") {
      argv.insert(argv.end(), suite.begin(), suite.end());
      placed = true;
      continue;
    }
    replace(word, "{ranks}", std::to_string(ranks));
    replace(word, "{nodes}", std::to_string(std::min(ranks, nodes)));
    argv.push_back(word);
  }
  if (!placed) argv.insert(argv.end(), suite.begin(), suite.end());
  return argv;
}

std::string Launcher::text() const {
  std::string text;
  for (const std::string& word : words) text += quoted(word) + " ";
  return fmt::format("{}({})", text, source);
}

std::optional<Launcher> find_launcher(const Workspace& workspace, const LaunchWish& wish,
                                      const Variable& variable) {
  if (!wish.launcher.empty() && !wish.hostfile.empty()) {
    throw KitError(
        "--launcher and --hostfile are two ways to say the same.",
        "Name the file in the launcher's own words:   --launcher \"mpirun --hostfile FILE "
        "-np {ranks}\"");
  }
  const int nodes = slurm_nodes(variable);
  const auto of = [&](const std::string& text,
                      const std::string& source) -> std::optional<Launcher> {
    if (text == "none") return std::nullopt;
    return checked(text, source, nodes, variable);
  };
  if (!wish.launcher.empty()) return of(wish.launcher, "--launcher");
  if (!wish.hostfile.empty()) {
    const fs::path file = fs::absolute(wish.hostfile);
    const int hosts = count_hosts(file);
    Launcher launcher =
        checked("mpirun -np {ranks}", "--hostfile " + wish.hostfile, hosts, variable);
    launcher.words.insert(launcher.words.begin() + 1,
                          {"--map-by", "node", "--hostfile", file.string()});
    return launcher;
  }
  if (const std::string words = variable("KIT_LAUNCHER"); !words.empty())
    return of(words, "KIT_LAUNCHER");
  if (std::ifstream in(workspace.state / "launcher"); in) {
    std::string words;
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("#")) words += line + " ";
    }
    while (words.ends_with(' ')) words.pop_back();
    return of(words, ".kit/launcher");
  }
  if (nodes > 0 && is_a_program("srun", variable)) {
    return checked("srun --overcommit --overlap -N {nodes} -n {ranks} --mpi=pmix",
                   "the Slurm allocation " + variable("SLURM_JOB_ID"), nodes, variable);
  }
  return std::nullopt;
}

std::map<std::string, std::string> open_mpi_settings(const Variable& variable) {
  std::map<std::string, std::string> settings = {
      // More ranks than cores, and they give their core away while they wait.
      {"OMPI_MCA_rmaps_base_oversubscribe", "1"},
      {"OMPI_MCA_mpi_yield_when_idle", "1"},
      {"OMPI_MCA_hwloc_base_binding_policy", "none"},
      {"OMPI_MCA_pml", "ob1"},
      {"OMPI_MCA_btl", "self,vader,tcp"},
      // Messages above 4 KiB wait for their receive, within a host and between two.
      {"OMPI_MCA_btl_vader_single_copy_mechanism", "none"},
      {"OMPI_MCA_btl_vader_eager_limit", "4096"},
      {"OMPI_MCA_btl_tcp_eager_limit", "4096"},
      {"PMIX_MCA_gds", "hash"},
      // Each host keeps its session's files to itself.
      {"OMPI_MCA_orte_tmpdir_base", "/tmp"},
      // srun: one rank that ends badly ends all; those that are left behind a first one wait no more
      // than so many seconds.
      {"SLURM_KILL_BAD_EXIT", "1"},
      {"SLURM_WAIT", "10"},
  };
  if (::geteuid() == 0) {
    settings["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
    settings["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
  }
  for (auto& [name, value] : settings) {
    if (const std::string set = variable(name.c_str()); !set.empty()) value = set;
  }
  return settings;
}

std::string batch_script(const Workspace& workspace, const std::vector<std::string>& what,
                         int ranks, bool solution) {
  return fmt::format(
      "#!/bin/bash\n"
      "# Send it off:   ./kit grade {0} --sbatch > kit.sbatch && sbatch kit.sbatch\n"
      "#SBATCH --job-name=kit\n"
      "#SBATCH --nodes=3\n"
      "#SBATCH --ntasks={1}\n"
      "#SBATCH --time=00:20:00\n"
      "#SBATCH --output=kit-%j.out\n"
      "# Yours may also want:   --partition, --account\n"
      "\n"
      "# What the login node had when the kit was built there:\n"
      "# module load gcc openmpi\n"
      "cd {2} || exit 2\n"
      "# Inside the allocation the kit finds srun by itself.\n"
      "./kit grade {0}{3}\n",
      fmt::join(what, " "), ranks, quoted(workspace.root.string()), solution ? " --solution" : "");
}

}  // namespace kit
