package kassa.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import kassa.application.UseCases;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.AttemptStore.Attempts;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.Session;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.Redemption;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleVersion;
import org.jspecify.annotations.Nullable;

/**
 * The stores of tests that need no database. They know of each other: a cancelled order gives back
 * what it used, and a code binds its rule. They forget everything, and can be taken away. They may
 * be called by any number of threads, one of which is served at a time.
 */
public final class InMemoryStores {

  private static final Comparator<OrderPosition> NEWEST_FIRST =
      Comparator.comparing(OrderPosition::placedAt)
          .thenComparing(position -> position.id().value())
          .reversed();

  /** By code points, as databases sort the bytes of UTF-8. */
  private static final Comparator<String> BY_CODE_POINTS =
      Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned);

  /** What a number of calls is kept by. */
  record CallsOfNode(Instant minute, String caller, UUID node) {}

  /** A redemption, and what became of it. */
  record Use(
      OrderId order, @Nullable CustomerId customer, Redemption redemption, boolean givenBack) {

    Use whenGivenBack() {
      return new Use(order, customer, redemption, true);
    }
  }

  long lastNumber;
  long setVersion = 1;
  final ConcurrentSkipListMap<OrderPosition, Order> orders =
      new ConcurrentSkipListMap<>(NEWEST_FIRST);
  final Map<OrderId, List<RuleTrace>> traces = new HashMap<>();
  final Map<OrderId, List<OrderEvent>> events = new HashMap<>();
  final Map<IdempotencyKey, KeptAnswer> answers = new HashMap<>();
  final Map<IdempotencyKey, Instant> answeredAt = new HashMap<>();
  final Map<OrderId, List<Refund>> refunds = new HashMap<>();
  final List<Use> uses = new ArrayList<>();
  final SequencedMap<RuleId, KeptRule> rules = new LinkedHashMap<>();
  final Map<RuleId, List<RuleVersion>> versions = new HashMap<>();
  final TreeMap<String, KeptCode> codes = new TreeMap<>(BY_CODE_POINTS);

  /** Those of them that are there only because a rule names them. */
  final Set<String> namedCodes = new HashSet<>();

  final SortedMap<UUID, KeptUser> users = new TreeMap<>();
  final Map<TokenHash, Session> sessions = new HashMap<>();
  final SortedMap<UUID, ApiKey> keys = new TreeMap<>();
  final Map<TokenHash, ApiKeyId> keyHashes = new HashMap<>();
  final Map<String, Attempts> attempts = new HashMap<>();
  final Map<CallsOfNode, Long> calls = new HashMap<>();
  final List<AuditEvent> audited = new ArrayList<>();

  private volatile boolean unavailable;

  /** The orders. */
  public InMemoryOrderStore orders() {
    return new InMemoryOrderStore(this);
  }

  /** The answers of calls that carry a key. */
  public InMemoryAnswerStore answers() {
    return new InMemoryAnswerStore(this);
  }

  /** The catalogue. */
  public InMemoryProductStore products() {
    return new InMemoryProductStore(this);
  }

  boolean hasAnswer(@Nullable KeyedCall<?> call) {
    return call != null && answers.containsKey(call.key());
  }

  boolean hasAnswer(@Nullable KeptAnswer answer) {
    return answer != null && answers.containsKey(answer.key());
  }

  void keepAnswer(@Nullable KeptAnswer answer, Instant at) {
    if (answer == null) {
      return;
    }
    answers.put(answer.key(), answer);
    answeredAt.put(answer.key(), at);
  }

  /** What was sold. */
  public InMemorySalesLedger sales() {
    return new InMemorySalesLedger(this);
  }

  /** The rules. */
  public InMemoryRuleStore rules() {
    return new InMemoryRuleStore(this);
  }

  /** The codes. */
  public InMemoryCodeStore codes() {
    return new InMemoryCodeStore(this);
  }

  /** How far limits are used up. */
  public InMemoryUsageStore usages() {
    return new InMemoryUsageStore(this);
  }

  /** The users. */
  public InMemoryUserStore users() {
    return new InMemoryUserStore(this);
  }

  /** Their sessions. */
  public InMemorySessionStore sessions() {
    return new InMemorySessionStore(this);
  }

  /** The keys of programs. */
  public InMemoryApiKeyStore keys() {
    return new InMemoryApiKeyStore(this);
  }

  /** What was tried in vain. */
  public InMemoryAttemptStore attempts() {
    return new InMemoryAttemptStore(this);
  }

  /** Calls, added up. */
  public InMemoryCallTally calls() {
    return new InMemoryCallTally(this);
  }

  /** What happened to users, sessions and keys. */
  public InMemoryAuditLog audit() {
    return new InMemoryAuditLog(this);
  }

  /** All of them, for use-cases, with an empty catalogue. */
  public UseCases.Stores all() {
    return with(orders(), products());
  }

  /** All of them, with other orders and another catalogue. */
  public UseCases.Stores with(OrderStore otherOrders, ProductStore otherProducts) {
    return new UseCases.Stores(
        otherOrders,
        answers(),
        sales(),
        rules(),
        codes(),
        usages(),
        otherProducts,
        users(),
        sessions(),
        keys(),
        attempts(),
        calls(),
        audit(),
        orders());
  }

  /** From now on every call finds the stores gone. */
  public void takeAway() {
    unavailable = true;
  }

  /** From now on the stores are there again, with all that they kept. */
  public void bringBack() {
    unavailable = false;
  }

  void check() {
    if (unavailable) {
      throw new StoreUnavailableException("the store was taken away", new Exception());
    }
  }

  long used(Counter counter) {
    return uses.stream()
        .filter(use -> !use.givenBack() && use.redemption().rule().equals(counter.rule()))
        .mapToLong(use -> counted(use, counter))
        .sum();
  }

  private static long counted(Use use, Counter counter) {
    Redemption redemption = use.redemption();
    return switch (counter.kind()) {
      case TOTAL -> 1;
      case CODE ->
          redemption.code() != null && redemption.code().key().equals(counter.subject()) ? 1 : 0;
      case CUSTOMER -> Objects.equals(use.customer(), new CustomerId(counter.subject())) ? 1 : 0;
      case SPEND ->
          redemption.amount().currency().getCurrencyCode().equals(counter.subject())
              ? redemption.amount().minorUnits()
              : 0;
    };
  }
}
