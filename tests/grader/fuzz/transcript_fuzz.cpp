// One line of a transcript, any bytes: a record or refused, never a crash. What a record says stays within what the
// grader takes from it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "transcript_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kit::Record record;
  const std::string line(reinterpret_cast<const char*>(data), size);
  if (!kit::parse_record(line, record)) return 0;
  if (record.kind < kit::Record::hello || record.kind > kit::Record::lost) std::abort();
  // Read again it is the same.
  kit::Record again;
  if (!kit::parse_record(line, again) || again.test != record.test || again.ok != record.ok ||
      again.messages.size() != record.messages.size()) {
    std::abort();
  }
  return 0;
}
