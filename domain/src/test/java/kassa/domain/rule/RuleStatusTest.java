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
  void goes_from_draft_to_active_and_back_from_a_pause_but_never_from_the_archive(
      RuleStatus status, @Nullable String next) {
    assertThat(status.next().stream().map(RuleStatus::name).collect(Collectors.joining(" ")))
        .isEqualTo(next == null ? "" : next);
  }
}
