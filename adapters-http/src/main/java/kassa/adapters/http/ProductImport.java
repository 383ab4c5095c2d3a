package kassa.adapters.http;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.json.MalformedJsonException;
import kassa.adapters.http.message.ProductImportResponse;
import kassa.adapters.http.message.ProductImportResponse.LineProblem;
import kassa.adapters.http.message.ProductRequest;
import kassa.application.port.in.KeepProducts;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.money.AcceptedCurrencies;
import tools.jackson.databind.JsonNode;

/**
 * An import that is under way. Of the products no more are held than are put at once, and of the
 * problems no more than are told. One thread only.
 */
final class ProductImport {

  private final KeepProducts keepProducts;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final String requestId;
  private final List<ProductDetails> pending = new ArrayList<>();
  private final List<LineProblem> problems = new ArrayList<>();
  private long created;
  private long updated;
  private long rejected;

  ProductImport(
      KeepProducts keepProducts, AcceptedCurrencies currencies, JsonCodec json, String requestId) {
    this.keepProducts = keepProducts;
    this.currencies = currencies;
    this.json = json;
    this.requestId = requestId;
  }

  /** Takes the line at which the reading is; one of nothing but white space is passed over. */
  void take(BodyLines line) {
    if (line.isTooLong()) {
      String detail = "A line must have at most " + ProductImportHandler.LONGEST_LINE + " bytes.";
      reject(line.number(), Problem.of(ProblemKind.CONTENT_TOO_LARGE, detail));
      return;
    }
    byte[] bytes = line.bytes();
    if (!isBlank(bytes)) {
      take(line.number(), bytes);
    }
  }

  /**
   * Puts what is left, and tells what became of all.
   *
   * @throws kassa.application.port.out.StoreUnavailableException as {@link #take} does, if products
   *     could not be put
   */
  ProductImportResponse finish() {
    put();
    return new ProductImportResponse(created, updated, rejected, problems);
  }

  private void take(int number, byte[] bytes) {
    Faults faults = new Faults();
    try {
      JsonNode body = json.read(bytes);
      ProductDetails details = ProductRequest.read(body, null, currencies, faults);
      if (details == null) {
        reject(number, Problem.of(faults));
      } else {
        add(details);
      }
    } catch (MalformedJsonException malformed) {
      reject(number, Failures.problemOf(malformed, requestId));
    }
  }

  private void add(ProductDetails details) {
    pending.add(details);
    if (pending.size() == KeepProducts.MOST_AT_ONCE) {
      put();
    }
  }

  private void put() {
    for (KeepProducts.Kept kept : keepProducts.putAll(List.copyOf(pending))) {
      switch (kept) {
        case KeepProducts.Created created -> this.created++;
        case KeepProducts.Replaced replaced -> updated++;
      }
    }
    pending.clear();
  }

  private void reject(int line, Problem problem) {
    rejected++;
    if (problems.size() < ProductImportResponse.MOST_PROBLEMS) {
      problems.add(new LineProblem(line, problem.toResponse(requestId)));
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }
}
