package kassa.adapters.http.catalogue;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.catalogue.ProductImportResponse.LineProblem;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.json.MalformedJsonException;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.BodyLines;
import kassa.adapters.http.routing.ExceptionMapper;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import tools.jackson.databind.JsonNode;

/**
 * Running product import. Memory is bounded: it holds one batch of products and the reported
 * problems only. Not thread-safe.
 */
final class ProductImport {

  private final ManageProducts manageProducts;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final String requestId;
  private final List<ProductDetails> pending = new ArrayList<>();
  private final List<LineProblem> problems = new ArrayList<>();
  private long created;
  private long updated;
  private long rejected;

  ProductImport(
      ManageProducts manageProducts,
      AcceptedCurrencies currencies,
      JsonCodec json,
      String requestId) {
    this.manageProducts = manageProducts;
    this.currencies = currencies;
    this.json = json;
    this.requestId = requestId;
  }

  /** Imports the current line; blank lines are skipped. */
  void readLine(BodyLines line) {
    if (line.isTooLong()) {
      String detail = "A line must have at most " + ProductImportHandler.MAX_LINE_BYTES + " bytes.";
      reject(line.number(), Problem.of(ProblemKind.CONTENT_TOO_LARGE, detail));
      return;
    }
    if (!line.isBlank()) {
      readLine(line.number(), line.bytes());
    }
  }

  /**
   * Stores the remaining products and returns the result of the import.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if products could not be stored;
   *     {@link #readLine} throws it as well
   */
  ProductImportResponse finish() {
    flush();
    return new ProductImportResponse(created, updated, rejected, problems);
  }

  private void readLine(int number, byte[] bytes) {
    Violations violations = new Violations();
    try {
      JsonNode body = json.read(bytes);
      ProductDetails details = ProductRequest.read(body, null, currencies, violations);
      if (details == null) {
        reject(number, Problem.of(violations));
      } else {
        add(details);
      }
    } catch (MalformedJsonException malformed) {
      reject(number, ExceptionMapper.problemOf(malformed, requestId));
    }
  }

  private void add(ProductDetails details) {
    pending.add(details);
    if (pending.size() == ManageProducts.MAX_BATCH_SIZE) {
      flush();
    }
  }

  private void flush() {
    for (ManageProducts.Stored stored : manageProducts.putAll(List.copyOf(pending))) {
      switch (stored) {
        case ManageProducts.Created created -> this.created++;
        case ManageProducts.Replaced replaced -> updated++;
      }
    }
    pending.clear();
  }

  private void reject(int line, Problem problem) {
    rejected++;
    if (problems.size() < ProductImportResponse.MAX_PROBLEMS) {
      problems.add(new LineProblem(line, problem.toResponse(requestId)));
    }
  }
}
