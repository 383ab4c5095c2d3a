package kassa.domain.pricing;

import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;

/** Outcome of a rule for a cart. */
public sealed interface RuleOutcome {

  /**
   * The rule applied.
   *
   * @param code the code that activated the rule; {@code null} if the rule needs none
   * @param lines the discounts by line, without lines of discount zero
   * @param shipping the discount on shipping
   * @param unapplied the discount that was not applied because of floors and prices
   */
  record Applied(@Nullable Code code, List<LineDiscount> lines, Money shipping, Money unapplied)
      implements RuleOutcome {

    /** Copies the list. */
    public Applied {
      lines = List.copyOf(lines);
    }

    /** Returns the total discount of the rule. */
    public Money amount() {
      Money sum = shipping;
      for (LineDiscount share : lines) {
        sum = sum.plus(share.amount());
      }
      return sum;
    }
  }

  /**
   * Discount of a rule on one line.
   *
   * @param line the index of the line in the priced cart, from 0
   * @param amount the amount, above zero
   */
  record LineDiscount(int line, Money amount) {}

  /**
   * The rule did not apply.
   *
   * @param reason the reason
   * @param path the JSON pointer in the rule of what failed, such as the first failed condition
   * @param expected the expected value, for people
   * @param found the actual value, for people; {@code null} if there is none
   */
  record Skipped(
      SkipReason reason, @Nullable String path, @Nullable String expected, @Nullable String found)
      implements RuleOutcome {}
}
