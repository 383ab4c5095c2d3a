package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.Admission.Load;
import kassa.adapters.http.json.JsonCodec;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.KeepProducts;
import kassa.domain.money.AcceptedCurrencies;

/** Creates or replaces the products of a body of any number of lines, each for itself. */
final class ProductImportHandler {

  /** The most bytes of an import's body: 64 MiB. */
  static final int LARGEST_BODY = 1 << 26;

  /** The most bytes of a line: 64 KiB. */
  static final int LONGEST_LINE = 1 << 16;

  private final ByCaller<KeepProducts> keepProducts;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Answers answers;

  ProductImportHandler(
      ByCaller<KeepProducts> keepProducts,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Answers answers) {
    this.keepProducts = keepProducts;
    this.currencies = currencies;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/products/import", this::importAll).among(Load.MANY).keepingKeys());
  }

  private void importAll(Context context) {
    Idempotency.refuseKey(context, "an import can be sent again as it is; leave the header out");
    KeepProducts keeping = keepProducts.by(Callers.of(context));
    BodyLines lines = RequestBody.ndjson(context, LARGEST_BODY, LONGEST_LINE);
    ProductImport running = new ProductImport(keeping, currencies, json, RequestIds.of(context));
    while (lines.next()) {
      running.take(lines);
    }
    answers.ok(context, running.finish());
  }
}
