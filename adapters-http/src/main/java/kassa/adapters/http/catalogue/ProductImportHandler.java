package kassa.adapters.http.catalogue;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.request.BodyLines;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CredentialCheck;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.domain.money.AcceptedCurrencies;

/**
 * Bulk import of products from NDJSON: creates or replaces the product of each line independently.
 */
public final class ProductImportHandler {

  /** Maximum size of an import body in bytes: 64 MiB. */
  static final int MAX_BODY_BYTES = 1 << 26;

  /** Maximum size of a line in bytes: 64 KiB. */
  static final int MAX_LINE_BYTES = 1 << 16;

  private final Secured<ManageProducts> manageProducts;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Responses responses;

  public ProductImportHandler(
      Secured<ManageProducts> manageProducts,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Responses responses) {
    this.manageProducts = manageProducts;
    this.currencies = currencies;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/products/import", this::importAll)
            .withRequestClass(RequestClass.IMPORT)
            .handlingIdempotency());
  }

  private void importAll(Context context) {
    IdempotencyFilter.refuseKey(
        context, "an import is idempotent and can be retried; omit the header");
    ManageProducts products = manageProducts.as(CurrentCaller.of(context));
    BodyLines lines = RequestBody.ndjson(context, MAX_BODY_BYTES, MAX_LINE_BYTES);
    ProductImport productImport =
        new ProductImport(products, currencies, json, RequestIds.of(context));
    CredentialCheck credential = CredentialCheck.of(context);
    boolean isFirst = true;
    while (lines.next()) {
      credential.requireValid();
      if (isFirst && !lines.isBlank()) {
        lines.requireWholeValue();
        isFirst = false;
      }
      MemoryBudget.runPart(() -> productImport.readLine(lines));
    }
    credential.requireValid();
    responses.ok(context, productImport.finish());
  }
}
