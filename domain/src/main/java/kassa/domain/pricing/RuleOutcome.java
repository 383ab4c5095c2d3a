package kassa.domain.pricing;

import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;

/** What became of a rule when a cart was priced. */
public sealed interface RuleOutcome {

  /**
   * It applied.
   *
   * @param code the code that brought it, if one did
   * @param lines what it took off which lines, those that it took nothing off left out
   * @param shipping what it took off shipping
   * @param unapplied what it would have taken off if floors and prices had allowed it
   */
  record Applied(@Nullable Code code, List<LineDiscount> lines, Money shipping, Money unapplied)
      implements RuleOutcome {

    public Applied {
      lines = List.copyOf(lines);
    }

    /** All that it took off. */
    public Money amount() {
      Money sum = shipping;
      for (LineDiscount share : lines) {
        sum = sum.plus(share.amount());
      }
      return sum;
    }
  }

  /**
   * What a rule took off one line.
   *
   * @param line the line's place in the priced cart, from 0
   * @param amount above zero
   */
  record LineDiscount(int line, Money amount) {}

  /**
   * It did not apply.
   *
   * @param reason why
   * @param path the first condition that failed, as a JSON pointer into the rule
   * @param expected what that condition wants
   * @param found what there was; {@code null} if there was nothing
   */
  record Skipped(
      SkipReason reason, @Nullable String path, @Nullable String expected, @Nullable String found)
      implements RuleOutcome {}
}
