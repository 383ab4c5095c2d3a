package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kassa.adapters.http.HttpServer;
import kassa.application.ProcessingLimits;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

  @Test
  void has_defaults_that_a_newcomer_can_run() {
    Config config = config();

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.databaseUrl())
        .isEqualTo("jdbc:h2:file:" + Path.of("data/kassa").toAbsolutePath());
    assertThat(config.databasePool()).isEqualTo(10);
    assertThat(config.currencies().codes()).contains("USD", "EUR", "JPY", "BHD");
    assertThat(config.limits()).isEqualTo(new ProcessingLimits(16, Duration.ofSeconds(30)));
    assertThat(config.admitted()).isEqualTo(new HttpServer.Limits(256, 16, 1_024));
    assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.policy()).isEqualTo(Policy.DEFAULT);
    assertThat(config.log()).isEqualTo(Config.LogFormat.TEXT);
  }

  @Test
  void reads_how_rules_work_together() {
    assertThat(config("--pricing-policy=stackBase=original, taxRoundAt=unit").policy())
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
          --db-url=jdbc:postgresql://localhost/kassa
          --db-url=jdbc:h2:file:/tmp/kassa
          --db-pool=200
          --currencies=USD
          '--currencies=USD, JPY'
          --batch-concurrency=10000
          --batch-deadline=1ms
          --batch-deadline=60m
          --batch-deadline=1h
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
  void accepts(String flag) {
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
          --host=0.0.0.0
          --host=192.0.2.1
          --host=
          --data-dir=
          --data-dir=a;b
          --db-url=jdbc:mysql://localhost/kassa
          --db-url=postgresql://localhost/kassa
          --db-pool=0
          --db-pool=201
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
          --log=xml
          """)
  void refuses(String flag) {
    assertThatExceptionOfType(InvalidConfigException.class).isThrownBy(() -> config(flag));
  }

  @Test
  void hides_what_is_secret_in_a_database_url() {
    Settings settings =
        Settings.gather(
            List.of("--db-url=jdbc:postgresql://host/db?user=shop&password=hunter2&ssl=true"),
            Map.of(),
            new Properties());

    assertThat(Texts.config(settings))
        .contains("jdbc:postgresql://host/db?user=***&password=***&ssl=true")
        .doesNotContain("hunter2");
  }

  private static Config config(String... flags) {
    return Config.of(Settings.gather(Arrays.asList(flags), Map.of(), new Properties()));
  }
}
