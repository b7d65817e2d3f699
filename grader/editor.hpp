// The learner's editor: VISUAL or EDITOR, else the first of code, vim and nano that is installed.
#pragma once

#include <filesystem>

namespace kit {

/// Opens `file` and waits until the editor is closed. THROWS: KitError if there is none, or it ends with an error.
void open_in_editor(const std::filesystem::path& file);

}  // namespace kit
