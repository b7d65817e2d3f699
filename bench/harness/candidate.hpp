// A submission built as a library of its own, loaded beside others: KIT_CANDIDATE_YOURS and
// KIT_CANDIDATE_REFERENCE name the files. Each exercise's NAME_candidate.cpp says which functions
// it exports.
#pragma once

#include <optional>
#include <string>

#include "bench/harness/pairs.hpp"

namespace kit::bench {

class Candidate {
 public:
  // Absent when the variable of that role is not set. Stays loaded until the process ends.
  static std::optional<Candidate> load(Role role);

  Role role() const { return role_; }
  const std::string& error() const { return error_; }  // why it could not be loaded; "" when it was

  // The exported function of that name. THROWS: std::runtime_error when there is none.
  template <class Function>
  Function* function(const char* name) const {
    return reinterpret_cast<Function*>(symbol(name));
  }

 private:
  void* symbol(const char* name) const;
  Role role_ = Role::yours;
  void* library_ = nullptr;
  std::string error_;
};

// The contestants "yours" and "reference", as far as they are there: `make` turns a loaded one into
// what is timed. One that can't be loaded becomes a row that says why.
std::vector<Contestant> candidates(const std::function<Contestant(const Candidate&)>& make);

}  // namespace kit::bench
