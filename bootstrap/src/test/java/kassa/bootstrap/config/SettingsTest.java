package kassa.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kassa.domain.identity.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void flag_overrides_environment_overrides_file_overrides_default() {
    Properties file = file("port=1", "host=::1", "db-pool=5", "log=json");
    Map<String, String> environment =
        Map.of("KASSA_PORT", "2", "KASSA_HOST", "127.0.0.2", "KASSA_DB_POOL", "6", "PATH", "/bin");

    Settings settings =
        Settings.merge(Map.of(Setting.PORT, "3", Setting.HOST, "localhost"), environment, file);

    assertThat(settings.value(Setting.PORT)).isEqualTo(new Settings.Value("3", "flag"));
    assertThat(settings.value(Setting.HOST)).isEqualTo(new Settings.Value("localhost", "flag"));
    assertThat(settings.value(Setting.DB_POOL)).isEqualTo(new Settings.Value("6", "environment"));
    assertThat(settings.value(Setting.LOG))
        .isEqualTo(new Settings.Value("json", "kassa.properties"));
    assertThat(settings.value(Setting.DATA_DIR)).isEqualTo(new Settings.Value("./data", "default"));
  }

  @Test
  void ignores_the_variables_that_kubernetes_sets_for_a_service() {
    Map<String, String> environment =
        Map.of(
            "KASSA_SERVICE_HOST", "10.0.0.1",
            "KASSA_SERVICE_PORT_HTTP", "80",
            "KASSA_PORT", "tcp://10.0.0.1:80",
            "KASSA_PORT_80_TCP_ADDR", "10.0.0.1",
            "KASSA_DB_POOL", "6");

    Settings settings = Settings.merge(Map.of(), environment, new Properties());

    assertThat(settings.value(Setting.DB_POOL).text()).isEqualTo("6");
    assertThat(settings.value(Setting.PORT).source()).isEqualTo("default");
    assertThat(Settings.merge(Map.of(), Map.of("KASSA_PORT", "81"), new Properties()))
        .extracting(merged -> merged.value(Setting.PORT).text())
        .isEqualTo("81");
  }

  @Test
  void reads_a_file_with_a_byte_order_mark_and_names_the_line_that_is_not_utf_8() {
    byte[] latin1 = "port=1\n# K\u00E4se\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(SettingSources.decode("\uFEFFport=1\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("port=1\n");
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> SettingSources.decode(latin1))
        .withMessageContaining("kassa.properties, line 2: is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", ""})
  void a_password_has_no_line_break_of_its_file(String end) {
    String password = " a till that opens only for tests";
    Settings settings =
        Settings.merge(Map.of(), Map.of("KASSA_ADMIN_PASSWORD", password + end), new Properties());

    assertThat(Config.of(settings).identity().firstAdmin())
        .extracting(admin -> admin.password())
        .isEqualTo(new Password(password));
  }

  @Test
  void reports_all_unknown_names_of_all_sources() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> Settings.merge(Map.of(), Map.of("KASSA_PROT", "2"), file("prot=3")))
        .satisfies(invalid ->
            assertThat(invalid.errors())
                .containsExactly(
                    "kassa.properties: unknown setting 'prot'", "unknown setting 'KASSA_PROT'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KASSA_DATA_DIR", "data_dir", "kassa.data-dir"})
  void names_the_key_of_a_setting_in_the_file_that_is_written_like_a_variable(String name) {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> Settings.merge(Map.of(), Map.of(), file(name + "=x")))
        .satisfies(invalid ->
            assertThat(invalid.errors())
                .containsExactly(
                    "kassa.properties: unknown setting '" + name + "'; its key is data-dir"));
  }

  @Test
  void reads_the_flags_of_settings() {
    assertThat(Settings.readFlags(List.of("--port=3", "--host", "localhost", "--db-url=a=b")))
        .isEqualTo(Map.of(Setting.PORT, "3", Setting.HOST, "localhost", Setting.DB_URL, "a=b"));
    assertThat(Settings.readFlags(List.of("--port=3", "--port", "4", "--host=")))
        .isEqualTo(Map.of(Setting.PORT, "4", Setting.HOST, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "sql", "--port", "--port=1 x", "--prot 1", "-port 1", "--host --port 1"})
  void leaves_other_arguments_to_the_parser(String arguments) {
    assertThat(Settings.readFlags(List.of(arguments.split(" ", -1)))).isNull();
  }

  @Test
  void failure_reason_masks_the_password() {
    String url = "jdbc:postgresql://ann:secret@host/kassa?user=ann&password=secret is bad";

    assertThat(SecretRedactor.failureReason(new IllegalStateException(url)))
        .isEqualTo("***@host/kassa?user=***&password=*** is bad");
    assertThat(
            SecretRedactor.failureReason(
                new IllegalStateException("cannot connect (ann:secret@host)")))
        .isEqualTo("cannot connect (***@host)");
  }

  @Test
  void masks_the_whole_password_of_a_url() {
    assertThat(SecretRedactor.maskUrl("postgresql://ann:a?b;c/d@e@host/kassa?sslmode=require"))
        .isEqualTo("postgresql://***@host/kassa?sslmode=require");
    assertThat(
            SecretRedactor.maskUrl("jdbc:postgresql://host/kassa?password=a;b&user=ann&ssl=true"))
        .isEqualTo("jdbc:postgresql://host/kassa?password=***&user=***&ssl=true");
    assertThat(SecretRedactor.maskUrl("jdbc:h2:./kassa;PASSWORD=a;MODE=Regular"))
        .isEqualTo("jdbc:h2:./kassa;PASSWORD=***;MODE=Regular");
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
