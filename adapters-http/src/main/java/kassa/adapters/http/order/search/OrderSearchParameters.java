package kassa.adapters.http.order.search;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kassa.adapters.http.request.QueryParameters;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.CustomerId;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderStatus;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;

/**
 * Filters and sort order of an order search, read from the query parameters.
 *
 * @param filter the filters
 * @param sort the sort order
 * @param canonicalText canonical text of both; cursors are bound to it
 */
record OrderSearchParameters(OrderFilter filter, OrderSort sort, String canonicalText) {

  /** The query parameters of a search, in the order of the canonical text. */
  static final List<String> PARAMETERS =
      List.of(
          "status",
          "customerId",
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

  private static final String DEFAULT_SORT = "-placedAt";

  /** The values of the parameter sort. */
  static final Map<String, OrderSort> SORTS =
      Map.of(
          DEFAULT_SORT,
          OrderSort.NEWEST_FIRST,
          "placedAt",
          OrderSort.OLDEST_FIRST,
          "-total",
          OrderSort.TOTAL_DESCENDING,
          "total",
          OrderSort.TOTAL_ASCENDING);

  /** Stored totals have at most 18 integer digits; further decimal places do not matter. */
  private static final Pattern TOTAL_PATTERN =
      Pattern.compile("[0-9]{1,18}(\\.[0-9]{1," + OrderSortKey.DECIMAL_PLACES + "})?");

  /** All currencies, so that orders in currencies that are no longer accepted can be found. */
  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  /** Reads the query parameters; it means nothing if they have violations. */
  static OrderSearchParameters read(QueryParameters query) {
    OrderFilter filter =
        new OrderFilter(
            query.read("customerId", CustomerId::parse),
            query.words("status", OrderStatus.class),
            new OrderFilter.Period(query.time("placedFrom"), query.time("placedTo")),
            new OrderFilter.Total(
                query.read("totalMin", text -> parseTotal("totalMin", text)),
                query.read("totalMax", text -> parseTotal("totalMax", text)),
                query.read("currency", CURRENCIES::parse)),
            query.read("sku", Sku::parseSearched),
            query.read("code", Code::parse),
            query.read("ruleId", RuleId::parse),
            query.read("q", OrderSearchParameters::parseText),
            null);
    OrderSort sort = query.read("sort", OrderSearchParameters::parseSort);
    return new OrderSearchParameters(
        filter, sort == null ? OrderSort.NEWEST_FIRST : sort, canonicalText(query));
  }

  private static String canonicalText(QueryParameters query) {
    StringBuilder text = new StringBuilder();
    for (String name : PARAMETERS) {
      String value = query.value(name);
      if (value == null && name.equals("sort")) {
        value = DEFAULT_SORT;
      }
      if (value != null) {
        text.append(name).append('=').append(value).append('\n');
      }
    }
    return text.toString();
  }

  private static String parseText(String text) {
    return PlainText.singleLine("q", PlainText.normalize(text), OrderFilter.MAX_TEXT_LENGTH);
  }

  private static BigDecimal parseTotal(String name, String text) {
    if (!TOTAL_PATTERN.matcher(text).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED,
          name + " must be a plain decimal such as 12.50, with at most 18 digits and 4 places");
    }
    return new BigDecimal(text);
  }

  private static OrderSort parseSort(String word) {
    OrderSort sort = SORTS.get(word);
    if (sort == null) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "sort must be one of -placedAt, placedAt, -total, total");
    }
    return sort;
  }
}
