package kassa.adapters.persistence.admin;

import static kassa.contract.fixture.SampleRules.content;
import static kassa.contract.fixture.SampleRules.fields;
import static kassa.contract.fixture.SampleRules.percentOff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kassa.adapters.persistence.Persistence;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.domain.catalogue.Sku;
import kassa.domain.json.JsonValue;
import kassa.domain.json.JsonValue.JsonObject;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Order;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.CodeUsage;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;

/** Parses docs/reference/sql.md: the sample orders, and the example queries with their results. */
final class SqlGuide {

  private static final Instant CREATED_AT = Instant.parse("2026-01-01T00:00:00Z");

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?ms)^### ([0-9]+\\. .*?)$\\n\\n```sql\\n(.*?)\\n```\\n\\n```text\\n(.*?)\\n```");

  private static final Pattern ORDER =
      Pattern.compile(
          "(?m)^\\| (\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d)"
              + " \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\| (placed|cancelled) \\|$");

  private final String text;

  private SqlGuide(String text) {
    this.text = text;
  }

  static SqlGuide read() {
    try {
      return new SqlGuide(Files.readString(Path.of("../docs/reference/sql.md")));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** A query, and its result as printed by {@code ./kassa sql}. */
  record SqlExample(String title, String sql, String result) {

    /** The cells of each row, without the header and the separator line. */
    List<List<String>> rows() {
      return result.lines().skip(2).map(SqlExample::cells).toList();
    }

    List<String> columns() {
      return cells(result.lines().findFirst().orElseThrow());
    }

    private static List<String> cells(String line) {
      return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }
  }

  List<SqlExample> examples() {
    return EXAMPLE
        .matcher(text)
        .results()
        .map(found -> new SqlExample(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  /** Inserts the sample orders, in their order. */
  void placeOrders(Persistence persistence) {
    Map<String, RuleId> codes = new HashMap<>();
    RuleSet rules = rules(persistence, codes);
    ORDER.matcher(text).results().forEach(row -> place(persistence, rules, codes, row));
  }

  private static RuleSet rules(Persistence persistence, Map<String, RuleId> codes) {
    StoredRule spring =
        activate(persistence, named("Spring", percentOff("10", "code", "SPRING10")));
    StoredRule newsletter =
        SampleRules.requireDone(
            persistence
                .stores()
                .rules()
                .rules()
                .create(
                    SampleRules.nextId(),
                    RuleStatus.DRAFT,
                    content(named("Newsletter", percentOff("5"))),
                    null));
    persistence
        .stores()
        .rules()
        .codes()
        .add(
            newsletter.id(),
            Stream.of("NEWS-1", "NEWS-2", "NEWS-3").map(Code::new).toList(),
            null,
            CREATED_AT,
            null);
    persistence
        .stores()
        .rules()
        .rules()
        .changeStatus(newsletter.id(), newsletter.revision(), RuleStatus.ACTIVE, CREATED_AT, null);
    activate(
        persistence,
        fields(
            "name",
            "Free shipping",
            "effects",
            List.of(fields("type", "percent_off_shipping", "percent", "100")),
            "when",
            fields("minSubtotal", "100")));
    StoredRule winter = activate(persistence, named("Winter", percentOff("20", "code", "WINTER")));
    codes.put(new Code("SPRING10").key(), spring.id());
    codes.put(new Code("WINTER").key(), winter.id());
    codes.put(new Code("NEWS-1").key(), newsletter.id());
    return new RuleSet(
        persistence.stores().rules().rules().ruleSetVersion(),
        persistence.stores().rules().rules().readActiveRules().rules().stream()
            .map(StoredRule::toRule)
            .toList(),
        Policy.DEFAULT);
  }

  private static StoredRule activate(Persistence persistence, JsonObject definition) {
    return SampleRules.insertActive(persistence.stores().rules().rules(), definition);
  }

  private static JsonObject named(String name, JsonObject definition) {
    SequencedMap<String, JsonValue> entries = new LinkedHashMap<>(definition.members());
    entries.putAll(fields("name", name).members());
    return new JsonObject(entries);
  }

  private static void place(
      Persistence persistence, RuleSet rules, Map<String, RuleId> codes, MatchResult row) {
    Currency currency = Currency.getInstance(row.group(4).strip());
    SequencedSet<Code> entered = new LinkedHashSet<>();
    Map<String, CodeUsage> uses = new HashMap<>();
    if (!row.group(7).isBlank()) {
      Code code = new Code(row.group(7).strip());
      entered.add(code);
      uses.put(code.key(), new CodeUsage(Objects.requireNonNull(codes.get(code.key())), null, 0));
    }
    Order order =
        SampleOrders.insert(
            persistence.stores().orders(),
            SampleOrders.of(
                new PricingRequest(
                    new Cart(
                        currency, lines(row.group(5), currency), shipping(row, currency), false),
                    entered,
                    new Customer(blankIsNull(row.group(3)), null, null),
                    null,
                    Map.of(),
                    Instant.parse(row.group(1) + "T" + row.group(2) + ":00Z"),
                    Map.of(),
                    uses),
                rules));
    if (row.group(8).equals("cancelled")) {
      SampleOrderChanges.cancel(
          persistence.stores().orders(), order.id(), order.placedAt().plusSeconds(3_600));
    }
  }

  private static List<CartLine> lines(String cell, Currency currency) {
    List<CartLine> lines = new ArrayList<>();
    for (String line : cell.strip().split(", ", -1)) {
      String[] words = line.split(" ", -1);
      lines.add(
          new CartLine(
              new Sku(words[1]), Quantity.parse(words[0]), UnitPrice.parse(words[2], currency)));
    }
    return lines;
  }

  private static @Nullable Shipping shipping(MatchResult row, Currency currency) {
    String amount = row.group(6).strip();
    return amount.isEmpty() ? null : new Shipping(money(amount, currency), null);
  }

  private static Money money(String amount, Currency currency) {
    int digits = currency.getDefaultFractionDigits();
    return new Money(new BigDecimal(amount).movePointRight(digits).longValueExact(), currency);
  }

  private static @Nullable String blankIsNull(String cell) {
    return cell.isBlank() ? null : cell.strip();
  }
}
