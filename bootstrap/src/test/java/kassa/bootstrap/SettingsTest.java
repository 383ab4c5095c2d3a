package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void takes_the_flag_before_the_variable_before_the_file_before_the_default() {
    Properties file = file("port=1", "host=::1", "db-pool=5", "log=json");
    Map<String, String> environment =
        Map.of("KASSA_PORT", "2", "KASSA_HOST", "127.0.0.2", "KASSA_DB_POOL", "6", "PATH", "/bin");

    Settings settings =
        Settings.gather(List.of("--port=3", "--host", "localhost"), environment, file);

    assertThat(settings.value(Setting.PORT)).isEqualTo(new Settings.Value("3", "flag"));
    assertThat(settings.value(Setting.HOST)).isEqualTo(new Settings.Value("localhost", "flag"));
    assertThat(settings.value(Setting.DB_POOL)).isEqualTo(new Settings.Value("6", "environment"));
    assertThat(settings.value(Setting.LOG))
        .isEqualTo(new Settings.Value("json", "kassa.properties"));
    assertThat(settings.value(Setting.DATA_DIR)).isEqualTo(new Settings.Value("./data", "default"));
  }

  @Test
  void tells_every_name_that_is_unknown_wherever_it_stands() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() ->
            Settings.gather(
                List.of("serve", "-port", "--prot=1", "--db-pool"),
                Map.of("KASSA_PROT", "2"),
                file("prot=3")))
        .satisfies(invalid ->
            assertThat(invalid.faults())
                .containsExactly(
                    "kassa.properties: there is no setting 'prot'",
                    "there is no setting KASSA_PROT",
                    "there is no flag serve; ./kassa --help lists them",
                    "there is no flag -port; ./kassa --help lists them",
                    "there is no flag --prot; ./kassa --help lists them",
                    "--db-pool needs a value"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--admin-pasword secret",
        "--admin-password good secret secret=1",
        "--admin-password=good secret",
        "--token good -secret",
        "--tokn=secret secret"
      })
  void repeats_no_word_that_may_be_a_secret(String flags) {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(
            () -> Settings.gather(List.of(flags.split(" ", -1)), Map.of(), new Properties()))
        .satisfies(invalid ->
            assertThat(invalid.faults()).isNotEmpty().noneMatch(fault -> fault.contains("secret")));
  }

  @Test
  void tells_a_reason_without_the_password_in_it() {
    String url = "jdbc:postgresql://ann:secret@host/kassa?user=ann&password=secret is bad";

    assertThat(Texts.reason(new IllegalStateException(url)))
        .isEqualTo("***@host/kassa?user=***&password=*** is bad");
    assertThat(Texts.reason(new IllegalStateException("no way (ann:secret@host)")))
        .isEqualTo("no way (***@host)");
  }

  private static Properties file(String... lines) {
    Properties properties = new Properties();
    for (String line : lines) {
      properties.setProperty(
          line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return properties;
  }
}
