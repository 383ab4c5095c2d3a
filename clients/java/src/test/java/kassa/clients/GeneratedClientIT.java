package kassa.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kassa.generated.ApiClient;
import kassa.generated.ApiException;
import kassa.generated.ApiResponse;
import kassa.generated.api.AccountsApi;
import kassa.generated.api.OrdersApi;
import kassa.generated.api.ProductsApi;
import kassa.generated.api.QuotesApi;
import kassa.generated.api.RulesApi;
import kassa.generated.model.AppliedTraceEntry;
import kassa.generated.model.BatchOrder;
import kassa.generated.model.BatchResult;
import kassa.generated.model.CreateProductRequest;
import kassa.generated.model.CreateRuleRequest;
import kassa.generated.model.InitialRuleStatus;
import kassa.generated.model.Order;
import kassa.generated.model.OrderPage;
import kassa.generated.model.OrderStatus;
import kassa.generated.model.PercentOffOrderEffect;
import kassa.generated.model.PlaceOrderBatchRequest;
import kassa.generated.model.PlaceOrderLine;
import kassa.generated.model.PlaceOrderRequest;
import kassa.generated.model.Problem;
import kassa.generated.model.ProblemCode;
import kassa.generated.model.Product;
import kassa.generated.model.QuantityTier;
import kassa.generated.model.Quote;
import kassa.generated.model.QuoteRequest;
import kassa.generated.model.QuoteRequestLine;
import kassa.generated.model.Refund;
import kassa.generated.model.RefundRequest;
import kassa.generated.model.ReplaceRuleRequest;
import kassa.generated.model.Rule;
import kassa.generated.model.RuleBudget;
import kassa.generated.model.RuleCondition;
import kassa.generated.model.RuleEffect;
import kassa.generated.model.RuleLimits;
import kassa.generated.model.RuleTarget;
import kassa.generated.model.SignInRequest;
import kassa.generated.model.SignInResponse;
import kassa.generated.model.SkuQuantityCondition;
import kassa.generated.model.TieredQuantityEffect;
import kassa.generated.model.UsageBudget;
import kassa.generated.model.ViolationCode;
import kassa.generated.model.Weekday;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that openapi-generator writes from the contract, against the real server. */
class GeneratedClientIT {

  private static final String PASSWORD = "a till that opens only for tests";
  private static final String LISTENING = "Kassa listens on ";

  private static Process server;
  private static ApiClient client;

  @BeforeAll
  static void startAndSignIn(@TempDir Path folder) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("kassa.home"), "kassa").toString(),
            "--port",
            "0",
            "--data-dir",
            folder.resolve("data").toString());
    command.environment().put("KASSA_ADMIN_PASSWORD", PASSWORD);
    server = command.redirectError(folder.resolve("errors.log").toFile()).start();
    client = new ApiClient();
    client.updateBaseUri(address(folder));
    SignInResponse session =
        new AccountsApi(client)
            .signIn(new SignInRequest().email("admin@localhost").password(PASSWORD));
    client.setRequestInterceptor(
        request -> request.setHeader("Authorization", "Bearer " + session.getToken()));
    new ProductsApi(client)
        .createProduct(
            new CreateProductRequest()
                .sku("MUG")
                .name("Mug")
                .unitPrice("10.00")
                .currency("USD")
                .tags(List.of("kitchen")),
            null);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(30, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }

  private static String address(Path folder) throws IOException {
    // Not closed: the server may print as long as it runs.
    BufferedReader out = server.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length()).split(" ", 2)[0];
      }
    }
    throw new IllegalStateException(Files.readString(folder.resolve("errors.log")));
  }

  @Test
  void reads_a_product_with_its_dates_and_empty_fields() throws ApiException {
    Product product = new ProductsApi(client).findProduct("MUG", null);

    assertThat(product.getTags()).containsExactly("kitchen");
    assertThat(product.getListPrice()).isNull();
    assertThat(product.getCreatedAt()).isNotNull();
  }

  @Test
  void quotes_with_a_typed_trace() throws ApiException {
    QuoteRequest cart =
        new QuoteRequest()
            .currency("USD")
            .addLinesItem(new QuoteRequestLine().sku("MUG").quantity(20.0))
            .codes(List.of("NONE"));

    Quote quote = new QuotesApi(client).quoteCart(cart, true, true, null);

    assertThat(quote.getTotal()).isEqualTo("180.00");
    assertThat(quote.getRejected().getFirst().getCode()).isEqualTo("NONE");
    assertThat(quote.getTrace().getFirst().getActualInstance())
        .isInstanceOfSatisfying(
            AppliedTraceEntry.class, it -> assertThat(it.getAmount()).isEqualTo("20.00"));
  }

  @Test
  void places_pays_and_refunds_an_order() throws ApiException {
    OrdersApi orders = new OrdersApi(client);
    ApiResponse<Order> placed = orders.placeOrderWithHttpInfo(mugs(10), "java-1");
    Order again = orders.placeOrder(mugs(10), "java-1");
    String id = placed.getData().getId();
    String tag = placed.getHeaders().get("etag").getFirst();

    Order paid = orders.payOrder(id, tag, "java-2", null);
    Refund preview = orders.refundOrder(id, new RefundRequest().amount("1.00"), true, null, null);

    assertThat(again.getId()).isEqualTo(id);
    assertThat(paid.getStatus()).isEqualTo(OrderStatus.PAID);
    assertThat(preview.getTotal()).isEqualTo("1.00");
    assertThat(preview.getVersion()).isNull();
    Problem stale = problem(() -> orders.payOrder(id, tag, null, null));
    assertThat(stale.getCode()).isEqualTo(ProblemCode.PRECONDITION_FAILED);
    Problem reused = problem(() -> orders.placeOrder(mugs(11), "java-1"));
    assertThat(reused.getCode()).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void lists_all_pages_by_cursor() throws ApiException {
    OrdersApi orders = new OrdersApi(client);
    PlaceOrderBatchRequest batch = new PlaceOrderBatchRequest();
    for (int i = 1; i <= 3; i++) {
      batch.addOrdersItem(
          new BatchOrder()
              .key("page-" + i)
              .currency("USD")
              .customerId("pages")
              .addLinesItem(new PlaceOrderLine().sku("MUG").quantity((double) i)));
    }
    batch.addOrdersItem(
        new BatchOrder()
            .currency("USD")
            .addLinesItem(new PlaceOrderLine().sku("NONE").quantity(1.0)));
    BatchResult result = orders.placeOrderBatch(batch);
    assertThat(result.getSummary().getPlaced()).isEqualTo(3);
    assertThat(result.getResults().get(3).getProblem().getErrors().getFirst().getCode())
        .isEqualTo(ViolationCode.VIOLATION_UNKNOWN_PRODUCT);

    List<String> totals = new ArrayList<>();
    String cursor = null;
    do {
      OrderPage page =
          orders.listOrders(
              "pages", null, null, null, null, null, null, null, null, null, null, "total", 2,
              cursor);
      page.getData().forEach(order -> totals.add(order.getTotal()));
      cursor = page.getNextCursor();
    } while (cursor != null);

    assertThat(totals).containsExactly("10.00", "20.00", "30.00");
  }

  @Test
  void creates_reads_and_replaces_a_rule_with_several_effects_and_conditions() throws Exception {
    RulesApi rules = new RulesApi(client);
    Set<String> skus = new LinkedHashSet<>(List.of("MUG", "CUP"));
    CreateRuleRequest request =
        new CreateRuleRequest()
            .label("Java")
            .status(InitialRuleStatus.INITIAL_DRAFT)
            .limits(
                new RuleLimits()
                    .budget(
                        new RuleBudget(
                            new UsageBudget().type(UsageBudget.TypeEnum.USAGE).limit(5L))))
            .when(
                new RuleCondition()
                    .addAnyItem(
                        new RuleCondition()
                            .skuQuantity(new SkuQuantityCondition().skus(skus).min(2.5)))
                    .addAnyItem(new RuleCondition().addWeekdaysItem(Weekday.FRIDAY)))
            .addEffectsItem(
                new RuleEffect(
                    new PercentOffOrderEffect()
                        .type(PercentOffOrderEffect.TypeEnum.PERCENT_OFF_ORDER)
                        .percent("5")
                        .target(new RuleTarget().skus(skus))))
            .addEffectsItem(
                new RuleEffect(
                    new TieredQuantityEffect()
                        .type(TieredQuantityEffect.TypeEnum.TIERED_QUANTITY)
                        .addTiersItem(new QuantityTier().from(2.5).percent("7"))));

    Rule created = rules.createRule(request, null);
    ApiResponse<Rule> read = rules.findRuleWithHttpInfo(created.getId(), null);
    ObjectMapper mapper = ApiClient.createDefaultObjectMapper();
    ReplaceRuleRequest sentBack =
        mapper.readValue(mapper.writeValueAsString(read.getData()), ReplaceRuleRequest.class);
    Rule replaced =
        rules.replaceRule(created.getId(), read.getHeaders().get("etag").getFirst(), sentBack);

    assertThat(replaced.getEffects()).isEqualTo(created.getEffects()).hasSize(2);
    assertThat(replaced.getWhen()).isEqualTo(created.getWhen());
    assertThat(replaced.getEffects().get(1).getActualInstance())
        .isInstanceOfSatisfying(
            TieredQuantityEffect.class,
            it -> assertThat(it.getTiers().getFirst().getFrom()).isEqualTo(2.5));
    assertThat(replaced.getLimits().getBudget().getActualInstance())
        .isInstanceOfSatisfying(UsageBudget.class, it -> assertThat(it.getLimit()).isEqualTo(5));
    assertThat(rules.listRules(null, 200, null).getData()).contains(replaced);
  }

  @Test
  void reads_violations_of_an_invalid_request() throws ApiException {
    Problem problem =
        problem(() ->
            new OrdersApi(client)
                .placeOrder(
                    new PlaceOrderRequest()
                        .currency("USD")
                        .addLinesItem(new PlaceOrderLine().sku("MUG").quantity(0.0)),
                    null));

    assertThat(problem.getStatus()).isEqualTo(422);
    assertThat(problem.getErrors().getFirst().getPointer()).isEqualTo("/lines/0/quantity");
    assertThat(problem.getErrors().getFirst().getParameter()).isNull();
  }

  @Test
  void deletes_and_signs_out() throws ApiException {
    ProductsApi products = new ProductsApi(client);
    products.createProduct(
        new CreateProductRequest().sku("OLD").name("Old").unitPrice("1.00").currency("USD"), null);
    products.deleteProduct("OLD", null);
    assertThat(problem(() -> products.findProduct("OLD", null)).getStatus()).isEqualTo(404);

    ApiClient second = new ApiClient();
    second.updateBaseUri(client.getBaseUri());
    String token =
        new AccountsApi(second)
            .signIn(new SignInRequest().email("admin@localhost").password(PASSWORD))
            .getToken();
    second.setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + token));
    new AccountsApi(second).signOut();
    assertThat(problem(() -> new AccountsApi(second).listSessions()).getCode())
        .isEqualTo(ProblemCode.UNAUTHENTICATED);
  }

  private static PlaceOrderRequest mugs(int quantity) {
    return new PlaceOrderRequest()
        .currency("USD")
        .addLinesItem(new PlaceOrderLine().sku("MUG").quantity((double) quantity));
  }

  /** A call of the client. */
  private interface Call {
    Object run() throws ApiException;
  }

  private static Problem problem(Call call) {
    ApiException failure = catchThrowableOfType(ApiException.class, call::run);
    try {
      return ApiClient.createDefaultObjectMapper()
          .readValue(failure.getResponseBody(), Problem.class);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
