package kassa.adapters.http.rule;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.request.PathParameters;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.StoredResponse;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.in.rule.ManageRules.Outcome;
import kassa.domain.json.Violations;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import tools.jackson.databind.JsonNode;

/** Discount rule endpoints: create, replace, change the status, list, versions and usage. */
public final class RuleHandlers {

  /** Maximum size of a rule body in bytes: 1 MiB. */
  static final int MAX_BODY_BYTES = 1 << 20;

  private final Secured<ManageRules> manageRules;
  private final PageReader<StoredRule, RuleId, RuleResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public RuleHandlers(
      Secured<ManageRules> manageRules, Cursors cursors, JsonCodec json, Responses responses) {
    this.manageRules = manageRules;
    this.pages = new PageReader<>(cursors, CursorType.RULES, StoredRule::id, RuleResponse::of);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/rules", this::list, "status", "limit", "cursor"),
        Route.post("/v1/rules", this::create),
        Route.get("/v1/rules/{id}", this::find),
        Route.put("/v1/rules/{id}", this::replace),
        Route.post("/v1/rules/{id}/activate", context -> changeStatus(context, RuleStatus.ACTIVE)),
        Route.post("/v1/rules/{id}/pause", context -> changeStatus(context, RuleStatus.PAUSED)),
        Route.post("/v1/rules/{id}/archive", context -> changeStatus(context, RuleStatus.ARCHIVED)),
        Route.get("/v1/rules/{id}/versions", this::versions),
        Route.get("/v1/rules/{id}/usage", this::usage));
  }

  private void list(Context context) {
    ManageRules rules = manageRules.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    RuleStatus status = query.word("status", RuleStatus.class);
    responses.ok(context, pages.read(query, (after, limit) -> rules.list(after, status, limit)));
  }

  private void create(Context context) {
    ManageRules useCase = manageRules.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    RuleRequest rule = RuleRequest.readNew(body(context), violations);
    if (rule == null) {
      throw new ProblemException(Problem.of(violations));
    }
    ManageRules recording =
        useCase.recording(IdempotencyFilter.recording(context, this::toCreatedResponse));
    toCreatedResponse(requireDone(context, recording.create(rule.draft(), rule.status())))
        .send(context);
  }

  private StoredResponse toCreatedResponse(StoredRule rule) {
    return responses.toStoredResponse(
        201, "/v1/rules/" + rule.id(), EntityTags.of(rule), RuleResponse.of(rule));
  }

  private StoredResponse toChangedResponse(StoredRule rule) {
    return responses.toStoredResponse(200, null, EntityTags.of(rule), RuleResponse.of(rule));
  }

  private void find(Context context) {
    StoredRule rule = ruleFromPath(context);
    String tag = EntityTags.of(rule);
    context.header("ETag", tag);
    if (EntityTags.matches(RequestHeaders.list(context, "If-None-Match"), tag)) {
      Responses.notModified(context);
    } else {
      responses.ok(context, RuleResponse.of(rule));
    }
  }

  private void replace(Context context) {
    ManageRules useCase = manageRules.as(CurrentCaller.of(context));
    JsonNode body = body(context);
    if (context.header("If-Match") == null) {
      throw new ProblemException(
          ProblemKind.PRECONDITION_REQUIRED,
          "Nothing was changed. If-Match must be the ETag of the rule to replace.");
    }
    change(
        context,
        rule -> {
          Violations violations = new Violations();
          ManageRules.Draft draft = RuleRequest.readVersion(body, rule, violations);
          if (draft == null) {
            throw new ProblemException(Problem.of(violations));
          }
          return useCase.replace(rule.id(), rule.revision(), draft);
        });
  }

  private void changeStatus(Context context, RuleStatus status) {
    boolean conditional = context.header("If-Match") != null;
    ManageRules recording =
        manageRules
            .as(CurrentCaller.of(context))
            .recording(IdempotencyFilter.recording(context, this::toChangedResponse));
    change(
        context,
        rule -> recording.changeStatus(rule.id(), conditional ? rule.revision() : null, status));
  }

  /**
   * Applies a change with optimistic locking. After a version conflict it reads the rule again,
   * checks {@code If-Match} against the new version and retries.
   */
  private void change(Context context, Function<StoredRule, Outcome> change) {
    Outcome outcome;
    do {
      outcome = change.apply(ruleMatchingIfMatch(context));
    } while (outcome instanceof Outcome.Decided(RuleChange.VersionConflict _));
    toChangedResponse(requireDone(context, outcome)).send(context);
  }

  private void versions(Context context) {
    List<RuleVersion> versions = manageRules.as(CurrentCaller.of(context)).versions(id(context));
    if (versions.isEmpty()) {
      throw notFound();
    }
    responses.ok(context, RuleVersionsResponse.of(versions));
  }

  private void usage(Context context) {
    StoredRule rule = ruleFromPath(context);
    RuleUsage usage =
        manageRules
            .as(CurrentCaller.of(context))
            .usage(rule.id())
            .orElseThrow(RuleHandlers::notFound);
    responses.ok(context, RuleUsageResponse.of(rule, usage));
  }

  private JsonNode body(Context context) {
    return json.read(RequestBody.json(context, MAX_BODY_BYTES));
  }

  private StoredRule ruleFromPath(Context context) {
    return manageRules
        .as(CurrentCaller.of(context))
        .find(id(context))
        .orElseThrow(RuleHandlers::notFound);
  }

  /** Returns the rule of the path after checking {@code If-Match}, if the header is present. */
  private StoredRule ruleMatchingIfMatch(Context context) {
    StoredRule rule = ruleFromPath(context);
    if (context.header("If-Match") != null) {
      String tags = RequestHeaders.list(context, "If-Match");
      if (tags == null || !EntityTags.matchesStrongly(tags, EntityTags.of(rule))) {
        throw EntityTags.preconditionFailed(context, "rule");
      }
    }
    return rule;
  }

  private static RuleId id(Context context) {
    return PathParameters.parse(context, "id", RuleId::parse).orElseThrow(RuleHandlers::notFound);
  }

  /** Returns the changed rule, or throws the problem of the outcome. */
  private static StoredRule requireDone(Context context, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Decided(RuleChange.Done(StoredRule rule)) -> rule;
      case Outcome.Decided(RuleChange.NotFound()) -> throw notFound();
      case Outcome.Decided(RuleChange.VersionConflict _) ->
          throw EntityTags.preconditionFailed(context, "rule");
      case Outcome.Decided(RuleChange.StatusForbids(RuleStatus status)) ->
          throw invalidTransition(status);
      case Outcome.Decided(RuleChange.CodeTaken()) ->
          throw new ProblemException(
              ProblemKind.CODE_TAKEN, "Nothing was changed. Another rule has this code.");
      case Outcome.TooManyActiveRules() ->
          throw new ProblemException(
              ProblemKind.TOO_MANY_RULES,
              "Nothing was changed. At most %s rules with at most %s unit effects can be active."
                  .formatted(RuleSet.MAX_RULES, RuleSet.MAX_UNIT_EFFECTS));
    };
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The rule does not exist.");
  }

  private static ProblemException invalidTransition(RuleStatus status) {
    List<String> allowed = status.nextStatuses().stream().map(EnumNames::of).toList();
    String next = allowed.isEmpty() ? "none" : String.join(", ", allowed);
    return new ProblemException(
        Problem.withExtension(
            ProblemKind.INVALID_TRANSITION,
            "The rule is " + EnumNames.of(status) + "; allowed next statuses: " + next + ".",
            "allowed",
            allowed));
  }
}
