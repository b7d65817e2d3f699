#include "catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "errors.hpp"

namespace kit {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kMend =
    "The keys and their meaning: CONTRIBUTING in README.md, \"Adding an exercise\".";

// A value as it is shown in a message: its own text where that is short. dump() recurses, and a file may be nested as
// deep as it is long.
std::string shown(const json& value) {
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  const std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

/// Reads the keys of one description, remembering which were asked for.
class Reader {
 public:
  Reader(const fs::path& file, const json& object) : file_(file), object_(object) {}

  [[noreturn]] void fail(const std::string& key, const std::string& what) const {
    throw KitError(fmt::format("{}: key \"{}\" {}.", file_.string(), key, what), kMend);
  }

  template <class T>
  T need(const std::string& key, const char* type) {
    if (!object_.contains(key)) fail(key, fmt::format("is missing; it is {}", type));
    return value<T>(key, type);
  }
  template <class T>
  T maybe(const std::string& key, T otherwise, const char* type) {
    return object_.contains(key) ? value<T>(key, type)
                                 : (known_.push_back(key), std::move(otherwise));
  }
  bool has(const std::string& key) const { return object_.contains(key); }

  void refuse_unknown() const {
    for (const auto& [key, unused] : object_.items()) {
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      const auto close = nearest(key, known_, 1);
      fail(key, close.empty() ? "is not known"
                              : fmt::format("is not known; did you mean \"{}\"?", close[0]));
    }
  }

 private:
  template <class T>
  T value(const std::string& key, const char* type) {
    known_.push_back(key);
    const json& item = object_.at(key);
    // nlohmann turns 2.7 into the int 2, and true into 1: neither is what was meant.
    if constexpr (std::is_same_v<T, int>) {
      if (!item.is_number_integer())
        fail(key, fmt::format("must be {}, not {}", type, shown(item)));
    }
    try {
      return item.get<T>();
    } catch (const json::exception&) {
      fail(key, fmt::format("must be {}, not {}", type, shown(item)));
    }
  }

  const fs::path& file_;
  const json& object_;
  std::vector<std::string> known_;
};

template <class E>
E one_of(Reader& reader, const std::string& key,
         const std::vector<std::pair<std::string, E>>& words) {
  const auto text = reader.need<std::string>(key, "a word");
  std::string all;
  for (const auto& [word, value] : words) {
    if (word == text) return value;
    all += (all.empty() ? "" : ", ") + word;
  }
  reader.fail(key, fmt::format("is \"{}\"; it is one of {}", text, all));
}

bool is_plain_name(const std::string& file) {
  return !file.empty() && file.find('/') == std::string::npos && file.front() != '.';
}

}  // namespace

std::string Exercise::short_name() const {
  return name.substr(name.find('-') + 1);
}

std::string Exercise::target() const {
  return area + "." + name;
}

Exercise parse_exercise(const std::string& id, const fs::path& file, const std::string& text) {
  json object;
  try {
    object = json::parse(text);
  } catch (const json::parse_error& error) {
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<long>(std::min(error.byte, text.size())), '\n');
    throw KitError(fmt::format("{}:{}: not valid JSON.", file.string(), line),
                   "Often a comma too many or too few, in this line or the one above.");
  } catch (const json::exception&) {
    throw KitError(fmt::format("{}: a number in it is too large.", file.string()), kMend);
  }
  if (!object.is_object()) throw KitError(file.string() + ": not a JSON object.", kMend);

  using Words = std::vector<std::string>;
  constexpr const char* kWords = "a list of strings";
  Reader reader(file, object);
  Exercise e;
  e.id = id;
  e.area = id.substr(0, id.find('/'));
  e.name = id.substr(id.find('/') + 1);
  e.title = reader.need<std::string>("title", "a string");
  e.summary = reader.need<std::string>("summary", "a string");
  e.level = reader.need<int>("level", "a whole number from 1 to 5");
  if (e.level < 1 || e.level > 5) reader.fail("level", "must be from 1 to 5");
  e.minutes = reader.need<int>("minutes", "a whole number of minutes");
  if (e.minutes < 1) reader.fail("minutes", "must be at least 1");
  e.files = reader.need<Words>("files", kWords);
  if (e.files.empty()) reader.fail("files", "names no file");
  for (const auto& name : e.files) {
    if (!is_plain_name(name))
      reader.fail("files", fmt::format("has \"{}\", which is no plain file name", name));
  }
  e.contract = reader.maybe<std::string>("contract", "", "a file name");
  e.kind = one_of<Kind>(reader, "kind",
                        {{"process", Kind::process}, {"mpi", Kind::mpi}, {"claims", Kind::claims}});
  e.ranks = reader.maybe<int>("ranks", 0, "a whole number");
  if ((e.kind == Kind::mpi) != reader.has("ranks")) {
    reader.fail("ranks", e.kind == Kind::mpi ? "is missing; an mpi suite needs it"
                                             : "is for kind \"mpi\" only");
  }
  if (e.kind == Kind::mpi && (e.ranks < 1 || e.ranks > 64))
    reader.fail("ranks", "must be from 1 to 64");
  e.clean = one_of<Clean>(
      reader, "clean",
      {{"address", Clean::address}, {"thread", Clean::thread}, {"none", Clean::none}});
  e.variants = reader.maybe<Words>("variants", {}, kWords);
  e.flags = reader.maybe<Words>("flags", {}, kWords);
  e.mpi_allows = reader.maybe<Words>("mpi_allows", {}, kWords);
  e.interview_allows = reader.maybe<Words>("interview_allows", {}, kWords);
  e.builds_on = reader.need<Words>("builds_on", kWords);
  e.trains = reader.need<Words>("trains", kWords);
  const auto limits = reader.need<json>("limits", "an object with test_s and memory_mb");
  if (!limits.is_object() || !limits.contains("test_s") || !limits["test_s"].is_number() ||
      !limits.contains("memory_mb") || !limits["memory_mb"].is_number_integer() ||
      limits.size() != 2) {
    reader.fail("limits", R"(must be like {"test_s": 10, "memory_mb": 2048})");
  }
  e.test_seconds = limits["test_s"].get<double>();
  e.memory_mb = limits["memory_mb"].get<int>();
  if (e.test_seconds <= 0 || e.memory_mb <= 0) reader.fail("limits", "must be above 0");
  for (const json& peer :
       reader.maybe<std::vector<json>>("peers", {}, "a list of {name, package}")) {
    if (!peer.is_object() || !peer.contains("name") || !peer.contains("package") ||
        !peer["name"].is_string() || !peer["package"].is_string()) {
      reader.fail("peers", "has an entry without name and package");
    }
    e.peers.push_back({peer["name"], peer["package"]});
  }
  reader.refuse_unknown();
  return e;
}

Catalogue::Catalogue(const Workspace& workspace) {
  for (const char* area : {"mpi", "linux", "cache", "complexity", "systems"}) {
    const fs::path folder = workspace.root / "exercises" / area;
    if (!fs::is_directory(folder)) continue;
    areas_.emplace_back(area);
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_directory()) names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      const std::string id = std::string(area) + "/" + name;
      const fs::path file = folder / name / "exercise.json";
      try {
        std::ifstream in(file);
        if (!in)
          throw KitError(file.string() + ": not there, or can't be read.",
                         "Each exercise has one.");
        std::stringstream text;
        text << in.rdbuf();
        exercises_.push_back(parse_exercise(id, fs::relative(file, workspace.root), text.str()));
      } catch (const KitError& error) {
        errors_.push_back(error);
        broken_.push_back(id);
      }
    }
  }
}

const Exercise& Catalogue::find(const std::string& word) const {
  std::vector<const Exercise*> part;
  for (const Exercise& e : exercises_) {
    if (e.id == word || e.name == word || e.short_name() == word) return e;
    if (e.id.find(word) != std::string::npos) part.push_back(&e);
  }
  for (std::size_t i = 0; i < broken_.size(); ++i) {
    if (part.empty() && broken_[i].find(word) != std::string::npos) throw errors_[i];
  }
  if (part.size() == 1) return *part[0];
  if (part.size() > 1) {
    std::string all;
    for (std::size_t i = 0; i < part.size() && i < 5; ++i) {
      all += (i == 0 ? "" : i + 1 == part.size() ? " or " : ", ") + part[i]->id;
    }
    if (part.size() > 5) all += fmt::format(", or {} more", part.size() - 5);
    throw KitError(fmt::format("\"{}\" could be {}.", word, all), "Say more.");
  }
  std::vector<std::string> names;
  for (const Exercise& e : exercises_) names.push_back(e.short_name());
  std::string close;
  for (const std::string& name : nearest(word, names, 2)) {
    for (const Exercise& e : exercises_) {
      if (e.short_name() == name) close += (close.empty() ? "" : ", ") + e.id;
    }
  }
  throw KitError(fmt::format("No exercise matches \"{}\".{}", word,
                             close.empty() ? "" : " Closest: " + close + "."),
                 close.empty() ? "All of them:   ./kit list" : "");
}

std::vector<const Exercise*> Catalogue::select(const std::vector<std::string>& words) const {
  std::vector<bool> taken(exercises_.size(), false);
  for (const std::string& word : words) {
    const bool area = std::find(areas_.begin(), areas_.end(), word) != areas_.end();
    if (word != "all" && !area) {
      taken[static_cast<std::size_t>(&find(word) - exercises_.data())] = true;
      continue;
    }
    // What can't be read can't be graded either: never pass over it in silence.
    for (std::size_t i = 0; i < broken_.size(); ++i) {
      if (word == "all" || broken_[i].starts_with(word + "/")) throw errors_[i];
    }
    for (std::size_t i = 0; i < exercises_.size(); ++i) {
      if (word == "all" || exercises_[i].area == word) taken[i] = true;
    }
  }
  std::vector<const Exercise*> chosen;
  for (std::size_t i = 0; i < exercises_.size(); ++i) {
    if (taken[i]) chosen.push_back(&exercises_[i]);
  }
  return chosen;
}

std::vector<std::string> nearest(const std::string& word,
                                 const std::vector<std::string>& candidates, std::size_t most) {
  // Edit distance with neighbouring letters swapped counted as one (optimal string alignment).
  const auto distance = [](const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      for (std::size_t j = 1; j <= b.size(); ++j) {
        d[i][j] =
            std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.size()][b.size()];
  };
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d <= std::max<std::size_t>(2, word.size() / 3)) ranked.emplace_back(d, candidate);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [d, name] : ranked) {
    if (names.size() < most) names.push_back(name);
  }
  return names;
}

}  // namespace kit
