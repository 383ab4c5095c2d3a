package kassa.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import kassa.domain.pricing.Stretch.Mark;
import org.junit.jupiter.api.Test;

class SettingApartTest {

  /** Eight units and a half one, at 1.00 each, of which nothing has come off. */
  private static final Units BEFORE = Units.alike(8_500, 850, 0, 0);

  /** Of the eight: one passed by and one taken, then two passed by and one taken. */
  private static final List<Stretch> TWO_TAKEN =
      List.of(new Stretch(0, 1, 1, 1), new Stretch(0, 2, 1, 1));

  @Test
  void each_stretch_stands_at_its_place_while_the_runs_suffice() {
    Apart apart = new SettingApart(BEFORE, Mark.PICKED).of(TWO_TAKEN, 6);

    assertThat(thousandths(apart.units()))
        .containsExactly(1_000L, 1_000L, 2_000L, 1_000L, 3_000L, 500L);
    assertThat(apart.places()).containsExactly(1, 3);
    assertThat(picked(apart.units())).containsExactly(false, true, false, true, false, false);
  }

  @Test
  void with_one_run_less_those_taken_stand_together_behind_those_passed_by() {
    Apart apart = new SettingApart(BEFORE, Mark.PICKED).of(TWO_TAKEN, 5);

    assertThat(thousandths(apart.units())).containsExactly(3_000L, 2_000L, 3_000L, 500L);
    assertThat(apart.places()).containsExactly(1);
    assertThat(apart.thousandths(0)).isEqualTo(2_000);
    assertThat(apart.part(0, 200)).isEqualTo(200);
  }

  @Test
  void they_stand_together_in_just_as_many_runs_as_there_may_be() {
    Apart apart = new SettingApart(BEFORE, Mark.PICKED).of(TWO_TAKEN, 4);

    assertThat(apart.units().runs()).isEqualTo(4);
  }

  @Test
  void no_run_is_split_when_even_that_makes_too_many() {
    Apart apart = new SettingApart(BEFORE, Mark.PICKED).of(TWO_TAKEN, 3);

    assertThat(thousandths(apart.units())).containsExactly(8_000L, 500L);
    assertThat(apart.places()).containsExactly(0);
    assertThat(apart.thousandths(0)).isEqualTo(2_000);
    assertThat(apart.part(0, 800)).isEqualTo(200);
    assertThat(picked(apart.units())).containsExactly(true, false);
  }

  @Test
  void an_unsplit_run_that_was_only_bought_is_marked_and_not_taken() {
    List<Stretch> stretches = List.of(new Stretch(0, 3, 0, 1), new Stretch(1, 0, 1, 1));

    Apart apart = new SettingApart(BEFORE, Mark.BOUGHT_OR_IN_SET).of(stretches, 2);

    assertThat(apart.places()).containsExactly(1);
    assertThat(apart.thousandths(0)).isEqualTo(500);
    assertThat(apart.units().isPaired(0)).isTrue();
    assertThat(apart.units().isPaired(1)).isTrue();
  }

  private static List<Long> thousandths(Units units) {
    return IntStream.range(0, units.runs()).mapToObj(units::thousandths).toList();
  }

  private static List<Boolean> picked(Units units) {
    return IntStream.range(0, units.runs()).mapToObj(units::isPicked).toList();
  }
}
