package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.QuoteRequest;
import kassa.adapters.http.message.QuoteResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.QuoteCart.Outcome;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;

/** Tells what carts cost. */
final class QuoteHandlers {

  /** The most bytes of a quote's body: 8 MiB, for the rules that may be tried out. */
  static final int LARGEST_BODY = 1 << 23;

  private final ByCaller<QuoteCart> quoteCart;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Answers answers;

  QuoteHandlers(
      ByCaller<QuoteCart> quoteCart,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Answers answers) {
    this.quoteCart = quoteCart;
    this.currencies = currencies;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/quotes", this::quote, "explain", "units"));
  }

  private void quote(Context context) {
    QuoteCart quoting = quoteCart.by(Callers.of(context));
    QuoteResponse.Detail detail =
        new QuoteResponse.Detail(
            QueryParameters.flag(context, "explain"), QueryParameters.flag(context, "units"));
    switch (quoting.quote(command(context))) {
      case Outcome.Quoted quoted -> {
        if (detail.units()) {
          refuseTooManyUnits(quoted.quote().price());
        }
        answers.ok(context, QuoteResponse.of(quoted, detail));
      }
      case Outcome.Unsellable unsellable ->
          throw new ProblemException(Refusals.unsellable(unsellable.items()));
      case Outcome.NoCart noCart -> throw new ProblemException(Refusals.noCart(noCart.reason()));
    }
  }

  private QuoteCart.Command command(Context context) {
    Faults faults = new Faults();
    QuoteCart.Command command =
        QuoteRequest.read(json.read(RequestBody.json(context, LARGEST_BODY)), currencies, faults);
    if (command == null) {
      throw new ProblemException(Problem.of(faults));
    }
    return command;
  }

  private static void refuseTooManyUnits(PricedCart price) {
    long units = price.lines().stream().mapToLong(PricedLine::unitCount).sum();
    if (units > QuoteResponse.MOST_UNITS) {
      Faults faults = new Faults();
      faults.invalid(
          "/lines",
          "too_many",
          "with units=true, lines must hold at most "
              + QuoteResponse.MOST_UNITS
              + " units together");
      throw new ProblemException(Problem.of(faults));
    }
  }
}
