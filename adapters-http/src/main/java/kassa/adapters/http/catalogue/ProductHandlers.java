package kassa.adapters.http.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.StoredResponse;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.domain.InvalidValueException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Product endpoints: list, find, create, replace and delete one product. */
public final class ProductHandlers {

  /** Maximum size of a product body in bytes: 64 KiB. */
  static final int MAX_BODY_BYTES = 1 << 16;

  private final Secured<ManageProducts> manageProducts;
  private final Secured<FindProducts> findProducts;
  private final AcceptedCurrencies currencies;
  private final PageReader<Product, Sku, ProductResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public ProductHandlers(
      Secured<ManageProducts> manageProducts,
      Secured<FindProducts> findProducts,
      AcceptedCurrencies currencies,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    this.manageProducts = manageProducts;
    this.findProducts = findProducts;
    this.currencies = currencies;
    this.pages = new PageReader<>(cursors, CursorType.PRODUCTS, Product::sku, ProductResponse::of);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/products", this::list, "limit", "cursor"),
        Route.post("/v1/products", this::create),
        Route.get("/v1/products/{sku}", this::find),
        Route.put("/v1/products/{sku}", this::put),
        Route.delete("/v1/products/{sku}", this::delete));
  }

  private void list(Context context) {
    FindProducts products = findProducts.as(CurrentCaller.of(context));
    responses.ok(context, pages.read(QueryParameters.of(context), products::listBySku));
  }

  private void create(Context context) {
    ManageProducts useCase = manageProducts.as(CurrentCaller.of(context));
    ProductDetails details = readDetails(context);
    switch (useCase
        .recording(IdempotencyFilter.recording(context, this::toCreatedResponse))
        .create(details)) {
      case ManageProducts.Created(Product product) -> toCreatedResponse(product).send(context);
      case ManageProducts.SkuTaken() ->
          throw new ProblemException(
              ProblemKind.PRODUCT_EXISTS, "Nothing was changed. Use PUT to replace the product.");
    }
  }

  private void find(Context context) {
    FindProducts products = findProducts.as(CurrentCaller.of(context));
    Product product =
        skusFromPath(context).stream()
            .flatMap(sku -> products.bySku(sku).stream())
            .findFirst()
            .orElseThrow(ProductHandlers::notFound);
    String tag = EntityTags.of(product);
    context.header("ETag", tag);
    if (EntityTags.matches(RequestHeaders.list(context, "If-None-Match"), tag)) {
      Responses.notModified(context);
    } else {
      responses.ok(context, ProductResponse.of(product));
    }
  }

  private void put(Context context) {
    ManageProducts useCase = manageProducts.as(CurrentCaller.of(context));
    refuseIfNoneMatch(context);
    ProductDetails details = readPut(context, newSkuFromPath(context));
    switch (useCase.put(new ManageProducts.PutCommand(details, ifMatchCondition(context)))) {
      case ManageProducts.Created(Product product) -> toCreatedResponse(product).send(context);
      case ManageProducts.Replaced(Product product) -> {
        context.header("ETag", EntityTags.of(product));
        responses.ok(context, ProductResponse.of(product));
      }
      case ManageProducts.PreconditionFailed() ->
          throw EntityTags.preconditionFailed(context, "product");
    }
  }

  private void delete(Context context) {
    ManageProducts useCase = manageProducts.as(CurrentCaller.of(context));
    for (Sku sku : skusFromPath(context)) {
      switch (useCase.delete(new ManageProducts.DeleteCommand(sku, ifMatchCondition(context)))) {
        case ManageProducts.Deleted() -> {
          Responses.noContent(context);
          return;
        }
        case ManageProducts.NotFound() -> {
          // The next spelling may exist.
        }
        case ManageProducts.PreconditionFailed() ->
            throw EntityTags.preconditionFailed(context, "product");
      }
    }
    throw notFound();
  }

  private ProductDetails readPut(Context context, Sku sku) {
    Violations violations = new Violations();
    JsonNode body = json.read(RequestBody.json(context, MAX_BODY_BYTES));
    Product current = findProducts.as(CurrentCaller.of(context)).bySku(sku).orElse(null);
    ProductDetails details = ProductRequest.readPut(body, sku, current, currencies, violations);
    if (details == null) {
      throw new ProblemException(Problem.of(violations));
    }
    return details;
  }

  private ProductDetails readDetails(Context context) {
    Violations violations = new Violations();
    ProductDetails details =
        ProductRequest.read(
            json.read(RequestBody.json(context, MAX_BODY_BYTES)), null, currencies, violations);
    if (details == null) {
      throw new ProblemException(Problem.of(violations));
    }
    return details;
  }

  private StoredResponse toCreatedResponse(Product product) {
    String location =
        "/v1/products/" + URLEncoder.encode(product.sku().value(), UTF_8).replace("+", "%20");
    return responses.toStoredResponse(
        201, location, EntityTags.of(product), ProductResponse.of(product));
  }

  private static Sku newSkuFromPath(Context context) {
    try {
      return Sku.parseNew(context.pathParam("sku"));
    } catch (InvalidValueException invalid) {
      Violations violations = new Violations();
      violations.addInvalid("/sku", invalid);
      throw new ProblemException(Problem.of(violations));
    }
  }

  /** Returns the SKU as it was sent, which an old product may have, and the normalized SKU. */
  private static List<Sku> skusFromPath(Context context) {
    try {
      Sku sent = new Sku(context.pathParam("sku"));
      return Stream.of(sent, Sku.parseSearched(sent.value())).distinct().toList();
    } catch (InvalidValueException invalid) {
      throw new ProblemException(
          ProblemKind.NOT_FOUND, "The product does not exist: " + invalid.getMessage() + ".");
    }
  }

  /** Returns the condition of {@code If-Match}; {@code null} without the header. */
  private static @Nullable Predicate<Product> ifMatchCondition(Context context) {
    if (context.header("If-Match") == null) {
      return null;
    }
    String tags = RequestHeaders.list(context, "If-Match");
    return product -> tags != null && EntityTags.matchesStrongly(tags, EntityTags.of(product));
  }

  /** Rejects {@code If-None-Match}, because ignoring a condition would be worse than an error. */
  private static void refuseIfNoneMatch(Context context) {
    if (context.header("If-None-Match") != null) {
      throw new ProblemException(
          new RequestViolation.Header(
              "If-None-Match",
              "not_supported",
              "use POST /v1/products to create a product only if it does not exist"));
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The product does not exist.");
  }
}
