package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.RuleChecksRequest;
import kassa.adapters.http.message.RuleChecksResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.WriteRules;

/** Looks through rules for what is surely not meant. Nothing is kept. */
final class RuleCheckHandler {

  /** The most bytes of a body: 8 MiB. */
  static final int LARGEST_BODY = 1 << 23;

  private final ByCaller<WriteRules> writeRules;
  private final JsonCodec json;
  private final Answers answers;

  RuleCheckHandler(ByCaller<WriteRules> writeRules, JsonCodec json, Answers answers) {
    this.writeRules = writeRules;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/rules/validate", this::check));
  }

  private void check(Context context) {
    WriteRules checking = writeRules.by(Callers.of(context));
    Faults faults = new Faults();
    RuleChecksRequest rules =
        RuleChecksRequest.read(json.read(RequestBody.json(context, LARGEST_BODY)), faults);
    if (rules == null) {
      throw new ProblemException(Problem.of(faults));
    }
    answers.ok(context, RuleChecksResponse.of(rules, checking.check(rules.proposals())));
  }
}
