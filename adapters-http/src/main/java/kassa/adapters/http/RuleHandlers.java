package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.RulePageResponse;
import kassa.adapters.http.message.RuleRequest;
import kassa.adapters.http.message.RuleResponse;
import kassa.adapters.http.message.RuleUsageResponse;
import kassa.adapters.http.message.RuleVersionsResponse;
import kassa.adapters.http.message.Words;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.WriteRules;
import kassa.application.port.in.WriteRules.Outcome;
import kassa.domain.InvalidValueException;
import kassa.domain.pricing.RuleSet;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import tools.jackson.databind.JsonNode;

/** Writes discount rules, leads them through their life, and answers what is known of them. */
final class RuleHandlers {

  /** The most bytes of a rule's body: 1 MiB. */
  static final int LARGEST_BODY = 1 << 20;

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<WriteRules> writeRules;
  private final Cursors cursors;
  private final JsonCodec json;
  private final Answers answers;

  RuleHandlers(ByCaller<WriteRules> writeRules, Cursors cursors, JsonCodec json, Answers answers) {
    this.writeRules = writeRules;
    this.cursors = cursors;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/rules", this::list, "status", "limit", "cursor"),
        Route.post("/v1/rules", this::create),
        Route.get("/v1/rules/{id}", this::find),
        Route.put("/v1/rules/{id}", this::replace),
        Route.post("/v1/rules/{id}/activate", context -> move(context, RuleStatus.ACTIVE)),
        Route.post("/v1/rules/{id}/pause", context -> move(context, RuleStatus.PAUSED)),
        Route.post("/v1/rules/{id}/archive", context -> move(context, RuleStatus.ARCHIVED)),
        Route.get("/v1/rules/{id}/versions", this::versions),
        Route.get("/v1/rules/{id}/usage", this::usage));
  }

  private void list(Context context) {
    RuleStatus status = QueryParameters.word(context, "status", RuleStatus.class);
    int limit =
        QueryParameters.number(context, "limit", 1, WriteRules.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    WriteRules.Page page =
        writeRules
            .by(Callers.of(context))
            .list(cursor == null ? null : cursors.readRule(cursor), status, limit);
    answers.ok(
        context,
        new RulePageResponse(
            page.rules().stream().map(RuleResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next())));
  }

  private void create(Context context) {
    WriteRules writing = writeRules.by(Callers.of(context));
    Faults faults = new Faults();
    RuleRequest rule = RuleRequest.readNew(body(context), faults);
    if (rule == null) {
      throw new ProblemException(Problem.of(faults));
    }
    KeyedCall<KeptRule> call =
        Idempotency.call(
            context,
            made -> answers.kept(201, location(made), EntityTags.of(made), RuleResponse.of(made)));
    KeptRule created = done(writing.create(rule.draft(), rule.status(), call));
    context.header("Location", location(created));
    context.header("ETag", EntityTags.of(created));
    answers.send(context, 201, RuleResponse.of(created));
  }

  private void find(Context context) {
    KeptRule rule = rule(context);
    String tag = EntityTags.of(rule);
    context.header("ETag", tag);
    if (EntityTags.matches(Headers.list(context, "If-None-Match"), tag)) {
      Answers.notModified(context);
    } else {
      answers.ok(context, RuleResponse.of(rule));
    }
  }

  private void replace(Context context) {
    WriteRules writing = writeRules.by(Callers.of(context));
    JsonNode body = body(context);
    if (context.header("If-Match") == null) {
      throw new ProblemException(
          ProblemKind.PRECONDITION_REQUIRED,
          "If-Match must be the ETag of the rule that is to be replaced; nothing was changed.");
    }
    change(
        context,
        rule -> {
          Faults faults = new Faults();
          WriteRules.Draft draft = RuleRequest.readVersion(body, rule, faults);
          if (draft == null) {
            throw new ProblemException(Problem.of(faults));
          }
          return writing.replace(rule.id(), rule.revision(), draft);
        });
  }

  private void move(Context context, RuleStatus status) {
    boolean conditional = context.header("If-Match") != null;
    KeyedCall<KeptRule> call =
        Idempotency.call(
            context, made -> answers.kept(200, null, EntityTags.of(made), RuleResponse.of(made)));
    change(
        context,
        rule ->
            writeRules
                .by(Callers.of(context))
                .move(rule.id(), conditional ? rule.revision() : null, status, call));
  }

  /** Where somebody else was faster, what is demanded of the rule is asked of their rule again. */
  private void change(Context context, Function<KeptRule, Outcome> change) {
    Outcome outcome;
    do {
      outcome = change.apply(demanded(context));
    } while (outcome instanceof Outcome.Stale);
    KeptRule changed = done(outcome);
    context.header("ETag", EntityTags.of(changed));
    answers.ok(context, RuleResponse.of(changed));
  }

  private void versions(Context context) {
    List<RuleVersion> versions = writeRules.by(Callers.of(context)).versions(id(context));
    if (versions.isEmpty()) {
      throw absent();
    }
    answers.ok(context, RuleVersionsResponse.of(versions));
  }

  private void usage(Context context) {
    KeptRule rule = rule(context);
    RuleUsage usage =
        writeRules.by(Callers.of(context)).usage(rule.id()).orElseThrow(RuleHandlers::absent);
    answers.ok(context, RuleUsageResponse.of(rule, usage));
  }

  private JsonNode body(Context context) {
    return json.read(RequestBody.json(context, LARGEST_BODY));
  }

  private KeptRule rule(Context context) {
    return writeRules.by(Callers.of(context)).find(id(context)).orElseThrow(RuleHandlers::absent);
  }

  /** The rule, if it is one that {@code If-Match} names, or if that is not sent. */
  private KeptRule demanded(Context context) {
    KeptRule rule = rule(context);
    if (context.header("If-Match") != null) {
      String tags = Headers.list(context, "If-Match");
      if (tags == null || !EntityTags.matchesStrongly(tags, EntityTags.of(rule))) {
        throw conditionFailed();
      }
    }
    return rule;
  }

  private static RuleId id(Context context) {
    try {
      return RuleId.parse(context.pathParam("id"));
    } catch (InvalidValueException impossible) {
      throw absent();
    }
  }

  /** The rule as it is after a change. */
  private static KeptRule done(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(KeptRule rule) -> rule;
      case Outcome.Absent() -> throw absent();
      case Outcome.Stale() -> throw conditionFailed();
      case Outcome.NotAllowed(RuleStatus status) -> throw notAllowed(status);
      case Outcome.CodeTaken() ->
          throw new ProblemException(
              ProblemKind.CODE_TAKEN, "The code is that of another rule; nothing was changed.");
      case Outcome.Full() ->
          throw new ProblemException(
              ProblemKind.TOO_MANY_RULES,
              "At most %d rules are in force, with %d effects that choose units; nothing was changed."
                  .formatted(RuleSet.MOST_RULES, RuleSet.MOST_UNIT_EFFECTS));
      case Outcome.KeyTaken() -> throw Idempotency.keyTaken();
    };
  }

  private static String location(KeptRule rule) {
    return "/v1/rules/" + rule.id();
  }

  private static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no such rule.");
  }

  private static ProblemException conditionFailed() {
    return new ProblemException(
        ProblemKind.PRECONDITION_FAILED,
        "The rule is not one that If-Match names; nothing was changed.");
  }

  private static ProblemException notAllowed(RuleStatus status) {
    List<String> allowed = status.next().stream().map(Words::of).toList();
    String next = allowed.isEmpty() ? "nothing" : String.join(", ", allowed);
    return new ProblemException(
        new Problem(
            ProblemKind.INVALID_TRANSITION,
            "The rule is " + Words.of(status) + "; what may come next is " + next + ".",
            List.of(),
            null,
            allowed));
  }
}
