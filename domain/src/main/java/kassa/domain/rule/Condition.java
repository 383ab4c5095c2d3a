package kassa.domain.rule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
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
 * Condition of a rule. Thresholds are inclusive. Amounts are those remaining after the discounts of
 * earlier rules.
 */
public sealed interface Condition {

  /**
   * All conditions of the group hold.
   *
   * @param entries the conditions by their names in the JSON definition
   */
  record Group(SequencedMap<String, Condition> entries) implements Condition {

    /** The empty group, which always holds. */
    public static final Group EMPTY = new Group(new LinkedHashMap<>());

    /** Copies the map. */
    public Group {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** Returns whether a condition at any depth depends on the order count of the customer. */
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

  /** At least one of the groups holds. */
  record AnyOf(List<Group> groups) implements Condition {
    /** Copies the list. */
    public AnyOf {
      groups = List.copyOf(groups);
    }
  }

  /** All groups hold. */
  record AllOf(List<Group> groups) implements Condition {
    /** Copies the list. */
    public AllOf {
      groups = List.copyOf(groups);
    }
  }

  /** The group does not hold. */
  record Not(Group group) implements Condition {}

  /** The subtotal of all lines is at least this amount. */
  record MinSubtotal(Amount amount) implements Condition {}

  /** The subtotal of all lines is at most this amount. */
  record MaxSubtotal(Amount amount) implements Condition {}

  /** The total quantity of all lines is at least this quantity. */
  record MinQuantity(Quantity quantity) implements Condition {}

  /** The quantity of at least one line is at least this quantity. */
  record AnyLineMinQuantity(Quantity quantity) implements Condition {}

  /** The total quantity of these skus is at least the minimum. */
  record SkuQuantity(Set<Sku> skus, Quantity min) implements Condition {}

  /** The cart contains at least one of these skus. */
  record ContainsAnySku(Set<Sku> skus) implements Condition {}

  /** The cart contains all of these skus. */
  record ContainsAllSkus(Set<Sku> skus) implements Condition {}

  /** The cart contains a line with at least one of these tags. */
  record ContainsAnyTag(Set<Tag> tags) implements Condition {}

  /** The subtotal of the lines with this tag is at least the minimum. */
  record TagSubtotal(Tag tag, Amount min) implements Condition {}

  /** The customer is in one of these groups. */
  record CustomerGroups(Set<String> groups) implements Condition {}

  /** The order is the customer's nth order; cancelled orders are not counted. */
  record NthOrder(long n) implements Condition {}

  /** The sales channel is one of these. */
  record Channels(Set<String> channels) implements Condition {}

  /** The shipping method is one of these. */
  record ShippingMethods(Set<String> methods) implements Condition {}

  /** No line of the cart is on sale. */
  record NoSaleItems() implements Condition {}

  /**
   * The weekday in the time zone is one of these.
   *
   * @param dayStart the time of day at which a weekday starts: before it, the day before counts.
   *     Midnight, unless the range of times in the same group includes midnight; then the end of
   *     that range
   */
  record Weekdays(Set<DayOfWeek> days, ZoneId zone, LocalTime dayStart) implements Condition {

    /** Creates a condition whose weekdays start at midnight. */
    public Weekdays(Set<DayOfWeek> days, ZoneId zone) {
      this(days, zone, LocalTime.MIDNIGHT);
    }

    /** Returns the weekday that counts at a local time. */
    public DayOfWeek dayAt(ZonedDateTime local) {
      DayOfWeek day = local.getDayOfWeek();
      return local.toLocalTime().isBefore(dayStart) ? day.minus(1) : day;
    }
  }

  /**
   * The time of day in the time zone is in this range. If {@code to} is not after {@code from}, the
   * range includes midnight.
   *
   * @param from the start, inclusive
   * @param to the end, exclusive
   */
  record TimeOfDay(LocalTime from, LocalTime to, ZoneId zone) implements Condition {

    /** Returns whether the range starts on one day and ends on the next. */
    public boolean includesMidnight() {
      return !from.isBefore(to);
    }
  }

  /** The metadata of the request has these values. */
  record MetadataValues(Map<String, String> values) implements Condition {
    /** Copies the map. */
    public MetadataValues {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
