#include "bench/harness/candidate.hpp"

#include <dlfcn.h>
#include <stdlib.h>

#include <stdexcept>

namespace kit::bench {

std::optional<Candidate> Candidate::load(Role role) {
  const char* path =
      ::getenv(role == Role::yours ? "KIT_CANDIDATE_YOURS" : "KIT_CANDIDATE_REFERENCE");
  if (path == nullptr || *path == '\0') return std::nullopt;
  Candidate candidate;
  candidate.role_ = role;
  candidate.library_ = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (candidate.library_ == nullptr) candidate.error_ = ::dlerror();
  return candidate;
}

void* Candidate::symbol(const char* name) const {
  void* found = ::dlsym(library_, name);
  if (found == nullptr) throw std::runtime_error(std::string("no function ") + name);
  return found;
}

std::vector<Contestant> candidates(const std::function<Contestant(const Candidate&)>& make) {
  std::vector<Contestant> all;
  for (const Role role : {Role::yours, Role::reference}) {
    const std::optional<Candidate> candidate = Candidate::load(role);
    if (!candidate) continue;
    Contestant contestant;
    std::string error = candidate->error();
    if (error.empty()) {
      try {
        contestant = make(*candidate);
      } catch (const std::runtime_error& e) {
        error = e.what();
      }
    }
    contestant.name = name(role);
    contestant.role = role;
    if (!error.empty()) contestant.check = [error] { return "can't be loaded: " + error; };
    all.push_back(std::move(contestant));
  }
  return all;
}

}  // namespace kit::bench
