package kassa.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-06-15T12:00:00.123456789Z, 2026-06-15T12:00:00.123456Z
          2026-06-15T12:00:00.999999999Z, 2026-06-15T12:00:00.999999Z
          2026-06-15T12:00:00.000000999Z, 2026-06-15T12:00:00Z
          2026-06-15T12:00:00.123456Z,    2026-06-15T12:00:00.123456Z
          """)
  void clock_has_microsecond_precision(Instant now, Instant expected) {
    Environment environment =
        new Environment(InstantSource.fixed(now), UUID::randomUUID, bound -> 0);

    assertThat(environment.clock().instant()).isEqualTo(expected);
  }
}
