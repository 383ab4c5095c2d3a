package kassa.adapters.http.order.search;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.QueryParameters;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.Timestamps;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.CustomerId;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderStatus;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Filters and sort order of an order search, read from the query parameters.
 *
 * @param filter the filters
 * @param sort the sort order
 * @param canonicalText canonical text of both; cursors are bound to it
 */
record OrderSearchParameters(OrderFilter filter, OrderSort sort, String canonicalText) {

  /** The query parameters of a search. */
  static final List<String> PARAMETERS =
      List.of(
          "customerId",
          "status",
          "placedFrom",
          "placedTo",
          "totalMin",
          "totalMax",
          "currency",
          "sku",
          "code",
          "ruleId",
          "q",
          "sort");

  /** The values of the parameter sort; the default is {@code -placedAt}. */
  static final Map<String, OrderSort> SORTS =
      Map.of(
          "-placedAt", OrderSort.NEWEST_FIRST,
          "placedAt", OrderSort.OLDEST_FIRST,
          "-total", OrderSort.TOTAL_DESCENDING,
          "total", OrderSort.TOTAL_ASCENDING);

  /** Stored totals have at most 18 integer digits; further decimal places do not matter. */
  private static final Pattern TOTAL_PATTERN =
      Pattern.compile("[0-9]{1,18}(\\.[0-9]{1," + OrderSortKey.DECIMAL_PLACES + "})?");

  /** All currencies, so that orders in currencies that are no longer accepted can be found. */
  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  /**
   * Reads the query parameters.
   *
   * @param violations collects the violations; it means nothing then
   */
  static OrderSearchParameters read(Context context, List<RequestViolation> violations) {
    Reader reader = new Reader(context, violations);
    Set<OrderStatus> statuses = reader.read("status", OrderSearchParameters::parseStatuses);
    OrderFilter filter =
        new OrderFilter(
            reader.read("customerId", CustomerId::parse),
            statuses == null ? Set.of() : statuses,
            new OrderFilter.Period(
                reader.read("placedFrom", text -> Timestamps.parse("placedFrom", text)),
                reader.read("placedTo", text -> Timestamps.parse("placedTo", text))),
            new OrderFilter.Total(
                reader.read("totalMin", text -> parseTotal("totalMin", text)),
                reader.read("totalMax", text -> parseTotal("totalMax", text)),
                reader.read("currency", CURRENCIES::parse)),
            reader.read("sku", Sku::parseSearched),
            reader.read("code", Code::parse),
            reader.read("ruleId", RuleId::parse),
            reader.read(
                "q",
                text ->
                    PlainText.singleLine(
                        "q", PlainText.normalize(text), OrderFilter.MAX_TEXT_LENGTH)),
            null);
    OrderSort sort = reader.read("sort", OrderSearchParameters::sort);
    return new OrderSearchParameters(
        filter,
        sort == null ? OrderSort.NEWEST_FIRST : sort,
        sort == null
            ? reader.canonicalText() + "sort=-placedAt\n"
            : reader.canonicalText().toString());
  }

  private static BigDecimal parseTotal(String name, String text) {
    if (!TOTAL_PATTERN.matcher(text).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED,
          name + " must be a plain decimal such as 12.50, with at most 18 digits and 4 places");
    }
    return new BigDecimal(text);
  }

  private static Set<OrderStatus> parseStatuses(String list) {
    Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
    for (String word : list.split(",", -1)) {
      statuses.add(parseStatus(word));
    }
    return statuses;
  }

  private static OrderStatus parseStatus(String word) {
    List<String> words = new ArrayList<>();
    for (OrderStatus status : OrderStatus.values()) {
      if (EnumNames.of(status).equals(word)) {
        return status;
      }
      words.add(EnumNames.of(status));
    }
    throw new InvalidValueException(
        Reason.OUT_OF_RANGE,
        "status must be a comma-separated list of " + String.join(", ", words));
  }

  private static OrderSort sort(String word) {
    OrderSort sort = SORTS.get(word);
    if (sort == null) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "sort must be one of -placedAt, placedAt, -total, total");
    }
    return sort;
  }

  /** Reads the parameters one by one and collects violations. */
  private record Reader(
      Context context, List<RequestViolation> violations, StringBuilder canonicalText) {

    Reader(Context context, List<RequestViolation> violations) {
      this(context, violations, new StringBuilder());
    }

    <T> @Nullable T read(String name, Function<String, T> factory) {
      String value = QueryParameters.value(context, name);
      if (value != null) {
        canonicalText.append(name).append('=').append(value).append('\n');
      }
      return QueryParameters.read(context, name, factory, violations);
    }
  }
}
