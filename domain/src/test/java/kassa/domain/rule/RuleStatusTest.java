package kassa.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleStatusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            DRAFT    | ACTIVE ARCHIVED
            ACTIVE   | PAUSED ARCHIVED
            PAUSED   | ACTIVE ARCHIVED
            ARCHIVED |
          """)
  void allows_only_these_status_transitions(RuleStatus status, @Nullable String next) {
    assertThat(
            status.nextStatuses().stream().map(RuleStatus::name).collect(Collectors.joining(" ")))
        .isEqualTo(next == null ? "" : next);
  }
}
