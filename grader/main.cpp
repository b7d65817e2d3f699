// Parses the command line and hands over to the verb; errors become one message and exit code 2
// here.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "commands/commands.hpp"
#include "commands/completions.hpp"
#include "commands/interview_options.hpp"
#include "interrupt.hpp"

namespace {

using namespace kit;

struct Arguments {
  bool cluster = false;
  std::string word;
  std::vector<std::string> words;
  GradeOptions grade;
  NextOptions next;
  ReportOptions report;
  ListOptions list;
  InterviewOptions interview;
  std::string colour = "auto";
  std::optional<std::int64_t> restore;
  int runs = 1;
  bool yes = false, again = false;
  bool messages = false, growth = false, misses = false, calls = false, solution_alone = false;
  std::string output;
};

CLI::App* verb(CLI::App& app, const std::string& name, const std::string& what,
               const std::string& examples) {
  CLI::App* sub = app.add_subcommand(name, what);
  sub->footer("Examples:\n" + examples);
  sub->fallthrough();  // --color may stand behind the verb
  return sub;
}

void add_launcher(CLI::App* sub, LaunchWish& wish) {
  sub->add_option("--launcher", wish.launcher, "starts mpi suites: \"srun -n {ranks} --mpi=pmix\"");
  sub->add_option("--hostfile", wish.hostfile, "mpirun on the hosts of this file");
}

CLI::Option* exercise(CLI::App* sub, Arguments& a, bool required) {
  CLI::Option* option =
      sub->add_option("exercise", a.word, "its id, or any part that only one id has");
  if (required) option->required();
  return option;
}

void add_interview(CLI::App& app, Arguments& a);

void add_verbs(CLI::App& app, Arguments& a) {
  auto* next = verb(app, "next", "what to solve or to repeat next, and why",
                    "  ./kit next\n  ./kit next --until 2027-01-15");
  next->add_flag("--other", a.next.other, "another one for today");
  next->add_flag("--why", a.next.why, "what the schedule knows of it");
  next->add_flag("--yes", a.next.yes, "begins it without asking");
  next->add_option("--until", a.next.until, "the day to be ready for, or none; it is kept");
  auto* list = verb(app, "list", "all exercises and how you stand",
                    "  ./kit list\n  ./kit list --area mpi --status passed");
  list->add_option("area,--area", a.list.area, "only this area");
  list->add_option("--level", a.list.level, "only this level, 1 to 5")->check(CLI::Range(1, 5));
  list->add_option("--status", a.list.status, "only these: new, started, passed, due")
      ->check(CLI::IsMember({"new", "started", "passed", "due"}));
  auto* show = verb(app, "show", "the problem, or a picture of your last try",
                    "  ./kit show broadcast\n  ./kit show broadcast --messages\n"
                    "  ./kit show copy-file --calls\n  ./kit show transpose --misses\n  ./kit show "
                    "dynamic-array --growth");
  exercise(show, a, true);
  show->add_flag("--messages", a.messages, "the messages of your last try beside the reference's");
  show->add_flag("--growth", a.growth, "how your last try's counts grow, beside the reference's");
  show->add_flag("--calls", a.calls,
                 "draws its last try's system calls in their order, and the reference's");
  show->add_flag("--misses", a.misses,
                 "which lines of memory came in how often, and the reference's");
  show->add_flag("--solution", a.solution_alone, "of a picture: the reference's alone");
  show->add_option("--output", a.output, "where the picture goes");
  auto* start =
      verb(app, "start", "copies the stub to work/, where you solve it", "  ./kit start broadcast");
  exercise(start, a, true);
  start->add_flag("--again", a.again, "the stub again; what was there is kept in the history");
  exercise(verb(app, "open", "opens it in your editor",
                "  ./kit open broadcast\n  EDITOR=vim ./kit open broadcast"),
           a, true);
  exercise(verb(app, "hint", "one hint more each time", "  ./kit hint broadcast"), a, true);
  auto* grade = verb(app, "grade", "the score card",
                     "  ./kit grade broadcast\n  ./kit grade mpi --no-sanitize\n  ./kit grade "
                     "broadcast --only Cost.LogarithmicRounds\n"
                     "  ./kit grade transpose --submission ~/mine\n  ./kit grade all --solution\n"
                     "  ./kit grade mpi --hostfile hosts.txt\n"
                     "A launcher for every run stands in .kit/launcher or KIT_LAUNCHER.");
  grade->add_option("what", a.grade.words, "exercises, areas, or all");
  grade->add_option("--submission", a.grade.submission, "grades the answer in this directory");
  grade->add_flag("--solution", a.grade.solution, "grades the reference");
  grade->add_flag("--json", a.grade.json, "the whole verdict as JSON");
  grade->add_option("--only", a.grade.only, "a criterion (Cost) or a test (Cost.Calls)")
      ->delimiter(',');
  grade->add_flag_callback(
      "--no-sanitize", [&a] { a.grade.sanitize = false; }, "leaves out the stage Clean");
  grade->add_flag("--all", a.grade.all, "every failure in full, every measurement");
  grade->add_flag("--raw", a.grade.raw, "assertions as GoogleTest prints them");
  grade->add_option("--seed", a.grade.seed, "for the random inputs");
  add_launcher(grade, a.grade.launch);
  grade->add_flag("--sbatch", a.grade.sbatch, "prints a batch script for Slurm that grades it");
  auto* watch = verb(app, "watch", "grades at every save", "  ./kit watch broadcast");
  exercise(watch, a, false);
  add_launcher(watch, a.grade.launch);
  auto* bench = verb(app, "bench", "your speed beside the reference's and the libraries'",
                     "  ./kit bench transpose");
  exercise(bench, a, true);
  add_launcher(bench, a.grade.launch);
  auto* solution =
      verb(app, "solution", "the write-up, and how yours differs", "  ./kit solution broadcast");
  exercise(solution, a, true);
  solution->add_flag("--yes", a.yes, "does not ask first");
  exercise(verb(app, "reset", "puts the stub back; yours stays in the history",
                "  ./kit reset broadcast"),
           a, true);
  auto* history = verb(app, "history", "your tries",
                       "  ./kit history broadcast\n  ./kit history broadcast --restore 12");
  exercise(history, a, true);
  history->add_option("--restore", a.restore,
                      "puts back the files of this try; the present ones are kept first");
  auto* audit = verb(app, "audit", "for authors: the rules of an exercise, each checked",
                     "  ./kit audit\n  ./kit audit broadcast --runs 20");
  audit->add_option("what", a.words, "exercises, areas, or all");
  audit->add_option("--runs", a.runs, "runs each wrong submission this often")
      ->check(CLI::Range(1, 1000));
  verb(app, "roofs", "what this machine can do at best", "  ./kit roofs\n  ./kit roofs --again")
      ->add_flag("--again", a.again, "measures anew");
  auto* report =
      verb(app, "report", "where you stand, as one HTML page",
           "  ./kit report --open\n  ./kit report --until 2027-01-15 --output stand.html");
  report->add_option("--output", a.report.output, "where it goes; else .kit/report.html");
  report->add_option("--until", a.report.until, "plans up to this day; else the one of next");
  report->add_option("--daily", a.report.daily, "minutes a day for the plan: 60 unless told")
      ->check(CLI::Range(5, 720));
  report->add_flag("--open", a.report.open, "opens it in the browser");
  verb(app, "completions", "what bash, zsh or fish complete behind ./kit",
       "  source <(./kit completions bash)")
      ->add_option("shell", a.word, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verb(app, "doctor", "what is installed, what is missing, and the mend", "  ./kit doctor");
  verb(app, "test", "the kit's own tests", "  ./kit test\n  ./kit test --cluster")
      ->add_flag("--cluster", a.cluster,
                 "only those on several hosts, under mpirun and under Slurm");
  add_interview(app, a);
}

void add_interview(CLI::App& app, Arguments& a) {
  InterviewOptions& wish = a.interview;
  auto* sub =
      verb(app, "interview", "a timed mock interview; --design a design round",
           "  ./kit interview\n  ./kit interview --minutes 25 --area linux\n  ./kit interview "
           "--design\n  ./kit interview --resume");
  sub->add_option("--minutes", wish.minutes, "how long: 45 unless told, a design round 60")
      ->check(CLI::Range(10, 240));
  sub->add_option("--area", wish.area, "only from this area");
  sub->add_option("--level", wish.level, "only of this level, 1 to 5")->check(CLI::Range(1, 5));
  sub->add_option("--exercise", wish.exercise, "this one");
  sub->add_option("--seed", wish.seed, "decides between equals");
  sub->add_flag("--resume", wish.resume, "goes on with the one that is open");
  sub->add_option("--give-up", wish.give_up, "closes the one of this number");
  sub->add_flag("--design", wish.design, "a design round: a document in place of code");
  sub->add_option("--problem", wish.problem, "this design problem");
  sub->add_flag("--quiet", wish.quiet, "no check-ins and no nudges but those asked for");
  sub->add_flag("--plain", wish.plain, "commands from standard input, one a line");
  verb(app, "check", "what a program can check of a design document",
       "  ./kit check work/interviews/0008/design/volume-latency/DESIGN.md")
      ->add_option("file", a.word, "the document")
      ->required();
}

// For the shells: the table that reads the command line, as words.
std::vector<VerbWords> verb_words(const CLI::App& app) {
  std::vector<VerbWords> verbs;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (sub->get_name() == "help") continue;
    VerbWords verb{sub->get_name(), sub->get_description(), {}, false};
    for (const CLI::Option* option : sub->get_options()) {
      const bool named = option->get_name() == "exercise" || option->get_name() == "what";
      if (option->get_positional() && named) verb.exercise = true;
      for (const std::string& name : option->get_lnames()) {
        if (name != "help") verb.options.push_back("--" + name);
      }
    }
    verbs.push_back(std::move(verb));
  }
  return verbs;
}

int dispatch(const CLI::App& app, const Arguments& a) {
  if (app.got_subcommand("completions")) return completions(a.word, verb_words(app));
  const Terminal terminal(a.colour == "always"  ? ColourWish::always
                          : a.colour == "never" ? ColourWish::never
                                                : ColourWish::automatic);
  const Workspace workspace = Workspace::find();
  const Catalogue catalogue(workspace);
  const Context context{workspace, catalogue, terminal};
  const auto chosen = app.get_subcommands();
  const std::string name = chosen.empty() ? "" : chosen[0]->get_name();
  if (name.empty()) return home(context);
  if (name == "next") return next(context, a.next);
  if (name == "list") return list(context, a.list);
  if (name == "show" && a.growth) return show_growth(context, a.word, a.solution_alone, a.output);
  if (name == "show" && a.misses) return show_misses(context, a.word, a.solution_alone, a.output);
  if (name == "show" && a.calls) return show_calls(context, a.word, a.solution_alone, a.output);
  if (name == "show" && a.messages)
    return show_messages(context, a.word, a.solution_alone, a.output);
  if (name == "show" && (a.solution_alone || !a.output.empty())) {
    throw KitError("--solution and --output belong to a picture.",
                   "Which one?   ./kit show ID --messages, --calls, --misses or --growth");
  }
  if (name == "show") return show(context, a.word);
  if (name == "start") return start(context, a.word, a.again);
  if (name == "open") return open(context, a.word);
  if (name == "hint") return hint(context, a.word);
  if (name == "grade") return grade(context, a.grade);
  if (name == "watch") return watch(context, a.word, a.grade.launch);
  if (name == "bench") return bench(context, a.word, a.grade.launch);
  if (name == "solution") return solution(context, a.word, a.yes);
  if (name == "reset") return reset(context, a.word);
  if (name == "history") return history(context, a.word, a.restore);
  if (name == "audit") return audit(context, a.words, a.runs);
  if (name == "roofs") return roofs(context, a.again);
  if (name == "report") return report(context, a.report);
  if (name == "doctor") return doctor(context);
  if (name == "interview") return interview(context, a.interview);
  if (name == "check") return check(context, a.word);
  return test(context, a.cluster);
}

// CLI11 says which word it didn't know; here the nearest one that it does is added.
int wrong_use(const CLI::App& app, const CLI::Error& error, int argc, char** argv) {
  std::vector<std::string> verbs = {"help"};
  for (const CLI::App* sub : app.get_subcommands({})) verbs.push_back(sub->get_name());
  std::string first;
  for (int i = 1; i < argc && first.empty(); ++i) {
    if (argv[i][0] != '-' && std::string(argv[i - 1]) != "--color") first = argv[i];
  }
  const bool known = std::find(verbs.begin(), verbs.end(), first) != verbs.end();
  if (!first.empty() && !known) {
    const auto close = nearest(first, verbs, 2);
    std::cerr << fmt::format(
        "No verb is called \"{}\".{}\nAll of them:   ./kit help\n", first,
        close.empty() ? "" : fmt::format(" Closest: {}.", fmt::join(close, ", ")));
    return kCouldNot;
  }
  std::cerr << fmt::format("{}\nHow it is used:   ./kit {}--help\n", error.what(),
                           first.empty() ? "" : first + " ");
  return kCouldNot;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("A practice kit of systems coding exercises, graded by counting.", "./kit");
  app.footer(
      "Examples:\n  ./kit            where you stand, and what is next\n  ./kit watch      solve "
      "it; graded at every save\n"
      "  ./kit grade all  everything you have written");
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(26);
  Arguments arguments;
  app.add_option("--color", arguments.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  add_verbs(app, arguments);
  app.add_subcommand("help", "this page")->silent();
  try {
    app.parse(argc, argv);
    if (app.got_subcommand("help")) {
      std::cout << app.help();
      return kPassed;
    }
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help);
  } catch (const CLI::Error& error) {
    return wrong_use(app, error, argc, argv);
  }
  try {
    catch_interrupts();
    return dispatch(app, arguments);
  } catch (const Interrupted& interrupted) {
    std::cerr << "\nStopped; nothing is left running.\n";
    return 128 + interrupted.signal;
  } catch (const KitError& error) {
    std::cerr << error.what() << '\n';
    if (!error.mend().empty()) std::cerr << error.mend() << '\n';
    return kCouldNot;
  } catch (const std::exception& error) {
    std::cerr << "The kit itself failed: " << error.what()
              << "\nWhat is missing here:   ./kit doctor\n";
    return kCouldNot;
  }
}
