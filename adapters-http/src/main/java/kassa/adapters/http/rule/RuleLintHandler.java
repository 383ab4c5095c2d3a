package kassa.adapters.http.rule;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.rule.ManageRules;

/** Looks through rules for what is surely not meant. Nothing is kept. */
public final class RuleLintHandler {

  /** The most bytes of a body: 8 MiB. */
  static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final Secured<ManageRules> manageRules;
  private final JsonCodec json;
  private final Responses responses;

  public RuleLintHandler(Secured<ManageRules> manageRules, JsonCodec json, Responses responses) {
    this.manageRules = manageRules;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(Route.post("/v1/rules/validate", this::lint));
  }

  private void lint(Context context) {
    ManageRules checking = manageRules.as(CurrentCaller.of(context));
    Faults faults = new Faults();
    RuleLintRequest rules =
        RuleLintRequest.read(json.read(RequestBody.json(context, MAX_BODY_BYTES)), faults);
    if (rules == null) {
      throw new ProblemException(Problem.of(faults));
    }
    responses.ok(context, RuleLintResponse.of(rules, checking.lint(rules.proposals())));
  }
}
