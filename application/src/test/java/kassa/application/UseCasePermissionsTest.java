package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.application.ApplicationFixture.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Method;
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
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.Secured;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.RefundOrder;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.rule.ManageRules;
import kassa.contract.fixture.SampleCallers;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.TestUsers;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
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
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which callers may call what. */
class UseCasePermissionsTest {

  private static final OrderId NO_ORDER = SampleOrders.nextId();
  private static final RuleId NO_RULE = SampleRules.nextId();
  private static final ProductDetails PEN = SampleProducts.plain("PEN");
  private static final Map<String, BiConsumer<UseCases, Caller>> CALLS = calls();

  private final ApplicationFixture fixture = new ApplicationFixture();
  private final List<Caller> callers = callers();

  /** In the order of the columns below. */
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
          #                              customer
          #                              | operator
          #                              | | admin
          #                              | | | orders:read
          #                              | | | | orders:write
          #                              | | | | | prices:set
          #                              | | | | | | rules:read
          #                              | | | | | | | rules:write
          #                              | | | | | | | | reports:read
          #                              | | | | | | | | | admin
          #                              | | | | | | | | | | nobody
          quoteCart.quote,               x - x - x - - - - x -
          placeOrder.place,              x - x - x - - - - x -
          processOrders.process,         x - x - x - - - - x -
          processOrders.processTogether, x - x - x - - - - x -
          processOrders.stream,          x - x - x - - - - x -
          moveOrder.move,                x x x - x - - - - x -
          refundOrder.refund,            - x x - x - - - - x -
          refundOrder.tryOut,            - x x - x - - - - x -
          findOrderToChange.byId,        x x x - x - - - - x -
          findOrderToChange.byNumber,    x x x - x - - - - x -
          findOrders.byId,               x x x x - - - - - x -
          findOrders.byNumber,           x x x x - - - - - x -
          findOrders.trace,              x x x x - - - - - x -
          findOrders.history,            x x x x - - - - - x -
          findOrders.refunds,            x x x x - - - - - x -
          findOrders.list,               x x x x - - - - - x -
          reportSales.report,            - x x - - - - - x x -
          writeRules.create,             - - x - - - - x - x -
          writeRules.replace,            - - x - - - - x - x -
          writeRules.move,               - - x - - - - x - x -
          writeRules.find,               - - x - - - x x - x -
          writeRules.list,               - - x - - - x x - x -
          writeRules.versions,           - - x - - - x x - x -
          writeRules.usage,              - - x - - - x x - x -
          writeRules.check,              - - x - - - x x - x -
          issueCodes.issue,              - - x - - - - x - x -
          issueCodes.generate,           - - x - - - - x - x -
          issueCodes.find,               - - x - - - x x - x -
          issueCodes.list,               - - x - - - x x - x -
          keepProducts.create,           - - x - - - - - - x -
          keepProducts.put,              - - x - - - - - - x -
          keepProducts.putAll,           - - x - - - - - - x -
          keepProducts.delete,           - - x - - - - - - x -
          findProducts.bySku,            x x x x x x x x x x -
          findProducts.risingBySku,      x x x x x x x x x x -
          manageSessions.self,           x x x - - - - - - - -
          manageSessions.list,           x x x - - - - - - - -
          manageSessions.end,            x x x - - - - - - - -
          manageSessions.endOthers,      x x x - - - - - - - -
          manageSessions.changePassword, x x x - - - - - - - -
          manageUsers.find,              - - x - - - - - - x -
          manageUsers.list,              - - x - - - - - - x -
          manageUsers.create,            - - x - - - - - - x -
          manageUsers.change,            - - x - - - - - - x -
          manageUsers.replacePassword,   - - x - - - - - - x -
          manageUsers.endEverybodysSessions, - - x - - - - - - x -
          manageUsers.endSessions,       - - x - - - - - - x -
          manageKeys.list,               - - x - - - - - - x -
          manageKeys.issue,              - - x - - - - - - x -
          manageKeys.revoke,             - - x - - - - - - x -
          readAudit.list,                - - x - - - - - - x -
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
    User user = fixture.user("due@example.com", role);
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
      if (component.getType() == Secured.class
          && component.getGenericType() instanceof ParameterizedType type
          && type.getActualTypeArguments()[0] instanceof Class<?> port) {
        Arrays.stream(port.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(Method::getName)
            .forEach(name -> methods.add(component.getName() + "." + name));
      }
    }

    assertThat(CALLS.keySet()).containsExactlyElementsOf(methods);
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(methods);
  }

  @Test
  void denied_access_of_known_callers_is_audited_once() {
    Caller operator = callers.get(1).withAddress("192.0.2.7");
    for (int i = 0; i < 3; i++) {
      isAllowed("keepProducts.create", operator);
      isAllowed("keepProducts.create", new Caller.Anonymous());
    }

    assertThat(fixture.stores.auditLog().events())
        .extracting(AuditEvent::kind, AuditEvent::actor, AuditEvent::address, AuditEvent::detail)
        .containsExactly(tuple(Kind.ACCESS_DENIED, operator.name(), "192.0.2.7", "WRITE_PRODUCTS"));
  }

  @Test
  void access_denied_names_the_missing_permission() {
    Caller operator = callers.get(1);

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> fixture.useCases.manageRules().as(operator))
        .satisfies(denied -> {
          assertThat(denied.caller()).isEqualTo(operator);
          assertThat(denied.permission()).isEqualTo(Permission.SEE_RULES);
        });
  }

  private static List<String> rows() throws NoSuchMethodException {
    return UseCasePermissionsTest.class
        .getDeclaredMethod("lets_through_who_may", String.class, String.class)
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
    List<PlaceOrderBatch.Submission> orders = List.of(new PlaceOrderBatch.Submission(order, null));
    RefundOrder.Command refund =
        new RefundOrder.Command(
            NO_ORDER,
            null,
            new RefundRequest(
                new LinkedHashMap<>(Map.of(new Sku("PEN"), 1L)),
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
    calls.put("placeOrder.place", (all, by) -> all.placeOrder().as(by).place(order));
    calls.put("processOrders.process", (all, by) -> all.placeOrderBatch().as(by).placeEach(orders));
    calls.put(
        "processOrders.processTogether",
        (all, by) -> all.placeOrderBatch().as(by).placeAtomically(orders));
    calls.put(
        "processOrders.stream",
        (all, by) ->
            all.placeOrderBatch().as(by).stream(
                Collections.emptyIterator(), line -> line, line -> line, result -> {}));
    calls.put(
        "moveOrder.move",
        (all, by) ->
            all.changeOrderStatus()
                .as(by)
                .changeStatus(
                    new ChangeOrderStatus.Command(NO_ORDER, 1, OrderTransition.CANCEL, null)));
    calls.put("refundOrder.refund", (all, by) -> all.refundOrder().as(by).refund(refund));
    calls.put("refundOrder.tryOut", (all, by) -> all.refundOrder().as(by).preview(refund));
    calls.put("findOrderToChange.byId", (all, by) -> all.findOrderToChange().as(by).byId(NO_ORDER));
    calls.put(
        "findOrderToChange.byNumber",
        (all, by) -> all.findOrderToChange().as(by).byNumber(new OrderNumber(1)));
    calls.put("findOrders.byId", (all, by) -> all.findOrders().as(by).byId(NO_ORDER));
    calls.put(
        "findOrders.byNumber", (all, by) -> all.findOrders().as(by).byNumber(new OrderNumber(1)));
    calls.put("findOrders.trace", (all, by) -> all.findOrders().as(by).trace(NO_ORDER));
    calls.put("findOrders.history", (all, by) -> all.findOrders().as(by).history(NO_ORDER));
    calls.put("findOrders.refunds", (all, by) -> all.findOrders().as(by).refunds(NO_ORDER));
    calls.put(
        "findOrders.list",
        (all, by) -> all.findOrders().as(by).list(new FindOrders.Query(null, 1)));
    calls.put(
        "reportSales.report",
        (all, by) ->
            all.reportSales()
                .as(by)
                .report(
                    new ReportSales.Query(ReportSales.Grouping.SKU, null, null, ZoneOffset.UTC)));
    calls.put(
        "writeRules.create", (all, by) -> all.manageRules().as(by).create(draft, RuleStatus.DRAFT));
    calls.put(
        "writeRules.replace", (all, by) -> all.manageRules().as(by).replace(NO_RULE, 1, draft));
    calls.put(
        "writeRules.move",
        (all, by) -> all.manageRules().as(by).changeStatus(NO_RULE, null, RuleStatus.ACTIVE));
    calls.put("writeRules.find", (all, by) -> all.manageRules().as(by).find(NO_RULE));
    calls.put("writeRules.list", (all, by) -> all.manageRules().as(by).list(null, null, 1));
    calls.put("writeRules.versions", (all, by) -> all.manageRules().as(by).versions(NO_RULE));
    calls.put("writeRules.usage", (all, by) -> all.manageRules().as(by).usage(NO_RULE));
    calls.put("writeRules.check", (all, by) -> all.manageRules().as(by).lint(List.of()));
    calls.put(
        "issueCodes.issue",
        (all, by) -> all.manageCodes().as(by).issue(NO_RULE, new Code("A"), null));
    calls.put(
        "issueCodes.generate",
        (all, by) -> all.manageCodes().as(by).generate(NO_RULE, 1, "", null));
    calls.put("issueCodes.find", (all, by) -> all.manageCodes().as(by).find(new Code("A")));
    calls.put("issueCodes.list", (all, by) -> all.manageCodes().as(by).list(null, null, 1));
    calls.put("keepProducts.create", (all, by) -> all.manageProducts().as(by).create(PEN));
    calls.put(
        "keepProducts.put",
        (all, by) -> all.manageProducts().as(by).put(new ManageProducts.PutCommand(PEN, null)));
    calls.put("keepProducts.putAll", (all, by) -> all.manageProducts().as(by).putAll(List.of(PEN)));
    calls.put(
        "keepProducts.delete",
        (all, by) ->
            all.manageProducts().as(by).delete(new ManageProducts.DeleteCommand(PEN.sku(), null)));
    calls.put("findProducts.bySku", (all, by) -> all.findProducts().as(by).bySku(PEN.sku()));
    calls.put(
        "findProducts.risingBySku",
        (all, by) -> all.findProducts().as(by).listBySku(new FindProducts.Query(null, 1)));
    calls.put("manageSessions.self", (all, by) -> all.manageSessions().as(by).current());
    calls.put("manageSessions.list", (all, by) -> all.manageSessions().as(by).list());
    calls.put(
        "manageSessions.end",
        (all, by) -> all.manageSessions().as(by).end(TestUsers.nextSession(), CLIENT));
    calls.put(
        "manageSessions.endOthers", (all, by) -> all.manageSessions().as(by).endOthers(CLIENT));
    calls.put(
        "manageSessions.changePassword",
        (all, by) ->
            all.manageSessions()
                .as(by)
                .changePassword("wrong", password("a better password"), CLIENT));
    calls.put("manageUsers.find", (all, by) -> all.manageUsers().as(by).find(TestUsers.nextUser()));
    calls.put("manageUsers.list", (all, by) -> all.manageUsers().as(by).list(null, 1));
    calls.put(
        "manageUsers.create",
        (all, by) ->
            all.manageUsers()
                .as(by)
                .create(
                    new EmailAddress("new@example.com"),
                    password("a better password"),
                    null,
                    Role.CUSTOMER,
                    CLIENT));
    calls.put(
        "manageUsers.change",
        (all, by) -> all.manageUsers().as(by).update(TestUsers.nextUser(), null, true, CLIENT));
    calls.put(
        "manageUsers.replacePassword",
        (all, by) -> all.manageUsers().as(by).replacePassword(TestUsers.nextUser()));
    calls.put(
        "manageUsers.endEverybodysSessions",
        (all, by) -> all.manageUsers().as(by).endSessionsOfAllUsers());
    calls.put(
        "manageUsers.endSessions",
        (all, by) -> all.manageUsers().as(by).endSessions(TestUsers.nextUser(), CLIENT));
    calls.put("manageKeys.list", (all, by) -> all.manageApiKeys().as(by).list(null, 1));
    calls.put(
        "manageKeys.issue",
        (all, by) -> all.manageApiKeys().as(by).issue("shop", Set.of(Scope.ADMIN), null, CLIENT));
    calls.put(
        "manageKeys.revoke",
        (all, by) -> all.manageApiKeys().as(by).revoke(TestUsers.nextKey(), CLIENT));
    calls.put("readAudit.list", (all, by) -> all.readAuditLog().as(by).list(null, 1));
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
