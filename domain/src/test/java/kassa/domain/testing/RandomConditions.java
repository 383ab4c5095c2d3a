package kassa.domain.testing;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import kassa.domain.money.Quantity;
import kassa.domain.rule.Condition;

/** Generator of random conditions of every kind. */
public final class RandomConditions {

  private final RandomGenerator random;
  private final RandomEffects amounts;

  /**
   * Creates a generator.
   *
   * @param amounts generates amounts and counts
   */
  public RandomConditions(RandomGenerator random, RandomEffects amounts) {
    this.random = random;
    this.amounts = amounts;
  }

  /** Returns one or two conditions, nested up to a depth. */
  public Condition.Group group(int depth) {
    Map<String, Condition> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      int kind = random.nextInt(depth > 0 ? 20 : 17);
      entries.put("c" + kind, ofKind(kind, depth));
    }
    return new Condition.Group(new LinkedHashMap<>(entries));
  }

  private Condition ofKind(int kind, int depth) {
    return switch (kind) {
      case 0 -> new Condition.MinSubtotal(amounts.amount());
      case 1 -> new Condition.MaxSubtotal(amounts.amount());
      case 2 -> new Condition.MinQuantity(quantity());
      case 3 -> new Condition.AnyLineMinQuantity(quantity());
      case 4 -> new Condition.SkuQuantity(Set.of(RandomEffects.SKUS.getFirst()), quantity());
      case 5 ->
          new Condition.ContainsAnySku(
              Set.of(RandomEffects.SKUS.get(1), RandomEffects.SKUS.get(2)));
      case 6 ->
          new Condition.ContainsAllSkus(
              Set.of(RandomEffects.SKUS.get(0), RandomEffects.SKUS.get(1)));
      case 7 -> new Condition.ContainsAnyTag(Set.copyOf(RandomEffects.TAGS.subList(0, 2)));
      case 8 -> new Condition.TagSubtotal(RandomEffects.TAGS.getFirst(), amounts.amount());
      case 9 -> new Condition.CustomerGroups(Set.of("vip", "staff"));
      case 10 -> new Condition.NthOrder(random.nextInt(1, 3));
      case 11 -> new Condition.Channels(Set.of("web"));
      case 12 -> new Condition.ShippingMethods(Set.of("post"));
      case 13 -> new Condition.NoSaleItems();
      case 14 -> new Condition.Weekdays(Set.of(DayOfWeek.MONDAY), ZoneId.of("Asia/Tokyo"));
      case 15 ->
          new Condition.TimeOfDay(
              LocalTime.of(random.nextInt(24), 0), LocalTime.of(12, 30), ZoneOffset.UTC);
      case 16 -> new Condition.MetadataValues(Map.of("a", "b"));
      case 17 -> new Condition.AnyOf(List.of(group(depth - 1), group(depth - 1)));
      case 18 -> new Condition.AllOf(List.of(group(depth - 1), group(depth - 1)));
      default -> new Condition.Not(group(depth - 1));
    };
  }

  private Quantity quantity() {
    return new Quantity(1_000 * amounts.count());
  }
}
