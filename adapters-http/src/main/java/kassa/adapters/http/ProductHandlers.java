package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.Predicate;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.ProductPageResponse;
import kassa.adapters.http.message.ProductRequest;
import kassa.adapters.http.message.ProductResponse;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.FindProducts;
import kassa.application.port.in.KeepProducts;
import kassa.domain.InvalidValueException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import org.jspecify.annotations.Nullable;

/** Changes the catalogue a product at a time, and answers what is in it. */
final class ProductHandlers {

  /** The most bytes of a product's body: 64 KiB. */
  static final int LARGEST_BODY = 1 << 16;

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<KeepProducts> keepProducts;
  private final ByCaller<FindProducts> findProducts;
  private final AcceptedCurrencies currencies;
  private final Cursors cursors;
  private final JsonCodec json;
  private final Answers answers;

  ProductHandlers(
      ByCaller<KeepProducts> keepProducts,
      ByCaller<FindProducts> findProducts,
      AcceptedCurrencies currencies,
      Cursors cursors,
      JsonCodec json,
      Answers answers) {
    this.keepProducts = keepProducts;
    this.findProducts = findProducts;
    this.currencies = currencies;
    this.cursors = cursors;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/products", this::list, "limit", "cursor"),
        Route.post("/v1/products", this::create),
        Route.get("/v1/products/{sku}", this::find),
        Route.put("/v1/products/{sku}", this::put),
        Route.delete("/v1/products/{sku}", this::delete));
  }

  private void list(Context context) {
    int limit =
        QueryParameters.number(context, "limit", 1, FindProducts.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    FindProducts.Page page =
        findProducts
            .by(Callers.of(context))
            .risingBySku(
                new FindProducts.Query(cursor == null ? null : cursors.readSku(cursor), limit));
    answers.ok(
        context,
        new ProductPageResponse(
            page.products().stream().map(ProductResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next())));
  }

  private void create(Context context) {
    KeepProducts keeping = keepProducts.by(Callers.of(context));
    ProductDetails details = details(context, null);
    KeyedCall<Product> call =
        Idempotency.call(
            context,
            made ->
                answers.kept(201, location(made), EntityTags.of(made), ProductResponse.of(made)));
    switch (keeping.create(details, call)) {
      case KeepProducts.Created(Product product) -> answerCreated(context, product);
      case KeepProducts.SkuTaken() ->
          throw new ProblemException(
              ProblemKind.PRODUCT_EXISTS, "PUT replaces it; nothing was changed.");
      case KeepProducts.KeyTaken() -> throw Idempotency.keyTaken();
    }
  }

  private void find(Context context) {
    Product product =
        findProducts
            .by(Callers.of(context))
            .bySku(sku(context))
            .orElseThrow(ProductHandlers::absent);
    String tag = EntityTags.of(product);
    context.header("ETag", tag);
    if (EntityTags.matches(Headers.list(context, "If-None-Match"), tag)) {
      Answers.notModified(context);
    } else {
      answers.ok(context, ProductResponse.of(product));
    }
  }

  private void put(Context context) {
    KeepProducts keeping = keepProducts.by(Callers.of(context));
    refuseIfNoneMatch(context);
    ProductDetails details = details(context, sku(context));
    switch (keeping.put(new KeepProducts.PutCommand(details, condition(context)))) {
      case KeepProducts.Created(Product product) -> answerCreated(context, product);
      case KeepProducts.Replaced(Product product) -> {
        context.header("ETag", EntityTags.of(product));
        answers.ok(context, ProductResponse.of(product));
      }
      case KeepProducts.ConditionFailed() -> throw conditionFailed();
    }
  }

  private void delete(Context context) {
    switch (keepProducts
        .by(Callers.of(context))
        .delete(new KeepProducts.DeleteCommand(sku(context), condition(context)))) {
      case KeepProducts.Deleted() -> Answers.noContent(context);
      case KeepProducts.Absent() -> throw absent();
      case KeepProducts.ConditionFailed() -> throw conditionFailed();
    }
  }

  private ProductDetails details(Context context, @Nullable Sku skuOfPath) {
    Faults faults = new Faults();
    ProductDetails details =
        ProductRequest.read(
            json.read(RequestBody.json(context, LARGEST_BODY)), skuOfPath, currencies, faults);
    if (details == null) {
      throw new ProblemException(Problem.of(faults));
    }
    return details;
  }

  private void answerCreated(Context context, Product product) {
    context.header("Location", location(product));
    context.header("ETag", EntityTags.of(product));
    answers.send(context, 201, ProductResponse.of(product));
  }

  private static String location(Product product) {
    return "/v1/products/" + URLEncoder.encode(product.sku().value(), UTF_8).replace("+", "%20");
  }

  private static Sku sku(Context context) {
    try {
      return new Sku(context.pathParam("sku"));
    } catch (InvalidValueException impossible) {
      throw new ProblemException(
          ProblemKind.NOT_FOUND, "There can be no such product: " + impossible.getMessage() + ".");
    }
  }

  /** What {@code If-Match} demands; {@code null} if it is not sent. */
  private static @Nullable Predicate<Product> condition(Context context) {
    if (context.header("If-Match") == null) {
      return null;
    }
    String tags = Headers.list(context, "If-Match");
    return product -> tags != null && EntityTags.matchesStrongly(tags, EntityTags.of(product));
  }

  /** A condition that would not be kept is worse than none. */
  private static void refuseIfNoneMatch(Context context) {
    if (context.header("If-None-Match") != null) {
      throw new ProblemException(
          Fault.Place.HEADER,
          "If-None-Match",
          "not_supported",
          "POST to /v1/products creates a product only if there is none");
    }
  }

  private static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no such product.");
  }

  private static ProblemException conditionFailed() {
    return new ProblemException(
        ProblemKind.PRECONDITION_FAILED,
        "The product is not one that If-Match names; nothing was changed.");
  }
}
