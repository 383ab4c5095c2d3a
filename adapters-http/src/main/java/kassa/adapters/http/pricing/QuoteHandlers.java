package kassa.adapters.http.pricing;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.pricing.QuoteCart.Outcome;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;

/** Quote endpoint: prices a cart without placing an order. */
public final class QuoteHandlers {

  /** Maximum size of a quote body in bytes: 8 MiB, large enough for what-if rules. */
  static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final Secured<QuoteCart> quoteCart;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Responses responses;

  public QuoteHandlers(
      Secured<QuoteCart> quoteCart,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Responses responses) {
    this.quoteCart = quoteCart;
    this.currencies = currencies;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(Route.post("/v1/quotes", this::quote, "explain", "units").handlingIdempotency());
  }

  private void quote(Context context) {
    IdempotencyFilter.ignoreKey(context);
    QuoteCart useCase = quoteCart.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    QuoteResponse.Detail detail =
        new QuoteResponse.Detail(query.bool("explain"), query.bool("units"));
    query.requireValid();
    switch (useCase.quote(readCommand(context))) {
      case Outcome.Quoted quoted -> {
        if (detail.units()) {
          refuseTooManyUnits(quoted.quote().price());
        }
        responses.ok(context, QuoteResponse.of(quoted, detail));
      }
      case Outcome.CartRefused(CartRefusal refusal) ->
          throw new ProblemException(CartProblems.refused(refusal));
    }
  }

  private QuoteCart.Command readCommand(Context context) {
    Violations violations = new Violations();
    QuoteCart.Command command =
        QuoteRequest.read(
            json.read(RequestBody.json(context, MAX_BODY_BYTES)), currencies, violations);
    if (command == null) {
      throw new ProblemException(Problem.of(violations));
    }
    return command;
  }

  private static void refuseTooManyUnits(PricedCart price) {
    long units = price.lines().stream().mapToLong(PricedLine::unitCount).sum();
    if (units > QuoteResponse.MAX_UNITS) {
      Violations violations = new Violations();
      violations.addInvalid(
          "/lines",
          "too_many",
          "with units=true, lines must have at most "
              + QuoteResponse.MAX_UNITS
              + " units in total");
      throw new ProblemException(Problem.of(violations));
    }
  }
}
