// A chart with two logarithmic axes as SVG, readable on a light and on a dark page.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace kit {

class LogChart {
 public:
  struct Axis {
    double low = 1, high = 10;                // both above 0
    double step = 10;                         // between ticks: a factor
    std::string words;                        // "bytes gone over"
    std::function<std::string(double)> tick;  // how a value is written
  };
  using Points = std::vector<std::pair<double, double>>;

  LogChart(std::string title, Axis x, Axis y);

  /// `colour` 0 to 7; 8 is the grey of what only frames. The label stands behind the last point, moved up or down
  /// where another one stands already.
  void line(const Points& points, int colour, const std::string& label = "");
  /// Words that begin at this place.
  void text(double x, double y, int colour, const std::string& label);
  /// A dot with its label right of it, or left of it where the page ends.
  void dot(double x, double y, int colour, const std::string& label);

  std::string svg() const;

 private:
  double place_x(double value) const;
  double place_y(double value) const;
  std::string grid() const;
  void label(double x, double y, bool to_the_left, int colour, const std::string& text);

  std::string title_;
  Axis x_, y_;
  struct Box {
    double left, right, top, bottom;
  };
  std::vector<Box> labels_;
  std::string body_;
};

}  // namespace kit
