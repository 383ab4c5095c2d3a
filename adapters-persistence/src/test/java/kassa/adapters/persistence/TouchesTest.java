package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchesTest {

  private final Touches<String> touches = new Touches<>();
  private final List<String> noted = new ArrayList<>();

  @Test
  void a_thing_is_not_noted_while_it_is_being_noted() {
    touches.note(
        "a",
        () -> {
          touches.note("a", () -> noted.add("a again"));
          touches.note("b", () -> noted.add("b"));
          noted.add("a");
        });

    assertThat(noted).containsExactly("b", "a");
  }

  @Test
  void a_thing_is_noted_each_time_also_behind_one_that_failed() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            touches.note(
                "a",
                () -> {
                  throw new IllegalStateException("away");
                }));

    touches.note("a", () -> noted.add("a"));
    touches.note("a", () -> noted.add("a"));

    assertThat(noted).containsExactly("a", "a");
  }
}
