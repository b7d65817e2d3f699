#include "workspace.hpp"

#include <cstdlib>

#include "errors.hpp"

namespace kit {

namespace fs = std::filesystem;

Workspace Workspace::find() {
  Workspace workspace;
  if (const char* root = std::getenv("KIT_ROOT")) {
    workspace.root = fs::path(root);
  } else {
    std::error_code ignored;
    fs::path at = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    while (!at.empty() && !fs::is_directory(at / "exercises")) {
      at = at == at.root_path() ? fs::path() : at.parent_path();
    }
    workspace.root = at;
  }
  if (workspace.root.empty() || !fs::is_directory(workspace.root / "exercises")) {
    throw KitError("No exercises/ beside this program.",
                   "Start it as ./kit in your clone of the kit.");
  }
  const char* build = std::getenv("KIT_BUILD");
  workspace.build = build != nullptr ? fs::path(build) : workspace.root / "build";
  workspace.state = workspace.root / ".kit";
  return workspace;
}

}  // namespace kit
