package kassa.domain.pricing;

import java.util.List;
import java.util.Optional;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;

/**
 * A discount that grows with the quantity of a line: the highest tier that the line reaches applies
 * to all of it.
 *
 * @param tiers at least one, each beginning above the one before it
 */
public record TieredQuantity(List<Tier> tiers) implements Effect {

  /**
   * One step of the discount.
   *
   * @param from the quantity at which it begins, inclusive
   * @param percent what comes off the line
   * @param label what the buyer is told it is, 1 to 200 characters on one line
   */
  public record Tier(Quantity from, Percentage percent, String label) {

    private static final int LONGEST_LABEL = 200;

    /**
     * @throws InvalidValueException if the label is empty, too long or not plain
     */
    public Tier {
      PlainText.line("label", label, LONGEST_LABEL);
    }
  }

  /**
   * @throws InvalidValueException if there is no tier, or if they do not rise
   */
  public TieredQuantity {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "tiers must hold at least one tier");
    }
    for (int i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).from().compareTo(tiers.get(i - 1).from()) <= 0) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE, "each tier must begin above the one before it");
      }
    }
  }

  /** The highest tier that a quantity reaches, if it reaches any. */
  public Optional<Tier> reachedBy(Quantity quantity) {
    return tiers.reversed().stream()
        .filter(tier -> tier.from().compareTo(quantity) <= 0)
        .findFirst();
  }
}
