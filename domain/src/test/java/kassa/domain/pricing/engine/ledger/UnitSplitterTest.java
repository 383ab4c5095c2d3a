package kassa.domain.pricing.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;
import org.junit.jupiter.api.Test;

class UnitSplitterTest {

  /** Eight units and half a unit, at 1.00 each, without discount. */
  private static final LineUnits BEFORE = LineUnits.uniform(8_500, 850, 0, 0);

  /** Of the eight units: one skipped and one taken, then two skipped and one taken. */
  private static final List<UnitRange> TWO_TAKEN =
      List.of(new UnitRange(0, 1, 1, 1), new UnitRange(0, 2, 1, 1));

  @Test
  void keeps_unit_positions_while_the_max_runs_suffice() {
    SplitUnits split = new UnitSplitter(BEFORE, Mark.PICKED).split(TWO_TAKEN, 6);

    assertThat(thousandths(split.units()))
        .containsExactly(1_000L, 1_000L, 2_000L, 1_000L, 3_000L, 500L);
    assertThat(split.runIndexes()).containsExactly(1, 3);
    assertThat(picked(split.units())).containsExactly(false, true, false, true, false, false);
  }

  @Test
  void merges_taken_units_after_skipped_ones_above_max_runs() {
    SplitUnits split = new UnitSplitter(BEFORE, Mark.PICKED).split(TWO_TAKEN, 5);

    assertThat(thousandths(split.units())).containsExactly(3_000L, 2_000L, 3_000L, 500L);
    assertThat(split.runIndexes()).containsExactly(1);
    assertThat(split.thousandths(0)).isEqualTo(2_000);
    assertThat(split.part(0, 200)).isEqualTo(200);
  }

  @Test
  void merged_units_fit_exactly_the_max_runs() {
    SplitUnits split = new UnitSplitter(BEFORE, Mark.PICKED).split(TWO_TAKEN, 4);

    assertThat(split.units().runs()).isEqualTo(4);
  }

  @Test
  void splits_no_run_when_merging_exceeds_the_max_runs() {
    SplitUnits split = new UnitSplitter(BEFORE, Mark.PICKED).split(TWO_TAKEN, 3);

    assertThat(thousandths(split.units())).containsExactly(8_000L, 500L);
    assertThat(split.runIndexes()).containsExactly(0);
    assertThat(split.thousandths(0)).isEqualTo(2_000);
    assertThat(split.part(0, 800)).isEqualTo(200);
    assertThat(picked(split.units())).containsExactly(true, false);
  }

  @Test
  void marks_an_unsplit_run_of_bought_units_without_taking_it() {
    List<UnitRange> ranges = List.of(new UnitRange(0, 3, 0, 1), new UnitRange(1, 0, 1, 1));

    SplitUnits split = new UnitSplitter(BEFORE, Mark.BOUGHT_OR_IN_SET).split(ranges, 2);

    assertThat(split.runIndexes()).containsExactly(1);
    assertThat(split.thousandths(0)).isEqualTo(500);
    assertThat(split.units().isInSet(0)).isTrue();
    assertThat(split.units().isInSet(1)).isTrue();
  }

  private static List<Long> thousandths(LineUnits units) {
    return IntStream.range(0, units.runs()).mapToObj(units::thousandths).toList();
  }

  private static List<Boolean> picked(LineUnits units) {
    return IntStream.range(0, units.runs()).mapToObj(units::isPicked).toList();
  }
}
