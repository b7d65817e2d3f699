// Numbers, held by the submission's DynamicArray.
#include "dynamic_array.hpp"

#include <memory>
#include <type_traits>
#include <utility>

#include "complexity/03-dynamic-array/numbers.hpp"

namespace kit::scenarios {
namespace {

// The signatures of the contract.
using Array = DynamicArray<Element>;
static_assert(std::is_nothrow_default_constructible_v<Array>);
static_assert(std::is_nothrow_move_constructible_v<Array>);
static_assert(std::is_nothrow_move_assignable_v<Array>);
static_assert(!std::is_copy_constructible_v<Array> && !std::is_copy_assignable_v<Array>);
static_assert(noexcept(std::declval<Array&>().pop_back()), "pop_back() is noexcept");
static_assert(std::is_same_v<decltype(std::declval<const Array&>()[0]), const Element&>);
static_assert(std::is_same_v<decltype(std::declval<Array&>()[0]), Element&>);
static_assert(std::is_same_v<decltype(std::declval<const Array&>().data()), const Element*>);
static_assert(std::is_same_v<decltype(std::declval<const Array&>().capacity()), std::size_t>);

template <class T>
class Held final : public Numbers {
 public:
  Held() = default;
  explicit Held(DynamicArray<T>&& array) : array_(std::move(array)) {}

  void push(int number, int* left) override {
    struct Left {  // says it on both ways out
      T element;
      int* left;
      ~Left() {
        if (left != nullptr) *left = element.value();
      }
    } pushed{T(number), left};
    array_.push_back(std::move(pushed.element));
  }
  void push_copy(int number) override {
    if constexpr (std::is_copy_constructible_v<T>) {
      const T element(number);
      array_.push_back(element);
    } else {
      push(number, nullptr);
    }
  }
  void pop_back() override { array_.pop_back(); }
  void shrink_to_fit() override { array_.shrink_to_fit(); }

  int operator[](std::size_t i) override { return array_[i].value(); }
  int operator[](std::size_t i) const override { return array_[i].value(); }
  const void* address(std::size_t i) const override { return &array_[i]; }
  const void* address_behind_data(std::size_t i) const override { return array_.data() + i; }
  const void* data() const override { return array_.data(); }
  std::size_t size() const override { return array_.size(); }
  std::size_t capacity() const override { return array_.capacity(); }
  bool empty() const override { return array_.empty(); }

  std::unique_ptr<Numbers> moved_on() override { return std::make_unique<Held>(std::move(array_)); }
  void take(Numbers& other) override { array_ = std::move(static_cast<Held&>(other).array_); }

 private:
  DynamicArray<T> array_;
};

}  // namespace

std::unique_ptr<Numbers> new_elements() {
  return std::make_unique<Held<Element>>();
}
std::unique_ptr<Numbers> new_fragile() {
  return std::make_unique<Held<Fragile>>();
}
std::unique_ptr<Numbers> new_single() {
  return std::make_unique<Held<Single>>();
}

}  // namespace kit::scenarios
