package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastUsedDebouncerTest {

  private final LastUsedDebouncer<String> debouncer = new LastUsedDebouncer<>();
  private final List<String> updates = new ArrayList<>();

  @Test
  void skips_an_update_while_one_is_in_progress() {
    debouncer.runUnlessInProgress(
        "a",
        () -> {
          debouncer.runUnlessInProgress("a", () -> updates.add("a again"));
          debouncer.runUnlessInProgress("b", () -> updates.add("b"));
          updates.add("a");
        });

    assertThat(updates).containsExactly("b", "a");
  }

  @Test
  void runs_again_after_a_failed_update() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            debouncer.runUnlessInProgress(
                "a",
                () -> {
                  throw new IllegalStateException("update failed");
                }));

    debouncer.runUnlessInProgress("a", () -> updates.add("a"));
    debouncer.runUnlessInProgress("a", () -> updates.add("a"));

    assertThat(updates).containsExactly("a", "a");
  }
}
