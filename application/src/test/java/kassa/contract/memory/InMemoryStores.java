package kassa.contract.memory;

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
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.Stores;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.application.port.out.identity.FailedAttemptStore.FailedAttempts;
import kassa.application.port.out.identity.IdentityStores;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.rule.RuleStores;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.domain.event.Event;
import kassa.domain.event.EventPosition;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.Session;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.Redemption;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/**
 * In-memory stores for tests that need no database. They share their data: a cancelled order
 * releases its usage of limits, and adding a code to a rule makes the rule require one. Data is
 * lost with the instance. Outages can be simulated. Thread-safe: calls are serialized.
 */
public final class InMemoryStores {

  private static final Comparator<OrderSortKey> NEWEST_FIRST =
      Comparator.comparing(OrderSortKey::placedAt)
          .thenComparing(position -> position.id().value())
          .reversed();

  /** Order of code points, like the byte order of UTF-8 in databases. */
  private static final Comparator<String> BY_CODE_POINTS =
      Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned);

  /** Key of a rate limit counter. */
  record NodeCounter(Instant windowStart, String caller, UUID nodeId) {}

  /** Stored redemption, and whether it was released. */
  record StoredUsage(
      OrderId order, @Nullable CustomerId customer, Redemption redemption, boolean released) {

    StoredUsage toReleased() {
      return new StoredUsage(order, customer, redemption, true);
    }
  }

  long lastNumber;
  long ruleSetVersion = 1;
  final ConcurrentSkipListMap<OrderSortKey, Order> orders =
      new ConcurrentSkipListMap<>(NEWEST_FIRST);
  final Map<OrderId, List<RuleTrace>> traces = new HashMap<>();
  final Map<OrderId, List<OrderEvent>> events = new HashMap<>();
  final Map<IdempotencyKey, IdempotencyRecord> idempotency = new HashMap<>();
  final Map<OrderId, List<Refund>> refunds = new HashMap<>();
  final List<StoredUsage> storedUsages = new ArrayList<>();
  final SequencedMap<RuleId, StoredRule> rules = new LinkedHashMap<>();
  final Map<RuleId, List<RuleVersion>> versions = new HashMap<>();
  final TreeMap<String, StoredCode> codes = new TreeMap<>(BY_CODE_POINTS);

  /** Keys of the codes that exist only because a rule definition contains them. */
  final Set<String> namedCodes = new HashSet<>();

  final SortedMap<UUID, StoredUser> users = new TreeMap<>();
  final Map<TokenHash, Session> sessions = new HashMap<>();
  final SortedMap<UUID, ApiKey> apiKeys = new TreeMap<>();
  final Map<TokenHash, ApiKeyId> apiKeyHashes = new HashMap<>();
  final Map<String, FailedAttempts> failedAttempts = new HashMap<>();
  final Map<NodeCounter, Long> rateLimits = new HashMap<>();
  final List<AuditEvent> auditEvents = new ArrayList<>();

  final List<Event> eventLog = new ArrayList<>();
  long lastEvent;
  EventPosition purgedEvent = EventPosition.START;
  volatile @Nullable Runnable commitListener;

  private final InMemoryWebhookStore webhooks = new InMemoryWebhookStore(this);

  private volatile boolean unavailable;

  /** Order store. */
  public InMemoryOrderStore orders() {
    return new InMemoryOrderStore(this);
  }

  /** Idempotency store. */
  public InMemoryIdempotencyStore idempotency() {
    return new InMemoryIdempotencyStore(this);
  }

  /** Product store. */
  public InMemoryProductStore products() {
    return new InMemoryProductStore(this);
  }

  void requireFreeKey(@Nullable IdempotencyRecord idempotencyRecord) {
    if (idempotencyRecord != null && idempotency.containsKey(idempotencyRecord.key())) {
      throw new IdempotencyKeyTakenException();
    }
  }

  void storeRecord(@Nullable IdempotencyRecord idempotencyRecord) {
    if (idempotencyRecord != null) {
      idempotency.put(idempotencyRecord.key(), idempotencyRecord);
    }
  }

  /** Sales ledger. */
  public InMemorySalesLedger sales() {
    return new InMemorySalesLedger(this);
  }

  /** Rule store. */
  public InMemoryRuleStore rules() {
    return new InMemoryRuleStore(this);
  }

  /** Code store. */
  public InMemoryCodeStore codes() {
    return new InMemoryCodeStore(this);
  }

  /** Limit usage store. */
  public InMemoryUsageStore limitUsage() {
    return new InMemoryUsageStore(this);
  }

  /** User store. */
  public InMemoryUserStore users() {
    return new InMemoryUserStore(this);
  }

  /** Session store. */
  public InMemorySessionStore sessions() {
    return new InMemorySessionStore(this);
  }

  /** API key store. */
  public InMemoryApiKeyStore apiKeys() {
    return new InMemoryApiKeyStore(this);
  }

  /** Store of failed attempts. */
  public InMemoryFailedAttemptStore failedAttempts() {
    return new InMemoryFailedAttemptStore(this);
  }

  /** Rate limit store. */
  public InMemoryRateLimitStore rateLimits() {
    return new InMemoryRateLimitStore(this);
  }

  /** Audit log. */
  public InMemoryAuditLog auditLog() {
    return new InMemoryAuditLog(this);
  }

  /** Log of the events of orders. */
  public InMemoryEventLog events() {
    return new InMemoryEventLog(this);
  }

  /** All of them, for use-cases, with an empty catalogue. */
  public Stores all() {
    return with(orders(), products());
  }

  /** All of them, with other orders and another catalogue. */
  public Stores with(OrderStore otherOrders, ProductStore otherProducts) {
    return new Stores(
        otherOrders,
        idempotency(),
        new RuleStores(rules(), codes(), limitUsage()),
        otherProducts,
        new IdentityStores(
            users(), sessions(), apiKeys(), failedAttempts(), rateLimits(), auditLog()),
        sales(),
        events(),
        new WebhookStores(webhooks, webhooks),
        orders());
  }

  /** Stores of webhook endpoints and deliveries. */
  public InMemoryWebhookStore webhooks() {
    return webhooks;
  }

  /**
   * Simulates an outage: every call throws {@link StoreUnavailableException} until {@link
   * #makeAvailable()}.
   */
  public void makeUnavailable() {
    unavailable = true;
  }

  /** Ends the simulated outage; the data is unchanged. */
  public void makeAvailable() {
    unavailable = false;
  }

  void requireAvailable() {
    if (unavailable) {
      throw new StoreUnavailableException("simulated store outage", new Exception());
    }
  }

  long usageOf(UsageCounter counter) {
    return storedUsages.stream()
        .filter(use -> !use.released() && use.redemption().rule().equals(counter.rule()))
        .mapToLong(use -> counted(use, counter))
        .sum();
  }

  private static long counted(StoredUsage use, UsageCounter counter) {
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
