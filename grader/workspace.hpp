// Where things lie: one clone of the kit, its build directory and its state.
#pragma once

#include <filesystem>

namespace kit {

struct Workspace {
  std::filesystem::path root;   // the clone
  std::filesystem::path build;  // root/build, or KIT_BUILD
  std::filesystem::path state;  // root/.kit: history, evidence

  /// From KIT_ROOT and KIT_BUILD, which the launcher sets; without KIT_ROOT the nearest directory
  /// above this program that holds exercises/. THROWS: KitError if there is none.
  static Workspace find();
};

}  // namespace kit
