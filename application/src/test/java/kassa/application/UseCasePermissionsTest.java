package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.application.ApplicationFixture.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.Secured;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.RefundOrder;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.telemetry.MetricsFormat;
import kassa.contract.fixture.SampleCallers;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.TestUsers;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPosition;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.User;
import kassa.domain.money.Quantity;
import kassa.domain.order.Metadata;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.pricing.Customer;
import kassa.domain.report.RefundsBy;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpointId;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Permission matrix: which callers may call which use cases. */
class UseCasePermissionsTest {

  private static final OrderId NO_ORDER = SampleOrders.nextId();
  private static final RuleId NO_RULE = SampleRules.nextId();
  private static final WebhookEndpointId NO_WEBHOOK = new WebhookEndpointId(new UUID(1, 1));

  /** Of events that everybody may read who is no anonymous caller. */
  private static final WebhookContent WEBHOOK =
      new WebhookContent(
          new WebhookUrl("https://shop.example/"),
          "",
          Set.of(new EventTypePattern("product.*")),
          WebhookFilter.NONE,
          PayloadForm.FULL);

  private static final ProductDetails PEN = SampleProducts.plain("PEN");
  private static final Map<String, BiConsumer<UseCases, Caller>> CALLS = calls();

  private final ApplicationFixture fixture = new ApplicationFixture();
  private final List<Caller> callers = callers();

  /** Callers in the order of the columns of the permission matrix. */
  private List<Caller> callers() {
    List<Caller> all =
        Arrays.stream(Role.values())
            .map(role -> (Caller) SampleCallers.of(fixture.user(role + "@example.com", role)))
            .collect(Collectors.toCollection(ArrayList::new));
    Arrays.stream(Scope.values()).forEach(scope -> all.add(SampleCallers.program(scope)));
    all.add(new Caller.Anonymous());
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          #                                  customer
          #                                  | operator
          #                                  | | admin
          #                                  | | | orders:read
          #                                  | | | | orders:write
          #                                  | | | | | orders:import
          #                                  | | | | | | prices:set
          #                                  | | | | | | | rules:read
          #                                  | | | | | | | | rules:write
          #                                  | | | | | | | | | reports:read
          #                                  | | | | | | | | | | metrics:read
          #                                  | | | | | | | | | | | events:read
          #                                  | | | | | | | | | | | | webhooks:read
          #                                  | | | | | | | | | | | | | webhooks:write
          #                                  | | | | | | | | | | | | | | admin
          #                                  | | | | | | | | | | | | | | | anonymous
          quoteCart.quote,                   x - x - x - - - - - - - - - x -
          placeOrder.place,                  x - x - x - - - - - - - - - x -
          placeOrderIdempotently.place,      x - x - x - - - - - - - - - x -
          placeOrderBatch.placeEach,         x - x - x - - - - - - - - - x -
          placeOrderBatch.placeAtomically,   x - x - x - - - - - - - - - x -
          placeOrderBatch.stream,            x - x - x - - - - - - - - - x -
          changeOrderStatus.changeStatus,    x x x - x - - - - - - - - - x -
          changeOrderStatus.recording,       x x x - x - - - - - - - - - x -
          refundOrder.refund,                - x x - x - - - - - - - - - x -
          refundOrder.recording,             - x x - x - - - - - - - - - x -
          refundOrder.preview,               - x x - x - - - - - - - - - x -
          findOrderToChange.byId,            x x x - x - - - - - - - - - x -
          findOrderToChange.byNumber,        x x x - x - - - - - - - - - x -
          findOrders.byId,                   x x x x - - - - - - - - - - x -
          findOrders.byNumber,               x x x x - - - - - - - - - - x -
          findOrders.trace,                  x x x x - - - - - - - - - - x -
          findOrders.history,                x x x x - - - - - - - - - - x -
          findOrders.refunds,                x x x x - - - - - - - - - - x -
          findOrders.list,                   x x x x - - - - - - - - - - x -
          reportSales.report,                - x x - - - - - - x - - - - x -
          readMetrics.read,                  - - x - - - - - - - x - - - x -
          readEvents.follow,                 - x x - - - - - - - - x - - x -
          readEvents.isKnown,                - x x - - - - - - - - x - - x -
          readEvents.latest,                 - x x - - - - - - - - x - - x -
          readEvents.read,                   - x x - - - - - - - - x - - x -
          manageRules.create,                - - x - - - - - x - - - - - x -
          manageRules.replace,               - - x - - - - - x - - - - - x -
          manageRules.changeStatus,          - - x - - - - - x - - - - - x -
          manageRules.recording,             - - x - - - - - x - - - - - x -
          manageRules.find,                  - - x - - - - x x - - - - - x -
          manageRules.list,                  - - x - - - - x x - - - - - x -
          manageRules.versions,              - - x - - - - x x - - - - - x -
          manageRules.usage,                 - - x - - - - x x - - - - - x -
          manageRules.lint,                  - - x - - - - x x - - - - - x -
          manageCodes.issue,                 - - x - - - - - x - - - - - x -
          manageCodes.generate,              - - x - - - - - x - - - - - x -
          manageCodes.recording,             - - x - - - - - x - - - - - x -
          manageCodes.find,                  - - x - - - - x x - - - - - x -
          manageCodes.list,                  - - x - - - - x x - - - - - x -
          manageWebhooks.change,             - - x - - - - - - - - - - x x -
          manageWebhooks.create,             - - x - - - - - - - - - - x x -
          manageWebhooks.delete,             - - x - - - - - - - - - - x x -
          manageWebhooks.deliveries,         - - x - - - - - - - - - x x x -
          manageWebhooks.find,               - - x - - - - - - - - - x x x -
          manageWebhooks.list,               - - x - - - - - - - - - x x x -
          manageWebhooks.pause,              - - x - - - - - - - - - - x x -
          manageWebhooks.removeSecret,       - - x - - - - - - - - - - x x -
          manageWebhooks.replay,             - - x - - - - - - - - - - x x -
          manageWebhooks.resend,             - - x - - - - - - - - - - x x -
          manageWebhooks.resume,             - - x - - - - - - - - - - x x -
          manageWebhooks.rotateSecret,       - - x - - - - - - - - - - x x -
          manageWebhooks.test,               - - x - - - - - - - - - - x x -
          manageProducts.create,             - - x - - - - - - - - - - - x -
          manageProducts.recording,          - - x - - - - - - - - - - - x -
          manageProducts.put,                - - x - - - - - - - - - - - x -
          manageProducts.putAll,             - - x - - - - - - - - - - - x -
          manageProducts.delete,             - - x - - - - - - - - - - - x -
          findProducts.bySku,                x x x x x x x x x x x x x x x -
          findProducts.listBySku,            x x x x x x x x x x x x x x x -
          manageSessions.current,            x x x - - - - - - - - - - - - -
          manageSessions.currentId,          x x x - - - - - - - - - - - - -
          manageSessions.list,               x x x - - - - - - - - - - - - -
          manageSessions.end,                x x x - - - - - - - - - - - - -
          manageSessions.endOthers,          x x x - - - - - - - - - - - - -
          manageSessions.changePassword,     x x x - - - - - - - - - - - - -
          manageUsers.find,                  - - x - - - - - - - - - - - x -
          manageUsers.list,                  - - x - - - - - - - - - - - x -
          manageUsers.create,                - - x - - - - - - - - - - - x -
          manageUsers.update,                - - x - - - - - - - - - - - x -
          manageUsers.replacePassword,       - - x - - - - - - - - - - - x -
          manageUsers.endSessionsOfAllUsers, - - x - - - - - - - - - - - x -
          manageUsers.endSessions,           - - x - - - - - - - - - - - x -
          manageApiKeys.list,                - - x - - - - - - - - - - - x -
          manageApiKeys.issue,               - - x - - - - - - - - - - - x -
          manageApiKeys.revoke,              - - x - - - - - - - - - - - x -
          readAuditLog.list,                 - - x - - - - - - - - - - - x -
          """)
  void permission_matrix_is_enforced(String call, String allowed) {
    StringBuilder found = new StringBuilder();
    for (Caller caller : callers) {
      found.append(isAllowed(call, caller) ? "x " : "- ");
    }

    assertThat(found.toString().strip()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @EnumSource
  void expired_temporary_password_allows_only_own_sessions(Role role) {
    User user = fixture.user("expired@example.com", role);
    Caller expired =
        new Caller.SignedIn(user.id(), role, TestUsers.nextSession(), true, "192.0.2.7");

    assertThat(CALLS.keySet())
        .filteredOn(call -> isAllowed(call, expired))
        .isNotEmpty()
        .allMatch(call -> call.startsWith("manageSessions."))
        .hasSize((int) CALLS.keySet().stream().filter(it -> it.startsWith("manageS")).count());
  }

  @Test
  void permission_matrix_covers_every_secured_method() throws Exception {
    Set<String> methods = new TreeSet<>();
    for (RecordComponent component : UseCases.class.getRecordComponents()) {
      methods.addAll(securedMethods(component));
    }

    assertThat(CALLS.keySet()).containsExactlyElementsOf(methods);
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(methods);
  }

  /** The methods of a secured use case, or of all those of a group. */
  private static List<String> securedMethods(RecordComponent component) {
    if (component.getType().isRecord()) {
      return Arrays.stream(component.getType().getRecordComponents())
          .flatMap(member -> securedMethods(member).stream())
          .toList();
    }
    if (component.getType() == Secured.class
        && component.getGenericType() instanceof ParameterizedType type
        && type.getActualTypeArguments()[0] instanceof Class<?> port) {
      return Arrays.stream(port.getMethods())
          .filter(method -> Modifier.isAbstract(method.getModifiers()))
          .map(method -> component.getName() + "." + method.getName())
          .toList();
    }
    return List.of();
  }

  @Test
  void denied_access_of_known_callers_is_audited_once() {
    Caller operator = callers.get(1).withAddress("192.0.2.7");
    for (int i = 0; i < 3; i++) {
      isAllowed("manageProducts.create", operator);
      isAllowed("manageProducts.create", new Caller.Anonymous());
    }

    assertThat(fixture.stores.auditLog().events())
        .extracting(AuditEvent::kind, AuditEvent::actor, AuditEvent::address, AuditEvent::detail)
        .containsExactly(tuple(Kind.ACCESS_DENIED, operator.name(), "192.0.2.7", "WRITE_PRODUCTS"));
  }

  @Test
  void access_denied_names_the_missing_permission() {
    Caller operator = callers.get(1);

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> fixture.useCases.rules().manageRules().as(operator))
        .satisfies(denied -> {
          assertThat(denied.caller()).isEqualTo(operator);
          assertThat(denied.permission()).isEqualTo(Permission.READ_RULES);
        });
  }

  private static List<String> rows() throws NoSuchMethodException {
    return UseCasePermissionsTest.class
        .getDeclaredMethod("permission_matrix_is_enforced", String.class, String.class)
        .getAnnotation(CsvSource.class)
        .textBlock()
        .lines()
        .filter(row -> !row.startsWith("#"))
        .map(row -> row.substring(0, row.indexOf(',')))
        .toList();
  }

  private boolean isAllowed(String call, Caller caller) {
    try {
      Objects.requireNonNull(CALLS.get(call)).accept(fixture.useCases, caller);
      return true;
    } catch (AccessDeniedException denied) {
      return false;
    }
  }

  private static Map<String, BiConsumer<UseCases, Caller>> calls() {
    Map<String, BiConsumer<UseCases, Caller>> calls = new TreeMap<>();
    PlaceOrder.Command order = new PlaceOrder.Command(basket());
    List<PlaceOrder.Command> orders = List.of(order);
    RefundOrder.Command refund =
        new RefundOrder.Command(
            NO_ORDER,
            null,
            new RefundRequest(
                new LinkedHashMap<>(Map.of(new Sku("PEN"), 1_000L)),
                null,
                new ShippingShare.None(),
                null));
    ManageRules.Draft draft =
        new ManageRules.Draft(
            SampleRules.definition(SampleRules.percentOff("10")), SampleRules.percentOff("10"));

    calls.put(
        "quoteCart.quote",
        (all, by) ->
            all.quoteCart().as(by).quote(new QuoteCart.Command(basket(), null, null, null)));
    calls.put("placeOrder.place", (all, by) -> all.orders().placeOrder().as(by).place(order));
    calls.put(
        "placeOrderIdempotently.place",
        (all, by) -> all.orders().placeOrderIdempotently().as(by).place(order));
    calls.put(
        "changeOrderStatus.recording",
        (all, by) ->
            all.orders()
                .changeOrderStatus()
                .as(by)
                .recording(Recording.none())
                .changeStatus(
                    new ChangeOrderStatus.Command(NO_ORDER, 1, OrderTransition.CANCEL, null)));
    calls.put(
        "refundOrder.recording",
        (all, by) -> all.orders().refundOrder().as(by).recording(Recording.none()).refund(refund));
    calls.put(
        "manageRules.recording",
        (all, by) ->
            all.rules()
                .manageRules()
                .as(by)
                .recording(Recording.none())
                .create(draft, RuleStatus.DRAFT));
    calls.put(
        "manageCodes.recording",
        (all, by) ->
            all.rules()
                .manageCodes()
                .as(by)
                .recording(Recording.none())
                .issue(NO_RULE, new Code("A"), null));
    calls.put(
        "manageProducts.recording",
        (all, by) ->
            all.catalogue().manageProducts().as(by).recording(Recording.none()).create(PEN));
    calls.put(
        "placeOrderBatch.placeEach",
        (all, by) -> all.orders().placeOrderBatch().as(by).placeEach(orders));
    calls.put(
        "placeOrderBatch.placeAtomically",
        (all, by) -> all.orders().placeOrderBatch().as(by).placeAtomically(orders));
    calls.put(
        "placeOrderBatch.stream",
        (all, by) ->
            all.orders().placeOrderBatch().as(by).stream(
                Collections.emptyIterator(), line -> 1, line -> line, line -> line, result -> {}));
    calls.put(
        "changeOrderStatus.changeStatus",
        (all, by) ->
            all.orders()
                .changeOrderStatus()
                .as(by)
                .changeStatus(
                    new ChangeOrderStatus.Command(NO_ORDER, 1, OrderTransition.CANCEL, null)));
    calls.put("refundOrder.refund", (all, by) -> all.orders().refundOrder().as(by).refund(refund));
    calls.put(
        "refundOrder.preview", (all, by) -> all.orders().refundOrder().as(by).preview(refund));
    calls.put(
        "findOrderToChange.byId",
        (all, by) -> all.orders().findOrderToChange().as(by).byId(NO_ORDER));
    calls.put(
        "findOrderToChange.byNumber",
        (all, by) -> all.orders().findOrderToChange().as(by).byNumber(new OrderNumber(1)));
    calls.put("findOrders.byId", (all, by) -> all.orders().findOrders().as(by).byId(NO_ORDER));
    calls.put(
        "findOrders.byNumber",
        (all, by) -> all.orders().findOrders().as(by).byNumber(new OrderNumber(1)));
    calls.put("findOrders.trace", (all, by) -> all.orders().findOrders().as(by).trace(NO_ORDER));
    calls.put(
        "findOrders.history", (all, by) -> all.orders().findOrders().as(by).history(NO_ORDER));
    calls.put(
        "findOrders.refunds", (all, by) -> all.orders().findOrders().as(by).refunds(NO_ORDER));
    calls.put(
        "findOrders.list",
        (all, by) -> all.orders().findOrders().as(by).list(new FindOrders.Query(null, 1)));
    calls.put(
        "readMetrics.read",
        (all, by) -> all.service().readMetrics().as(by).read(MetricsFormat.PROMETHEUS_TEXT));
    calls.put(
        "readEvents.read",
        (all, by) ->
            all.events().readEvents().as(by).read(EventPosition.START, EventFilter.ALL, 1));
    calls.put("readEvents.latest", (all, by) -> all.events().readEvents().as(by).latest());
    calls.put(
        "readEvents.isKnown",
        (all, by) -> all.events().readEvents().as(by).isKnown(EventPosition.START));
    calls.put("readEvents.follow", (all, by) -> all.events().readEvents().as(by).follow().close());
    calls.put(
        "reportSales.report",
        (all, by) ->
            all.reportSales()
                .as(by)
                .report(
                    new ReportSales.Query(
                        ReportSales.Grouping.SKU,
                        null,
                        null,
                        ZoneOffset.UTC,
                        RefundsBy.ORDER_DATE)));
    calls.put(
        "manageRules.create",
        (all, by) -> all.rules().manageRules().as(by).create(draft, RuleStatus.DRAFT));
    calls.put(
        "manageRules.replace",
        (all, by) -> all.rules().manageRules().as(by).replace(NO_RULE, 1, draft));
    calls.put(
        "manageRules.changeStatus",
        (all, by) ->
            all.rules().manageRules().as(by).changeStatus(NO_RULE, null, RuleStatus.ACTIVE));
    calls.put("manageRules.find", (all, by) -> all.rules().manageRules().as(by).find(NO_RULE));
    calls.put(
        "manageRules.list", (all, by) -> all.rules().manageRules().as(by).list(null, null, 1));
    calls.put(
        "manageRules.versions", (all, by) -> all.rules().manageRules().as(by).versions(NO_RULE));
    calls.put("manageRules.usage", (all, by) -> all.rules().manageRules().as(by).usage(NO_RULE));
    calls.put("manageRules.lint", (all, by) -> all.rules().manageRules().as(by).lint(List.of()));
    calls.put(
        "manageCodes.issue",
        (all, by) -> all.rules().manageCodes().as(by).issue(NO_RULE, new Code("A"), null));
    calls.put(
        "manageCodes.generate",
        (all, by) -> all.rules().manageCodes().as(by).generate(NO_RULE, 1, "", null));
    calls.put(
        "manageCodes.find", (all, by) -> all.rules().manageCodes().as(by).find(new Code("A")));
    calls.put(
        "manageCodes.list", (all, by) -> all.rules().manageCodes().as(by).list(null, null, 1));
    calls.put(
        "manageWebhooks.change",
        (all, by) -> all.events().manageWebhooks().as(by).change(NO_WEBHOOK, 1, WEBHOOK, CLIENT));
    calls.put(
        "manageWebhooks.create",
        (all, by) -> all.events().manageWebhooks().as(by).create(WEBHOOK, CLIENT));
    calls.put(
        "manageWebhooks.delete",
        (all, by) -> all.events().manageWebhooks().as(by).delete(NO_WEBHOOK, CLIENT));
    calls.put(
        "manageWebhooks.deliveries",
        (all, by) -> all.events().manageWebhooks().as(by).deliveries(NO_WEBHOOK, null, null, 1));
    calls.put(
        "manageWebhooks.find", (all, by) -> all.events().manageWebhooks().as(by).find(NO_WEBHOOK));
    calls.put(
        "manageWebhooks.list", (all, by) -> all.events().manageWebhooks().as(by).list(null, 1));
    calls.put(
        "manageWebhooks.pause",
        (all, by) -> all.events().manageWebhooks().as(by).pause(NO_WEBHOOK, CLIENT));
    calls.put(
        "manageWebhooks.removeSecret",
        (all, by) -> all.events().manageWebhooks().as(by).removeSecret(NO_WEBHOOK, 1, CLIENT));
    calls.put(
        "manageWebhooks.replay",
        (all, by) ->
            all.events().manageWebhooks().as(by).replay(NO_WEBHOOK, EventPosition.START, CLIENT));
    calls.put(
        "manageWebhooks.resend",
        (all, by) ->
            all.events()
                .manageWebhooks()
                .as(by)
                .resend(NO_WEBHOOK, new DeliveryId(new UUID(1, 1)), CLIENT));
    calls.put(
        "manageWebhooks.resume",
        (all, by) -> all.events().manageWebhooks().as(by).resume(NO_WEBHOOK, CLIENT));
    calls.put(
        "manageWebhooks.rotateSecret",
        (all, by) -> all.events().manageWebhooks().as(by).rotateSecret(NO_WEBHOOK, null, CLIENT));
    calls.put(
        "manageWebhooks.test", (all, by) -> all.events().manageWebhooks().as(by).test(NO_WEBHOOK));
    calls.put(
        "manageProducts.create", (all, by) -> all.catalogue().manageProducts().as(by).create(PEN));
    calls.put(
        "manageProducts.put",
        (all, by) ->
            all.catalogue().manageProducts().as(by).put(new ManageProducts.PutCommand(PEN, null)));
    calls.put(
        "manageProducts.putAll",
        (all, by) -> all.catalogue().manageProducts().as(by).putAll(List.of(PEN)));
    calls.put(
        "manageProducts.delete",
        (all, by) ->
            all.catalogue()
                .manageProducts()
                .as(by)
                .delete(new ManageProducts.DeleteCommand(PEN.sku(), null)));
    calls.put(
        "findProducts.bySku", (all, by) -> all.catalogue().findProducts().as(by).bySku(PEN.sku()));
    calls.put(
        "findProducts.listBySku",
        (all, by) -> all.catalogue().findProducts().as(by).listBySku(null, 1));
    calls.put(
        "manageSessions.current", (all, by) -> all.identity().manageSessions().as(by).current());
    calls.put(
        "manageSessions.currentId",
        (all, by) -> all.identity().manageSessions().as(by).currentId());
    calls.put("manageSessions.list", (all, by) -> all.identity().manageSessions().as(by).list());
    calls.put(
        "manageSessions.end",
        (all, by) -> all.identity().manageSessions().as(by).end(TestUsers.nextSession(), CLIENT));
    calls.put(
        "manageSessions.endOthers",
        (all, by) -> all.identity().manageSessions().as(by).endOthers(CLIENT));
    calls.put(
        "manageSessions.changePassword",
        (all, by) ->
            all.identity()
                .manageSessions()
                .as(by)
                .changePassword("wrong", password("a better password"), CLIENT));
    calls.put(
        "manageUsers.find",
        (all, by) -> all.identity().manageUsers().as(by).find(TestUsers.nextUser()));
    calls.put(
        "manageUsers.list", (all, by) -> all.identity().manageUsers().as(by).list(null, null, 1));
    calls.put(
        "manageUsers.create",
        (all, by) ->
            all.identity()
                .manageUsers()
                .as(by)
                .create(
                    new EmailAddress("new@example.com"),
                    password("a better password"),
                    null,
                    Role.CUSTOMER,
                    CLIENT));
    calls.put(
        "manageUsers.update",
        (all, by) ->
            all.identity().manageUsers().as(by).update(TestUsers.nextUser(), null, true, CLIENT));
    calls.put(
        "manageUsers.replacePassword",
        (all, by) -> all.identity().manageUsers().as(by).replacePassword(TestUsers.nextUser()));
    calls.put(
        "manageUsers.endSessionsOfAllUsers",
        (all, by) -> all.identity().manageUsers().as(by).endSessionsOfAllUsers());
    calls.put(
        "manageUsers.endSessions",
        (all, by) -> all.identity().manageUsers().as(by).endSessions(TestUsers.nextUser(), CLIENT));
    calls.put(
        "manageApiKeys.list", (all, by) -> all.identity().manageApiKeys().as(by).list(null, 1));
    calls.put(
        "manageApiKeys.issue",
        (all, by) ->
            all.identity().manageApiKeys().as(by).issue("shop", Set.of(Scope.ADMIN), null, CLIENT));
    calls.put(
        "manageApiKeys.revoke",
        (all, by) -> all.identity().manageApiKeys().as(by).revoke(TestUsers.nextKey(), CLIENT));
    calls.put("readAuditLog.list", (all, by) -> all.identity().readAuditLog().as(by).list(null, 1));
    return calls;
  }

  private static CartDraft basket() {
    return new CartDraft(
        Currency.getInstance("USD"),
        List.of(new CartDraft.Item.FromCatalogue(new Sku("PEN"), Quantity.of(1))),
        new LinkedHashSet<>(),
        Customer.ANONYMOUS,
        null,
        null,
        false,
        Metadata.of(Map.of()));
  }
}
