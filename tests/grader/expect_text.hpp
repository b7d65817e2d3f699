// EXPECT_TRUE(has(screen, "text")), with the whole screen in the message.
#pragma once

#include <gtest/gtest.h>

#include <string>

inline testing::AssertionResult has(const std::string& whole, const std::string& part) {
  if (whole.find(part) != std::string::npos) return testing::AssertionSuccess() << "it is there";
  return testing::AssertionFailure() << "no \"" << part << "\" in:\n" << whole;
}
