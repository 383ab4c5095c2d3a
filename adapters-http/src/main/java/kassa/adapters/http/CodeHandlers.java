package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.List;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.CodePageResponse;
import kassa.adapters.http.message.CodeResponse;
import kassa.adapters.http.message.CodeStateResponse;
import kassa.adapters.http.message.IssueCodesRequest;
import kassa.adapters.http.message.IssueCodesRequest.Chosen;
import kassa.adapters.http.message.IssueCodesRequest.Generated;
import kassa.adapters.http.message.IssuedCodeResponse;
import kassa.adapters.http.message.IssuedCodesResponse;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.IssueCodes;
import kassa.domain.InvalidValueException;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Issues codes that bring rules, and answers what is known of them. */
final class CodeHandlers {

  /** The most bytes of a body: 64 KiB. */
  static final int LARGEST_BODY = 1 << 16;

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<IssueCodes> issueCodes;
  private final Cursors cursors;
  private final JsonCodec json;
  private final Answers answers;

  CodeHandlers(ByCaller<IssueCodes> issueCodes, Cursors cursors, JsonCodec json, Answers answers) {
    this.issueCodes = issueCodes;
    this.cursors = cursors;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/codes", this::list, "ruleId", "limit", "cursor"),
        Route.post("/v1/codes", this::issue),
        Route.get("/v1/codes/{code}", this::find));
  }

  private void list(Context context) {
    RuleId rule = ruleOfQuery(context);
    int limit =
        QueryParameters.number(context, "limit", 1, IssueCodes.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    IssueCodes.Page page =
        issueCodes
            .by(Callers.of(context))
            .list(cursor == null ? null : cursors.readKeyOfCode(cursor), rule, limit);
    answers.ok(
        context,
        new CodePageResponse(
            page.codes().stream().map(CodeResponse::of).toList(),
            page.next() == null ? null : cursors.writeKeyOfCode(page.next())));
  }

  private void issue(Context context) {
    IssueCodes issuing = issueCodes.by(Callers.of(context));
    Faults faults = new Faults();
    IssueCodesRequest request =
        IssueCodesRequest.read(json.read(RequestBody.json(context, LARGEST_BODY)), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    switch (request) {
      case Chosen(RuleId rule, Code code, var limit) -> {
        var message = IssuedCodeResponse.of(code, rule, limit);
        String location = "/v1/codes/" + URLEncoder.encode(code.value(), UTF_8).replace("+", "%20");
        KeyedCall<List<Code>> call =
            Idempotency.call(context, made -> answers.kept(201, location, null, message));
        issued(issuing.issue(rule, code, limit, call));
        context.header("Location", location);
        answers.send(context, 201, message);
      }
      case Generated(RuleId rule, int count, String prefix, var limit) -> {
        KeyedCall<List<Code>> call =
            Idempotency.call(
                context,
                made -> answers.kept(201, null, null, IssuedCodesResponse.of(made, rule, limit)));
        List<Code> codes = issued(issuing.generate(rule, count, prefix, limit, call));
        answers.send(context, 201, IssuedCodesResponse.of(codes, rule, limit));
      }
    }
  }

  private void find(Context context) {
    IssueCodes.CodeState state =
        issueCodes.by(Callers.of(context)).find(code(context)).orElseThrow(CodeHandlers::absent);
    answers.ok(context, CodeStateResponse.of(state));
  }

  private static List<Code> issued(IssueCodes.Outcome outcome) {
    return switch (outcome) {
      case IssueCodes.Outcome.Issued(List<Code> codes) -> codes;
      case IssueCodes.Outcome.NoSuchRule() -> {
        Faults faults = new Faults();
        faults.invalid("/ruleId", "unknown_rule", "ruleId must be the id of a rule that is kept");
        throw new ProblemException(Problem.of(faults));
      }
      case IssueCodes.Outcome.RuleArchived() ->
          throw new ProblemException(
              ProblemKind.RULE_ARCHIVED, "An archived rule gets no codes; none was issued.");
      case IssueCodes.Outcome.RuleOpenToAll() ->
          throw new ProblemException(
              ProblemKind.RULE_OPEN_TO_ALL,
              "With a code only those who enter it would get the rule: pause it first. No code was"
                  + " issued.");
      case IssueCodes.Outcome.CodeTaken() ->
          throw new ProblemException(
              ProblemKind.CODE_TAKEN, "There is such a code already; none was issued.");
      case IssueCodes.Outcome.KeyTaken() -> throw Idempotency.keyTaken();
    };
  }

  private static @Nullable RuleId ruleOfQuery(Context context) {
    String id = QueryParameters.value(context, "ruleId");
    try {
      return id == null ? null : RuleId.parse(id);
    } catch (InvalidValueException impossible) {
      throw new ProblemException(
          Fault.Place.QUERY, "ruleId", "malformed", String.valueOf(impossible.getMessage()));
    }
  }

  private static Code code(Context context) {
    try {
      return new Code(context.pathParam("code"));
    } catch (InvalidValueException impossible) {
      throw absent();
    }
  }

  private static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no such code.");
  }
}
