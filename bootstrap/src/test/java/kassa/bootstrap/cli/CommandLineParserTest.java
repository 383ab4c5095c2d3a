package kassa.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineParserTest {

  @Test
  void parses_a_command_with_its_flags_and_settings() {
    assertThat(
            parse("sql", "select 1", "--csv", "--rows=5", "--data-dir", "/srv", "--timeout", "9"))
        .isEqualTo(
            new CommandLine(
                "sql",
                List.of("select 1"),
                Set.of("--csv"),
                Map.of("--rows", "5", "--timeout", "9"),
                Map.of(Setting.DATA_DIR, "/srv")));
    assertThat(parse("import", "-", "--format", "csv").operands()).containsExactly("-");
    assertThat(parse("demo").operands()).isEmpty();
    assertThat(parse("backup", "--force", "--", "--odd name").operands())
        .containsExactly("--odd name");
  }

  @Test
  void settings_may_stand_before_the_command() {
    CommandLine line = parse("--port=1", "--host", "h", "config", "--port=2");

    assertThat(line.command()).isEqualTo("config");
    assertThat(line.settings()).isEqualTo(Map.of(Setting.HOST, "h", Setting.PORT, "2"));
  }

  @Test
  void the_last_of_several_flags_is_used() {
    assertThat(parse("--port=1", "--port", "2").settings()).isEqualTo(Map.of(Setting.PORT, "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@/etc/passwd", "${KASSA_TOKEN}", "${sys:user.home}", "a%nb", "'x'", "-x", " "})
  void takes_arguments_as_they_are(String text) {
    assertThat(parse("sql", "q", "--admin-password", text, "--db-url=" + text).settings())
        .isEqualTo(Map.of(Setting.ADMIN_PASSWORD, text, Setting.DB_URL, text));
  }

  @Test
  void takes_files_of_arguments_and_variables_in_operands_as_they_are() {
    assertThat(parse("sql", "@/etc/passwd").operands()).containsExactly("@/etc/passwd");
    assertThat(parse("sql", "${KASSA_TOKEN}").operands()).containsExactly("${KASSA_TOKEN}");
  }

  @Test
  void reports_all_errors_with_suggestions() {
    assertErrors(
        List.of("serve", "-port", "--prot=1", "--db-pool"),
        "unknown command or flag serve",
        "unknown command or flag -port",
        "unknown command or flag --prot (did you mean --",
        "--db-pool needs a value");
    assertErrors(
        List.of("sql", "q", "--row", "5"), "unknown command or flag --row (did you mean --rows?)");
    assertErrors(
        List.of("--data-dri=x"),
        "unknown command or flag --data-dri (did you mean --data-dir?); see ./kassa --help");
    assertErrors(List.of("imprt"), "unknown command or flag imprt (did you mean import?)");
    assertErrors(
        List.of("orders.csv", "--prot:1"),
        "unknown command or flag orders.csv",
        "unknown command or flag --prot*** (did you mean --");
    assertErrors(List.of("config", "all"), "unknown command or flag all");
    assertErrors(List.of("sql", "q", "--rows="), "--rows needs a value");
    assertErrors(
        List.of("--host", "--port", "1"), "--host needs a value", "unexpected argument after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--admin-pasword secret",
        "--admin-password good secret secret=1",
        "--admin-password=good secret",
        "--token good -secret",
        "--tokn=secret secret",
        "login --tokn secret",
        "sql q --admin-password --token secret",
        "--admin-password --token secret",
        "-token secret",
        "--admin-password x config secret",
        "--admin-password x secret --port 1",
        "--admin-password",
        "--admin-passwordsecret",
        "--token:secret",
        "--db-url postgresql://ann:good secret@host/kassa",
        "postgresql://ann:secret@host/kassa",
        "config jdbc:postgresql://ann:secret@host/kassa?sslmode=require"
      })
  void error_message_repeats_no_argument_that_may_be_secret(String arguments) {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> parse(arguments.split(" ", -1)))
        .satisfies(invalid ->
            assertThat(invalid.errors()).isNotEmpty().noneMatch(error -> error.contains("secret")));
  }

  @Test
  void command_line_as_text_has_no_values() {
    assertThat(parse("import", "f", "--token=secret")).asString().doesNotContain("secret");
  }

  @Test
  void help_names_every_setting_and_every_command() {
    String help = print("--help");

    assertThat(print("-h")).isEqualTo(help);
    assertThat(print("help")).isEqualTo(help);
    String words = help.replaceAll("\\s+", " ");
    for (Setting setting : Setting.values()) {
      assertThat(words)
          .contains("--" + setting.key() + "=", setting.environmentVariable())
          .contains(setting.description());
    }
    for (String command :
        List.of("login", "config", "sql", "password", "backup", "restore", "demo", "import")) {
      assertThat(help).contains("\n  " + command + " ");
    }
    assertThat(help).contains("--help", "--version");
  }

  @Test
  void help_of_a_command_names_its_flags() {
    assertThat(print("sql", "--help"))
        .startsWith("Usage: ./kassa sql QUERY [flags]")
        .contains("--csv", "--rows=N")
        .doesNotContain("--data-dir");
    assertThat(print("help", "sql")).isEqualTo(print("sql", "--help"));
    assertThat(print("sql", "-h", "--rows")).contains("--rows=N");
  }

  @Test
  void prints_the_version() {
    assertThat(print("--version")).isEqualTo("kassa 1.2\n");
  }

  @ParameterizedTest
  @CsvSource({"sql", "--rows", "--data-dir", "import"})
  void completion_script_has_commands_and_flags(String word) {
    assertThat(print("completion")).contains("complete ").contains(word);
  }

  private static void assertErrors(List<String> arguments, String... starts) {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> CommandLineParser.parse(arguments, "1.2"))
        .satisfies(invalid -> {
          assertThat(invalid.errors()).hasSize(starts.length);
          for (String start : starts) {
            assertThat(invalid.errors()).anySatisfy(error -> assertThat(error).startsWith(start));
          }
        });
  }

  private static String print(String... arguments) {
    CommandLine line = parse(arguments);
    assertThat(line.command()).isEqualTo(CommandLineParser.PRINT);
    return line.operands().getFirst();
  }

  private static CommandLine parse(String... arguments) {
    return CommandLineParser.parse(List.of(arguments), "1.2");
  }
}
