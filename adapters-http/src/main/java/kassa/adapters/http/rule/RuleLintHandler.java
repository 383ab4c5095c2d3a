package kassa.adapters.http.rule;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.json.Violations;

/**
 * Lint endpoint for rules: reports valid definitions that are probably mistakes. Stores nothing.
 */
public final class RuleLintHandler {

  /** Maximum size of a body in bytes: 8 MiB. */
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
    return List.of(Route.post("/v1/rules/validate", this::lint).handlingIdempotency());
  }

  private void lint(Context context) {
    IdempotencyFilter.ignoreKey(context);
    ManageRules useCase = manageRules.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    RuleLintRequest rules =
        RuleLintRequest.read(json.read(RequestBody.json(context, MAX_BODY_BYTES)), violations);
    if (rules == null) {
      throw new ProblemException(Problem.of(violations));
    }
    responses.ok(context, RuleLintResponse.of(rules, useCase.lint(rules.proposals())));
  }
}
