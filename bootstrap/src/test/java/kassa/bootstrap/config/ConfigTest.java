package kassa.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.application.BatchLimits;
import kassa.bootstrap.cli.CliMessages;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.SessionLimits;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  @Test
  void defaults_start_a_server_without_any_setting() {
    Config config = config();

    assertThat(config.http().listen().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().listen().port()).isEqualTo(8080);
    assertThat(config.database().url())
        .isEqualTo("jdbc:h2:file:" + Path.of("data/kassa").toAbsolutePath());
    assertThat(config.database().poolSize()).isEqualTo(10);
    assertThat(config.http().listen().tls()).isNull();
    assertThat(config.http().trustedProxies().networks()).isEmpty();
    assertThat(config.identity().firstAdmin())
        .isEqualTo(new FirstAdmin(new EmailAddress("admin@localhost"), null));
    assertThat(config.identity().sessionLimits())
        .isEqualTo(new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)));
    assertThat(config.identity().maxConcurrentHashes()).isEqualTo(1);
    assertThat(config.identity().rateLimitPerMinute()).isEqualTo(60_000);
    assertThat(config.apiToken()).isNull();
    assertThat(config.pricing().currencies().codes()).contains("USD", "EUR", "JPY", "BHD");
    assertThat(config.service().eventRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.service().batchLimits())
        .isEqualTo(new BatchLimits(16, Duration.ofSeconds(30)));
    assertThat(config.http().limits())
        .isEqualTo(new HttpLimits(512, 16, 1_024, 512, Duration.ofSeconds(20)));
    assertThat(config.pricing().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(config.logFormat()).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void parses_pricing_policy() {
    assertThat(config("--pricing-policy=stackBase=original, taxRoundAt=unit").pricing().policy())
        .isEqualTo(
            new Policy(
                Policy.StackBase.ORIGINAL,
                Policy.EffectBase.REMAINING,
                Policy.Resolver.STACK,
                Policy.RoundOn.DISCOUNT,
                Policy.TaxRoundAt.UNIT,
                Policy.UnitsConsumed.REUSE));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --port=0
          --port=65535
          --host=127.9.9.9
          --host=::1
          --host=localhost
          --host=0.0.0.0
          --host=::
          --proxies=
          --proxies=127.0.0.1
          '--proxies=::1, 10.0.0.0/8,2001:db8::/32'
          --admin-email=ann@example.com
          '--admin-password=eight of them'
          --session-idle=1m
          --session-idle=12h
          --session-max-age=720h
          --password-concurrency=64
          --token=kak_42
          --db-url=jdbc:postgresql://localhost/kassa
          --db-url=jdbc:h2:file:/tmp/kassa
          --db-pool=200
          --currencies=USD
          '--currencies=USD, JPY'
          --batch-concurrency=10000
          --batch-deadline=1ms
          --batch-deadline=60m
          --batch-deadline=1h
          --calls-per-minute=1
          --calls-per-minute=100000000
          --max-requests=1
          --max-requests=10000
          --max-streams=1
          --max-streams=1000
          --max-connections=16
          --max-connections=100000
          --stop-timeout=1ms
          --stop-timeout=1h
          --log=JSON
          --pricing-policy=
          --pricing-policy=resolver=best_total
          '--pricing-policy=stackBase=original, taxRoundAt=unit'
          """)
  void accepts_valid_value(String flag) {
    assertThat(config(flag)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --port=-1
          --port=65536
          --port=http
          --port=
          --port=99999999999
          --host=
          --tls-certificate=/none
          --tls-key=/none
          --tls-certificate=/etc/hostname
          --tls-key=/etc/hostname
          --proxies=localhost
          --proxies=10.0.0.0/33
          '--proxies=127.0.0.1,'
          --admin-email=admin
          --admin-email=
          --admin-password=sevench
          --session-idle=59s
          --session-idle=721h
          --session-idle=13h
          --session-max-age=29m
          --session-max-age=1d
          --password-concurrency=0
          --calls-per-minute=0
          --calls-per-minute=100000001
          --calls-per-minute=1k
          --password-concurrency=65
          '--token=two words'
          --data-dir=
          --data-dir=a;b
          --db-url=jdbc:mysql://localhost/kassa
          --db-url=jdbc:h2:tcp://localhost/kassa
          --db-url=postgresql://shop:s3cret%@localhost/kassa
          --db-pool=0
          --db-pool=201
          --db-read-pool=0
          --db-read-pool=201
          --currencies=
          --currencies=usd
          --currencies=XXX
          '--currencies=USD,'
          --pricing-policy=best_total
          --pricing-policy=resolver=cheapest
          --pricing-policy=rounding=half_down
          '--pricing-policy=resolver=stack,resolver=stack'
          --batch-concurrency=0
          --batch-concurrency=10001
          --batch-deadline=0s
          --batch-deadline=61m
          --batch-deadline=30
          --batch-deadline=-1s
          --max-requests=0
          --max-requests=10001
          --max-streams=0
          --max-streams=1001
          --max-connections=15
          --max-connections=100001
          --stop-timeout=0s
          --stop-timeout=61m
          --events-retention=59m
          --events-retention=3651d
          --events-retention=0d
          --log=xml
          """)
  void rejects_invalid_value(String flag) {
    assertThatExceptionOfType(InvalidConfigException.class).isThrownBy(() -> config(flag));
  }

  @Test
  void error_of_a_database_url_contains_no_part_of_it() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> config("--db-url=postgresql://shop:s3/cret@localhost/kassa"))
        .satisfies(invalid ->
            assertThat(invalid.errors())
                .singleElement()
                .asString()
                .startsWith("KASSA_DB_URL (flag): must have")
                .contains("/ is %2F")
                .doesNotContain("shop", "s3", "cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://shop:s3cret@standby:5433/kassa?sslmode=require",
        "jdbc:postgresql://standby1,standby2/kassa?user=shop&password=s3cret"
      })
  void accepts_the_url_of_a_standby(String url) {
    PersistenceConfig database =
        config("--db-url=postgresql://db/kassa", "--db-read-url=" + url, "--db-read-pool=4")
            .database();

    assertThat(database.readUrl()).isEqualTo(url);
    assertThat(database.readPoolSize()).isEqualTo(4);
    assertThat(config().database().readUrl()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                             | needs a PostgreSQL database in KASSA_DB_URL; H2 has no standby
          --db-url=jdbc:h2:file:/tmp/k   | needs a PostgreSQL database in KASSA_DB_URL; H2 has no standby
          """)
  void a_standby_needs_a_postgresql_primary(String flag, String error) {
    String[] flags = {"--db-read-url=postgresql://shop:s3cret@standby/kassa", flag};

    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> config(flag.isEmpty() ? Arrays.copyOf(flags, 1) : flags))
        .satisfies(invalid ->
            assertThat(invalid.errors()).containsExactly("KASSA_DB_READ_URL (flag): " + error));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:h2:file:/tmp/kassa                   | must start with postgresql:// or jdbc:postgresql:
          mysql://shop:s3cret@standby/kassa         | must start with postgresql:// or jdbc:postgresql:
          postgresql://shop:s3cret@standby:0/kassa  | must have a port from 1 to 65535
          """)
  void error_of_a_standby_url_contains_no_part_of_it(String url, String error) {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> config("--db-url=postgresql://db/kassa", "--db-read-url=" + url))
        .satisfies(invalid ->
            assertThat(invalid.errors()).containsExactly("KASSA_DB_READ_URL (flag): " + error));
  }

  @Test
  void an_invalid_primary_url_is_the_only_error_beside_a_valid_standby() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() ->
            config("--db-url=postgresql://db:0/kassa", "--db-read-url=postgresql://standby/kassa"))
        .satisfies(invalid ->
            assertThat(invalid.errors())
                .containsExactly("KASSA_DB_URL (flag): must have a port from 1 to 65535"));
  }

  @Test
  void admin_password_keeps_leading_and_trailing_whitespace() {
    assertThat(config("--admin-password= eight of them ").identity().firstAdmin())
        .isEqualTo(
            new FirstAdmin(new EmailAddress("admin@localhost"), new Password(" eight of them ")));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          127.0.0.1, false
          ::1,       false
          localhost, false
          0.0.0.0,   true
          '::',      true
          192.0.2.1, true
          """)
  void detects_plain_http_exposed_beyond_loopback(String host, boolean exposed) {
    assertThat(config("--host=" + host).isPlainHttpExposed()).isEqualTo(exposed);
    assertThat(config("--host=" + host, "--proxies=10.0.0.1").isPlainHttpExposed()).isFalse();
  }

  @Test
  void error_message_never_contains_the_secret() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> config("--admin-password=hunter2", "--token=hunter 2"))
        .satisfies(rejected ->
            assertThat(rejected.errors()).hasSize(2).noneMatch(error -> error.contains("hunter")));
  }

  @Test
  void invalid_proxies_are_reported_with_all_other_errors() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> config("--proxies=kassa.example", "--port=x"))
        .satisfies(rejected ->
            assertThat(rejected.errors())
                .hasSize(2)
                .contains(
                    "KASSA_PROXIES (flag): must be comma-separated addresses or networks such as"
                        + " 10.0.0.0/8"));
  }

  @Test
  void masks_secrets_whether_or_not_they_are_valid() {
    Settings settings =
        Settings.merge(
            Map.of(Setting.ADMIN_PASSWORD, "hunter22", Setting.TOKEN, "kak_42"),
            Map.of(),
            new Properties());

    assertThat(CliMessages.formatSettings(settings))
        .containsPattern("KASSA_ADMIN_PASSWORD += \\*\\*\\* ")
        .containsPattern("KASSA_TOKEN += \\*\\*\\* ")
        .doesNotContain("hunter22", "kak_42");
    assertThat(settings.toString()).doesNotContain("hunter22", "kak_42");
    assertThat(Config.of(settings).toString()).doesNotContain("hunter22", "kak_42");
  }

  @Test
  void masks_credentials_in_database_url() {
    Settings settings =
        Settings.merge(
            Map.of(
                Setting.DB_URL,
                "jdbc:postgresql://host/db?user=shop&password=hunter2&ssl=true",
                Setting.DB_READ_URL,
                "postgresql://shop:hunter2@standby/db"),
            Map.of(),
            new Properties());

    assertThat(CliMessages.formatSettings(settings))
        .contains("jdbc:postgresql://host/db?user=***&password=***&ssl=true")
        .contains("postgresql://***@standby/db")
        .doesNotContain("hunter2");
  }

  private static Config config(String... flags) {
    Map<Setting, String> settings = Settings.readFlags(Arrays.asList(flags));
    return Config.of(Settings.merge(Objects.requireNonNull(settings), Map.of(), new Properties()));
  }
}
