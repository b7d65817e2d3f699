#include "harness/source_line.hpp"

#include <cxxabi.h>
#include <elfutils/libdwfl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace kit::harness {
namespace {

// The debug information of this process, opened at the first question and kept.
Dwfl* open_self() {
  static char* no_debuginfo_path = nullptr;
  static Dwfl_Callbacks callbacks{};
  callbacks.find_elf = dwfl_linux_proc_find_elf;
  callbacks.find_debuginfo = dwfl_standard_find_debuginfo;
  callbacks.debuginfo_path = &no_debuginfo_path;
  // A debuginfod server is never asked: nothing here may leave the machine.
  ::unsetenv("DEBUGINFOD_URLS");
  Dwfl* dwfl = dwfl_begin(&callbacks);
  if (dwfl == nullptr) return nullptr;
  dwfl_report_begin(dwfl);
  dwfl_linux_proc_report(dwfl, ::getpid());
  dwfl_report_end(dwfl, nullptr, nullptr);
  return dwfl;
}

struct Place {
  std::string path;
  int line = 0;
  std::string function;
};

Place place_of(const void* address) {
  static Dwfl* const dwfl = open_self();
  Place place;
  if (dwfl == nullptr) return place;
  const auto pc = reinterpret_cast<Dwarf_Addr>(address);
  Dwfl_Module* module = dwfl_addrmodule(dwfl, pc);
  if (module == nullptr) return place;
  if (const char* name = dwfl_module_addrname(module, pc)) {
    int status = 0;
    char* plain = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    place.function = status == 0 && plain != nullptr ? plain : name;
    std::free(plain);
    // "kit::(anonymous namespace)::copy(char const*, char const*)" -> "copy"
    constexpr std::string_view kUnnamed = "(anonymous namespace)::";
    for (auto at = place.function.find(kUnnamed); at != std::string::npos;
         at = place.function.find(kUnnamed)) {
      place.function.erase(at, kUnnamed.size());
    }
    place.function = place.function.substr(0, place.function.find('('));
    if (const auto colon = place.function.rfind("::");
        colon != std::string::npos && place.function.find('<') == std::string::npos) {
      place.function = place.function.substr(colon + 2);
    }
  }
  Dwfl_Line* line = dwfl_module_getsrc(module, pc);
  if (line == nullptr) return place;
  if (const char* path = dwfl_lineinfo(line, nullptr, &place.line, nullptr, nullptr, nullptr)) {
    place.path = path;
  }
  return place;
}

}  // namespace

std::string SourceLine::text() const {
  return file.empty() ? "an unknown line" : file + ":" + std::to_string(line);
}

SourceLine source_line(const void* address) {
  const Place place = place_of(address);
  return {std::filesystem::path(place.path).filename().string(), place.line, place.function};
}

bool is_submission(const void* address) {
  return is_submission_file(place_of(address).path);
}

bool is_submission_file(const std::string& path) {
  // Libraries are built with relative paths, or below /build and /usr.
  if (!path.starts_with("/") || path.starts_with("/usr/") || path.starts_with("/build/"))
    return false;
  if (path.starts_with(KIT_SOURCE_DIRECTORY "/bench/")) return false;
  const bool in_tests = path.starts_with(KIT_SOURCE_DIRECTORY "/tests/");
  return !in_tests || path.find("/wrong/") != std::string::npos ||
         path.find("/right/") != std::string::npos ||
         path.find("/hostile/") != std::string::npos;
}

}  // namespace kit::harness
