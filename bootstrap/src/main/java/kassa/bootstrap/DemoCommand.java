package kassa.bootstrap;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kassa.adapters.persistence.Persistence;
import kassa.application.UseCases;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.RecordOrders;
import kassa.application.port.in.RecordOrders.PastOrder;
import kassa.application.port.in.WriteRules;
import kassa.domain.identity.Caller;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.notation.Notation.Items;
import kassa.domain.notation.Notation.Text;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;

/** {@code ./kassa demo}: fills a database with orders of two years up to now. */
final class DemoCommand {

  private static final long MOST = 100_000_000;

  /**
   * The orders of one transaction. What lives through a round is copied by the collector: rounds of
   * 5,000 spent a third of the time on that, and a transaction of 1,000 has its commit well shared.
   */
  private static final int ROUND = RecordOrders.MOST_AT_ONCE;

  private static final Caller OWNER = new Caller.Owner();

  private final Persistence persistence;
  private final UseCases useCases;
  private final RecordOrders recordOrders;
  private Instant now;

  private DemoCommand(Persistence persistence, Config config, Instant begin) {
    now = begin;
    this.persistence = persistence;
    UseCases.Stores stores = Kassa.stores(persistence);
    UseCases.Surroundings surroundings = Kassa.surroundings(() -> now);
    useCases =
        UseCases.create(
            stores,
            surroundings,
            Kassa.secrets(config),
            config.sessions(),
            config.callsPerMinute(),
            config.policy(),
            config.limits());
    recordOrders = UseCases.recordOrders(stores, surroundings, config.policy());
  }

  /**
   * Fills the database.
   *
   * @throws CommandFailedException if it holds orders already, unless {@code --force} is said
   */
  static void run(List<String> words) {
    CommandLine line = CommandLine.of(words, Set.of("--force"), Set.of("--seed", "--until"));
    if (line.operands().size() > 1) {
      throw new InvalidConfigException(List.of("demo expects one number of orders at most"));
    }
    long count =
        line.operands().isEmpty()
            ? 10_000
            : CommandLine.number("the number of orders", line.operands().getFirst(), 1, MOST);
    long seed = line.number("--seed", 1, 0, 999_999_999);
    Instant end =
        line.values().containsKey("--until")
            ? instant(line.values().get("--until"))
            : Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Config config = Config.of(SettingSources.gather(line.settings()));
    try (Persistence persistence =
        Persistence.open(new Persistence.Config(config.databaseUrl(), config.databasePool()))) {
      Demo demo = new Demo(seed, count, end);
      DemoCommand command = new DemoCommand(persistence, config, end.minus(Demo.SPAN));
      boolean empty = command.isEmpty();
      if (!empty && !line.isSet("--force")) {
        throw new CommandFailedException("the database holds orders already; --force adds to them");
      }
      command.prepare(demo);
      Progress progress = new Progress(count);
      if (empty && !command.looksBack()) {
        persistence.fill(() -> {
          command.fill(demo, progress);
          progress.say("putting the database in order");
        });
      } else {
        command.fill(demo, progress);
      }
      progress.end();
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.format.DateTimeParseException refused) {
      throw new InvalidConfigException(
          List.of("--until must be a time such as 2026-06-30T12:00:00Z"));
    }
  }

  private boolean isEmpty() {
    return persistence.orders().newestFirst(null, 1).isEmpty();
  }

  /** Whether an order is priced by a look at those before it, for which it takes the indexes. */
  private boolean looksBack() {
    return persistence.rules().active().rules().stream()
        .map(KeptRule::definition)
        .anyMatch(rule -> rule.when().countsOrders() || rule.limits().any());
  }

  private void prepare(Demo demo) {
    for (int i = 0; i < demo.products().size(); i += KeepProducts.MOST_AT_ONCE) {
      int end = Math.min(demo.products().size(), i + KeepProducts.MOST_AT_ONCE);
      useCases.keepProducts().by(OWNER).putAll(demo.products().subList(i, end));
    }
    rule("Welcome", "percent_off_order", "5", "code", "WELCOME");
    rule("Spring", "percent_off_order", "10", "code", "SPRING10");
    rule("Free shipping by code", "percent_off_shipping", "100", "code", "SHIPFREE");
    rule("Never used", "percent_off_order", "50", "code", "NOBODY-KNOWS");
  }

  /** A rule that is there already, by its code, stays as it is. */
  private void rule(String name, String effect, String percent, String key, String value) {
    Map<String, Notation> entries = new LinkedHashMap<>();
    entries.put("name", new Text(name));
    entries.put(key, new Text(value));
    Map<String, Notation> does = new LinkedHashMap<>();
    does.put("type", new Text(effect));
    does.put("percent", new Text(percent));
    entries.put("effects", new Items(List.of(Fields.of(does))));
    Fields notation = Fields.of(entries);
    WriteRules.Draft draft =
        new WriteRules.Draft(
            Objects.requireNonNull(RuleReader.read(notation, "", new Flaws())), notation);
    useCases.writeRules().by(OWNER).create(draft, RuleStatus.ACTIVE);
  }

  private void fill(Demo demo, Progress progress) {
    for (List<PastOrder> orders = demo.next(ROUND); !orders.isEmpty(); orders = demo.next(ROUND)) {
      // The rules are asked for once a round: the clock of the use-cases goes on by rounds.
      now = orders.getLast().placedAt();
      for (Outcome outcome : recordOrders.record(orders)) {
        if (!(outcome instanceof Outcome.Placed)) {
          throw new IllegalStateException("an order of the demo was refused: " + outcome);
        }
      }
      progress.add(orders.size());
    }
  }
}
