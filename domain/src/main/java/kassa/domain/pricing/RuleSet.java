package kassa.domain.pricing;

import java.util.List;
import java.util.UUID;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;

/**
 * The rules that a cart is priced under. Immutable, and to be shared by any number of threads.
 *
 * @param rules in the order in which they are applied
 */
public record RuleSet(List<Rule> rules) {

  public RuleSet {
    rules = List.copyOf(rules);
  }

  /** The rule that ships: 10 or more of a line are 10 % off, 50 or more 20 %. */
  public static RuleSet shipped() {
    return new RuleSet(
        List.of(
            new Rule(
                new RuleId(UUID.fromString("019b76da-a800-7000-8000-000000000001")),
                1,
                List.of(
                    new TieredQuantity(
                        List.of(
                            new TieredQuantity.Tier(
                                Quantity.of(10), Percentage.parse("10"), "Bulk 10%"),
                            new TieredQuantity.Tier(
                                Quantity.of(50), Percentage.parse("20"), "Premium 20%")))))));
  }
}
