// A picture of any kind as the report shows it: yours and the reference's in one SVG, with what it
// says in words. The kind is the beginning of the picture's name: messages-p8.json, growth-put.json.
#pragma once

#include <optional>
#include <string>

#include "pictures.hpp"

namespace kit {

struct Drawing {
  std::string kind;   // "messages"
  std::string title;  // "8 ranks, 64 bytes from rank 0"
  std::string words;  // what is to be seen, for who can't see it
  std::string svg;
};

/// Nothing for a picture that an older version of the kit left and this one can't read.
std::optional<Drawing> draw(const Picture& yours, const std::optional<Picture>& theirs);

}  // namespace kit
