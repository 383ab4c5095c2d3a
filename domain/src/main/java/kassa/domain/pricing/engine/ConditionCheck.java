package kassa.domain.pricing.engine;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Amount;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.engine.effect.CartIndex;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.Condition;
import org.jspecify.annotations.Nullable;

/** Checks the conditions of a rule against the amounts remaining after earlier rules. */
final class ConditionCheck {

  /**
   * A condition that does not hold.
   *
   * @param path the JSON pointer of the condition in the rule
   * @param expected the expected value, for people
   * @param found the actual value, for people; {@code null} if there is none
   */
  record Failure(String path, String expected, @Nullable String found) {}

  private final PricingRequest request;
  private final CartIndex index;
  private final Ledger ledger;

  ConditionCheck(PricingRequest request, CartIndex index, Ledger ledger) {
    this.request = request;
    this.index = index;
    this.ledger = ledger;
  }

  /** Returns the first condition of a group that does not hold; {@code null} if all hold. */
  @Nullable Failure firstFailure(Condition.Group group, String path) {
    for (Map.Entry<String, Condition> entry : group.entries().entrySet()) {
      Failure failure = failure(entry.getValue(), path, entry.getKey());
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private @Nullable Failure failure(Condition condition, String in, String name) {
    return switch (condition) {
      case Condition.Group group -> firstFailure(group, in + "/" + name);
      case Condition.AnyOf(List<Condition.Group> groups) -> anyOf(groups, in + "/" + name);
      case Condition.AllOf(List<Condition.Group> groups) -> allOf(groups, in + "/" + name);
      case Condition.Not(Condition.Group group) ->
          firstFailure(group, "") == null
              ? new Failure(in + "/" + name, "not fulfilled", "fulfilled")
              : null;
      default -> holds(condition) ? null : explain(condition, in + "/" + name);
    };
  }

  private @Nullable Failure anyOf(List<Condition.Group> groups, String path) {
    for (Condition.Group group : groups) {
      if (firstFailure(group, "") == null) {
        return null;
      }
    }
    return new Failure(path, "one of " + groups.size() + " groups fulfilled", "none fulfilled");
  }

  private @Nullable Failure allOf(List<Condition.Group> groups, String path) {
    for (int i = 0; i < groups.size(); i++) {
      Failure failure = firstFailure(groups.get(i), path + "/" + i);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.MinSubtotal(Amount amount) -> atLeast(ledger.itemsRemaining(), amount);
      case Condition.MaxSubtotal(Amount amount) ->
          ledger.itemsRemaining() <= amount.floor(ledger.currency());
      case Condition.MinQuantity(Quantity min) -> index.quantity(index.all()) >= min.thousandths();
      case Condition.AnyLineMinQuantity(Quantity min) -> maxLineQuantity() >= min.thousandths();
      case Condition.SkuQuantity(Set<Sku> skus, Quantity min) ->
          index.quantity(index.linesWithSkus(skus)) >= min.thousandths();
      case Condition.ContainsAnySku(Set<Sku> skus) -> index.linesWithSkus(skus).length > 0;
      case Condition.ContainsAllSkus(Set<Sku> skus) ->
          skus.stream().allMatch(sku -> index.withSku(sku).length > 0);
      case Condition.ContainsAnyTag(var tags) ->
          tags.stream().anyMatch(tag -> index.withTag(tag).length > 0);
      case Condition.TagSubtotal tagged ->
          atLeast(remaining(index.withTag(tagged.tag())), tagged.min());
      case Condition.CustomerGroups(Set<String> groups) -> isIn(request.customer().group(), groups);
      case Condition.NthOrder(long n) -> {
        Long earlier = request.customer().orderCount();
        yield earlier != null && earlier + 1 == n;
      }
      case Condition.Channels(Set<String> channels) -> isIn(request.channel(), channels);
      case Condition.ShippingMethods(Set<String> methods) -> isIn(shippingMethod(), methods);
      case Condition.NoSaleItems() -> firstSkuOnSale() == null;
      case Condition.Weekdays weekdays ->
          weekdays.days().contains(weekdays.dayAt(localTimeIn(weekdays.zone())));
      case Condition.TimeOfDay time -> isWithin(time);
      case Condition.MetadataValues(Map<String, String> values) ->
          request.metadata().entrySet().containsAll(values.entrySet());
      default -> throw new IllegalStateException("unexpected nested condition");
    };
  }

  private Failure explain(Condition condition, String path) {
    return switch (condition) {
      case Condition.MinSubtotal(Amount amount) ->
          new Failure(path, "at least " + amount, money(ledger.itemsRemaining()));
      case Condition.MaxSubtotal(Amount amount) ->
          new Failure(path, "at most " + amount, money(ledger.itemsRemaining()));
      case Condition.MinQuantity(Quantity min) ->
          new Failure(path, "at least " + min, Quantity.toPlainString(index.quantity(index.all())));
      case Condition.AnyLineMinQuantity(Quantity min) ->
          new Failure(path, "at least " + min, Quantity.toPlainString(maxLineQuantity()));
      case Condition.SkuQuantity(Set<Sku> skus, Quantity min) ->
          new Failure(
              path,
              "at least " + min,
              Quantity.toPlainString(index.quantity(index.linesWithSkus(skus))));
      case Condition.ContainsAnySku(Set<Sku> skus) -> new Failure(path, oneOf(skus), null);
      case Condition.ContainsAllSkus(Set<Sku> skus) ->
          new Failure(
              path, "all of " + joinFirstTen(skus), "missing " + joinFirstTen(missing(skus)));
      case Condition.ContainsAnyTag(var tags) -> new Failure(path, oneOf(tags), null);
      case Condition.TagSubtotal tagged ->
          new Failure(
              path, "at least " + tagged.min(), money(remaining(index.withTag(tagged.tag()))));
      case Condition.CustomerGroups(Set<String> groups) ->
          new Failure(path, oneOf(groups), request.customer().group());
      case Condition.NthOrder(long n) -> {
        Long earlier = request.customer().orderCount();
        yield new Failure(path, "order " + n, earlier == null ? null : "order " + (earlier + 1));
      }
      case Condition.Channels(Set<String> channels) ->
          new Failure(path, oneOf(channels), request.channel());
      case Condition.ShippingMethods(Set<String> methods) ->
          new Failure(path, oneOf(methods), shippingMethod());
      case Condition.NoSaleItems() ->
          new Failure(path, "no line on sale", String.valueOf(firstSkuOnSale()));
      case Condition.Weekdays weekdays ->
          new Failure(
              path, oneOf(weekdays.days()), weekdays.dayAt(localTimeIn(weekdays.zone())).name());
      case Condition.TimeOfDay time ->
          new Failure(
              path,
              "from " + time.from() + " to " + time.to() + " in " + time.zone(),
              localTimeIn(time.zone()).toLocalTime().toString());
      case Condition.MetadataValues(Map<String, String> values) -> metadata(values, path);
      default -> throw new IllegalStateException("unexpected nested condition");
    };
  }

  private Failure metadata(Map<String, String> values, String path) {
    String name =
        values.entrySet().stream()
            .filter(entry -> !request.metadata().entrySet().contains(entry))
            .findFirst()
            .orElseThrow()
            .getKey();
    return new Failure(path, name + "=" + values.get(name), request.metadata().get(name));
  }

  private boolean atLeast(long minorUnits, Amount amount) {
    return minorUnits >= amount.ceiling(ledger.currency());
  }

  private long remaining(int[] lines) {
    long sum = 0;
    for (int line : lines) {
      sum += ledger.remaining(line);
    }
    return sum;
  }

  private long maxLineQuantity() {
    long max = 0;
    for (CartLine line : request.cart().lines()) {
      max = Math.max(max, line.quantity().thousandths());
    }
    return max;
  }

  private @Nullable Sku firstSkuOnSale() {
    for (CartLine line : request.cart().lines()) {
      if (line.isOnSale()) {
        return line.sku();
      }
    }
    return null;
  }

  private Set<Sku> missing(Set<Sku> skus) {
    Set<Sku> missing = new java.util.HashSet<>(skus);
    missing.removeIf(sku -> index.withSku(sku).length > 0);
    return missing;
  }

  private boolean isWithin(Condition.TimeOfDay time) {
    LocalTime now = localTimeIn(time.zone()).toLocalTime();
    boolean hasStarted = !now.isBefore(time.from());
    boolean hasEnded = !now.isBefore(time.to());
    return time.from().isBefore(time.to()) ? hasStarted && !hasEnded : hasStarted || !hasEnded;
  }

  private ZonedDateTime localTimeIn(java.time.ZoneId zone) {
    return request.at().atZone(zone);
  }

  private @Nullable String shippingMethod() {
    Shipping shipping = request.cart().shipping();
    return shipping == null ? null : shipping.method();
  }

  private static boolean isIn(@Nullable String value, Set<String> values) {
    return value != null && values.contains(value);
  }

  private String money(long minorUnits) {
    return ledger.money(minorUnits).toPlainString();
  }

  private static String oneOf(Set<?> values) {
    return "one of " + joinFirstTen(values);
  }

  /** Sorts the values, so that equal outcomes have equal texts; at most ten values. */
  private static String joinFirstTen(Set<?> values) {
    Set<String> sorted = new TreeSet<>();
    values.forEach(value -> sorted.add(value.toString()));
    String first = String.join(", ", sorted.stream().limit(10).toList());
    return sorted.size() > 10 ? first + " and " + (sorted.size() - 10) + " more" : first;
  }
}
