// Launchers: whose words hold, what is wrong with bad ones, and what is read out of what they print.
#include "launch.hpp"

#include <gtest/gtest.h>

#include <map>

#include "errors.hpp"
#include "scratch.hpp"

namespace kit {
namespace {

using Words = std::vector<std::string>;

struct Given {
  std::map<std::string, std::string> variables = {{"PATH", "/usr/bin:/bin"}};
  Scratch scratch;
  Workspace workspace{scratch.root(), scratch.root() / "build", scratch.root() / ".kit"};

  std::optional<Launcher> find(const LaunchWish& wish = {}) {
    return find_launcher(workspace, wish, [this](const char* name) { return variables[name]; });
  }
  std::string error(const LaunchWish& wish) {
    try {
      find(wish);
    } catch (const KitError& e) {
      EXPECT_FALSE(e.mend().empty()) << e.what();
      return e.what();
    }
    return "taken";
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Launcher, IsTheKitsOwnWhereNothingIsSaid) {
  EXPECT_FALSE(Given().find());
}

TEST(Launcher, FillsInRanksNodesAndTheSuite) {
  Given given;
  const auto launcher = given.find({"env -n {ranks} {suite} -x", ""});
  EXPECT_EQ(launcher->command(8, {"env", "A=b", "suite"}),
            (Words{"env", "-n", "8", "env", "A=b", "suite", "-x"}));
  given.variables["SLURM_JOB_ID"] = "17";
  given.variables["SLURM_JOB_NUM_NODES"] = "3";
  EXPECT_EQ(given.find({"env -N{nodes} -n {ranks}", ""})->command(2, {"suite"}),
            (Words{"env", "-N2", "-n", "2", "suite"}))
      << "no more nodes than ranks; the suite comes last";
}

TEST(Launcher, TheCommandLineComesBeforeTheEnvironmentAndThatBeforeTheFile) {
  Given given;
  given.scratch.write(".kit/launcher", "# mine\nenv file {ranks}\n");
  EXPECT_EQ(given.find()->source, ".kit/launcher");
  EXPECT_EQ(given.find()->words, (Words{"env", "file", "{ranks}"}));
  given.variables["KIT_LAUNCHER"] = "env variable {ranks}";
  EXPECT_EQ(given.find()->source, "KIT_LAUNCHER");
  EXPECT_EQ(given.find({"env {ranks}", ""})->source, "--launcher");
  EXPECT_FALSE(given.find({"none", ""}));
  given.variables["KIT_LAUNCHER"] = "none";
  EXPECT_FALSE(given.find());
}

TEST(Launcher, FindsASlurmAllocationAndSaysSo) {
  Given given;
  given.scratch.write("bin/srun", "");
  std::filesystem::permissions(given.scratch.root() / "bin/srun",
                               std::filesystem::perms::owner_all);
  given.variables["PATH"] = (given.scratch.root() / "bin").string();
  EXPECT_FALSE(given.find());
  given.variables["SLURM_JOB_ID"] = "17";
  given.variables["SLURM_JOB_NUM_NODES"] = "3";
  const auto launcher = given.find();
  ASSERT_TRUE(launcher);
  EXPECT_EQ(launcher->source, "the Slurm allocation 17");
  EXPECT_TRUE(has(launcher->text(), "srun"));
  EXPECT_EQ(launcher->command(8, {"suite"})[4], "3");
}

TEST(Launcher, BadWordsGetOneErrorWithTheMend) {
  Given given;
  EXPECT_TRUE(has(given.error({"env -n 8", ""}), "how many ranks"));
  EXPECT_TRUE(has(given.error({"env {rank}", ""}), "{rank} means nothing"));
  EXPECT_TRUE(has(given.error({"env {ranks} a={suite}", ""}), "several words"));
  EXPECT_TRUE(has(given.error({"no-such-launcher {ranks}", ""}), "no program no-such-launcher"));
  EXPECT_TRUE(has(given.error({"env \"{ranks}", ""}), "not closed"));
  EXPECT_TRUE(has(given.error({"  ", ""}), "is empty"));
  EXPECT_TRUE(has(given.error({"env -N{nodes} {ranks}", ""}), "how many nodes"));
  EXPECT_TRUE(has(given.error({"env {ranks}", "hosts"}), "two ways"));
  EXPECT_TRUE(has(given.error({"", "/nowhere/hosts"}), "can't be read"));
}

TEST(Launcher, AHostfileIsCheckedLineByLine) {
  Given given;
  const auto file = [&](const std::string& text) {
    given.scratch.write("hosts", text);
    return (given.scratch.root() / "hosts").string();
  };
  EXPECT_EQ(count_hosts(file("# three\nnode1 slots=4\nnode2\n\n10.0.0.3 max_slots=2\n")), 3);
  EXPECT_TRUE(has(given.error({"", file("# nobody\n")}), "names no host"));
  EXPECT_TRUE(has(given.error({"", file("node1\nnode2 slots=many\n")}), "hosts:2: \"slots=many\""));
  EXPECT_TRUE(has(given.error({"", file("node1 node2\n")}), "hosts:1: \"node2\""));
}

TEST(Launcher, WordsAreSplitAsAShellDoes) {
  EXPECT_EQ(split_words(R"(a  "b c" 'd "e' f\ g "")", "x"),
            (Words{"a", "b c", "d \"e", "f g", ""}));
}

TEST(Launcher, SettingsThatAreThereStay) {
  const auto settings = open_mpi_settings([](const char* name) -> std::string {
    return std::string(name) == "OMPI_MCA_pml" ? "ucx" : "";
  });
  EXPECT_EQ(settings.at("OMPI_MCA_pml"), "ucx");
  EXPECT_EQ(settings.at("OMPI_MCA_btl_tcp_eager_limit"), "4096");
}

TEST(Launcher, ABatchScriptAsksForTheRanksAndGrades) {
  Given given;
  const std::string script = batch_script(given.workspace, {"mpi"}, 9, true);
  EXPECT_TRUE(script.starts_with("#!/bin/bash\n"));
  EXPECT_TRUE(has(script, "#SBATCH --ntasks=9\n"));
  EXPECT_TRUE(has(script, "./kit grade mpi --solution\n"));
}

TEST(LaunchersWords, AreReadForTheCause) {
  const auto first = [](const std::string& output) {
    const std::string text = launcher_trouble(output);
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(first("all is well\n"), "");
  EXPECT_EQ(
      first("mpirun noticed that process rank 3 with PID 0 on node kit2 exited on signal 9 "
            "(Killed).\n"),
      "Rank 3 on kit2 was killed from outside (SIGKILL: by somebody, or for lack of memory).");
  EXPECT_EQ(first("mpirun noticed that process rank 3 with PID 0 on node kit2 exited on signal 11 "
                  "(Segmentation fault).\n"),
            "");
  EXPECT_EQ(first("ORTE has lost communication with a remote daemon.\n\n  HNP daemon   : "
                  "[[1,0],0] on node ctl\n  Remote daemon: [[1,0],2] on node kit2\n"),
            "mpirun's daemon on kit2 has gone, or the way to it.");
  EXPECT_EQ(
      first("srun: error: kit2: task 3: Killed\n"),
      "Rank 3 on kit2 was killed from outside (SIGKILL: by somebody, or for lack of memory).");
  EXPECT_EQ(first("srun: error: kit2: task 3: Exited with exit code 1\n"), "");
  EXPECT_EQ(first("slurmstepd: error: *** STEP 5.0 ON kit1 CANCELLED AT 2026-01-01T10:00:00 DUE TO "
                  "TIME LIMIT ***\n"),
            "The allocation's time is over.");
  // The kit ends an srun that waits, and then srun says more.
  EXPECT_EQ(first("srun: job 4 queued and waiting for resources\n"
                  "srun: Job allocation 4 has been revoked\n"),
            "Slurm has no free nodes now: queued and waiting for resources.");
  const std::string cancelled =
      "slurmstepd: error: *** STEP 5.0 ON kit1 CANCELLED AT 2026-01-01T10:00:00 ***\n";
  EXPECT_EQ(first(cancelled), "The allocation has ended, or its step was cancelled.");
  // A step is cancelled, too, when a rank of it was killed.
  EXPECT_EQ(
      first(cancelled + "srun: error: kit2: task 3: Killed\n"),
      "Rank 3 on kit2 was killed from outside (SIGKILL: by somebody, or for lack of memory).");
  EXPECT_EQ(first("/usr/bin/env: '/x/suite': No such file or directory\n"),
            "/x/suite is not there on a node.");
  EXPECT_EQ(first("/usr/bin/env: \u2018/x/suite\u2019: No such file or directory\n"),
            "/x/suite is not there on a node.");
}

}  // namespace
}  // namespace kit
