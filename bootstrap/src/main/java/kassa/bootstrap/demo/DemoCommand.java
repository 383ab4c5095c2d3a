package kassa.bootstrap.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kassa.adapters.persistence.Persistence;
import kassa.application.UseCases;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.in.order.ImportHistoricalOrders;
import kassa.application.port.in.order.ImportHistoricalOrders.HistoricalOrder;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.telemetry.Telemetry;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.cli.CommandLine;
import kassa.bootstrap.cli.ProgressReporter;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.server.ApplicationWiring;
import kassa.domain.InvalidValueException;
import kassa.domain.Timestamps;
import kassa.domain.identity.Caller;
import kassa.domain.json.JsonValue;
import kassa.domain.json.JsonValue.JsonArray;
import kassa.domain.json.JsonValue.JsonObject;
import kassa.domain.json.JsonValue.JsonString;
import kassa.domain.json.Violations;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import kassa.domain.rule.json.RuleReader;

/** {@code ./kassa demo}: fills a database with sample orders over two years. */
public final class DemoCommand {

  private static final long MAX_ORDERS = 100_000_000;

  /**
   * Number of orders per transaction. Objects that survive a batch are copied by the garbage
   * collector: batches of 5,000 spent a third of the time on that, and with 1,000 the cost of a
   * commit is small.
   */
  private static final int BATCH_SIZE = ImportHistoricalOrders.MAX_BATCH_SIZE;

  private static final Caller LOCAL_OPERATOR = new Caller.LocalOperator();

  private final Persistence persistence;
  private final UseCases useCases;
  private final ImportHistoricalOrders importHistoricalOrders;
  private Instant now;

  private DemoCommand(Persistence persistence, Config config, Instant startTime) {
    now = startTime;
    this.persistence = persistence;
    ApplicationWiring application =
        ApplicationWiring.wire(persistence, config, () -> now, Telemetry.none());
    useCases = application.useCases();
    importHistoricalOrders = application.operatorUseCases().importHistoricalOrders();
  }

  /**
   * Generates products, rules and orders.
   *
   * @throws InvalidConfigException if the arguments or settings are invalid
   * @throws CommandFailedException if the database already has orders, without {@code --force}
   */
  public static void run(CommandLine line) {
    if (line.operands().size() > 1) {
      throw new InvalidConfigException(List.of("demo expects at most one number of orders"));
    }
    long count =
        line.operands().isEmpty()
            ? 10_000
            : CommandLine.parseNumber(
                "the number of orders", line.operands().getFirst(), 1, MAX_ORDERS);
    long seed = line.parseNumber("--seed", 1, 0, 999_999_999);
    Instant end =
        line.values().containsKey("--until")
            ? parseInstant(line.values().get("--until"))
            : Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Config config = Config.of(SettingSources.load(line.settings()));
    try (Persistence persistence = Persistence.open(config.database())) {
      DemoDataGenerator generator = new DemoDataGenerator(seed, count, end);
      DemoCommand command = new DemoCommand(persistence, config, end.minus(DemoDataGenerator.SPAN));
      boolean empty = command.isEmpty();
      if (!empty && !line.isSet("--force")) {
        throw new CommandFailedException(
            "the database already has orders; use --force to add more");
      }
      command.createProductsAndRules(generator);
      ProgressReporter progress = new ProgressReporter(count);
      if (empty && !command.dependsOnOrderHistory()) {
        persistence.bulkLoad(() -> {
          command.insertOrders(generator, progress);
          progress.printStatus("creating indexes");
        });
      } else {
        command.insertOrders(generator, progress);
      }
      progress.finish();
    }
  }

  private static Instant parseInstant(String text) {
    try {
      return Timestamps.parse("--until", text);
    } catch (InvalidValueException malformed) {
      throw new InvalidConfigException(List.of(String.valueOf(malformed.getMessage())));
    }
  }

  private boolean isEmpty() {
    return persistence.stores().orders().listNewestFirst(null, 1).isEmpty();
  }

  /** Whether pricing an order queries earlier orders, which needs the indexes. */
  private boolean dependsOnOrderHistory() {
    return persistence.stores().rules().rules().readActiveRules().rules().stream()
        .map(StoredRule::definition)
        .anyMatch(rule -> rule.when().usesOrderCount() || rule.limits().hasAny());
  }

  private void createProductsAndRules(DemoDataGenerator generator) {
    for (int i = 0; i < generator.products().size(); i += ManageProducts.MAX_BATCH_SIZE) {
      int end = Math.min(generator.products().size(), i + ManageProducts.MAX_BATCH_SIZE);
      useCases
          .catalogue()
          .manageProducts()
          .as(LOCAL_OPERATOR)
          .putAll(generator.products().subList(i, end));
    }
    createRule("Welcome", "percent_off_order", "5", "code", "WELCOME");
    createRule("Spring", "percent_off_order", "10", "code", "SPRING10");
    createRule("Free shipping by code", "percent_off_shipping", "100", "code", "SHIPFREE");
    createRule("Never used", "percent_off_order", "50", "code", "NEVER-USED");
  }

  /** Creates a rule, unless a rule with this code exists. */
  private void createRule(String name, String effect, String percent, String key, String value) {
    Map<String, JsonValue> entries = new LinkedHashMap<>();
    entries.put("name", new JsonString(name));
    entries.put(key, new JsonString(value));
    Map<String, JsonValue> effectFields = new LinkedHashMap<>();
    effectFields.put("type", new JsonString(effect));
    effectFields.put("percent", new JsonString(percent));
    entries.put("effects", new JsonArray(List.of(JsonObject.of(effectFields))));
    JsonObject ruleJson = JsonObject.of(entries);
    ManageRules.Draft draft =
        new ManageRules.Draft(
            Objects.requireNonNull(RuleReader.read(ruleJson, "", new Violations())), ruleJson);
    useCases.rules().manageRules().as(LOCAL_OPERATOR).create(draft, RuleStatus.ACTIVE);
  }

  private void insertOrders(DemoDataGenerator generator, ProgressReporter progress) {
    for (List<HistoricalOrder> orders = generator.nextOrders(BATCH_SIZE);
        !orders.isEmpty();
        orders = generator.nextOrders(BATCH_SIZE)) {
      // The clock advances once per batch, because the rules are read once per batch.
      now = orders.getLast().placedAt();
      for (Outcome outcome : importHistoricalOrders.importOrders(orders)) {
        if (!(outcome instanceof Outcome.Placed)) {
          throw new IllegalStateException("a sample order was rejected: " + outcome);
        }
      }
      progress.add(orders.size());
    }
  }
}
