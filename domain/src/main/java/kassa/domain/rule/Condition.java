package kassa.domain.rule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import kassa.domain.money.Quantity;

/**
 * What has to hold for a rule to apply. Thresholds are inclusive; amounts are what the rules before
 * have left.
 */
public sealed interface Condition {

  /**
   * All of these hold.
   *
   * @param entries the conditions by the names under which they are written
   */
  record Group(SequencedMap<String, Condition> entries) implements Condition {

    /** Nothing has to hold. */
    public static final Group EMPTY = new Group(new LinkedHashMap<>());

    public Group {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** Whether one of the conditions, at any depth, asks how many orders a customer has placed. */
    public boolean usesOrderCount() {
      return entries.values().stream().anyMatch(Group::conditionUsesOrderCount);
    }

    private static boolean conditionUsesOrderCount(Condition condition) {
      return switch (condition) {
        case NthOrder _ -> true;
        case Group group -> group.usesOrderCount();
        case AnyOf(List<Group> groups) -> groups.stream().anyMatch(Group::usesOrderCount);
        case AllOf(List<Group> groups) -> groups.stream().anyMatch(Group::usesOrderCount);
        case Not(Group group) -> group.usesOrderCount();
        default -> false;
      };
    }
  }

  /** One of these holds. */
  record AnyOf(List<Group> groups) implements Condition {
    public AnyOf {
      groups = List.copyOf(groups);
    }
  }

  /** All of these hold. */
  record AllOf(List<Group> groups) implements Condition {
    public AllOf {
      groups = List.copyOf(groups);
    }
  }

  /** This does not hold. */
  record Not(Group group) implements Condition {}

  /** The lines cost at least this. */
  record MinSubtotal(Amount amount) implements Condition {}

  /** The lines cost at most this. */
  record MaxSubtotal(Amount amount) implements Condition {}

  /** The lines hold at least so many units together. */
  record MinQuantity(Quantity quantity) implements Condition {}

  /** One line holds at least so many units. */
  record AnyLineMinQuantity(Quantity quantity) implements Condition {}

  /** The lines of these skus hold at least so many units together. */
  record SkuQuantity(Set<Sku> skus, Quantity min) implements Condition {}

  /** One of these is in the cart. */
  record ContainsAnySku(Set<Sku> skus) implements Condition {}

  /** All of these are in the cart. */
  record ContainsAllSkus(Set<Sku> skus) implements Condition {}

  /** Something with one of these tags is in the cart. */
  record ContainsAnyTag(Set<Tag> tags) implements Condition {}

  /** The lines with this tag cost at least this. */
  record TagSubtotal(Tag tag, Amount min) implements Condition {}

  /** The customer is of one of these groups. */
  record CustomerGroups(Set<String> groups) implements Condition {}

  /** It is the customer's nth order; those that were cancelled do not count. */
  record NthOrder(long n) implements Condition {}

  /** The cart comes through one of these channels. */
  record Channels(Set<String> channels) implements Condition {}

  /** It is shipped by one of these methods. */
  record ShippingMethods(Set<String> methods) implements Condition {}

  /** Nothing in the cart is on sale. */
  record NoSaleItems() implements Condition {}

  /** It is one of these days, there. */
  record Weekdays(Set<DayOfWeek> days, ZoneId zone) implements Condition {}

  /**
   * It is that time of the day, there. A time that ends before it begins goes over midnight.
   *
   * @param from inclusive
   * @param to exclusive
   */
  record TimeOfDay(LocalTime from, LocalTime to, ZoneId zone) implements Condition {}

  /** The cart's metadata has these values. */
  record MetadataValues(Map<String, String> values) implements Condition {
    public MetadataValues {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
