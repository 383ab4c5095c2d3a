package kassa.adapters.http.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.Function;
import kassa.adapters.http.code.IssueCodesRequest.Chosen;
import kassa.adapters.http.code.IssueCodesRequest.Generated;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.PathParameters;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.StoredResponse;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.rule.ManageCodes;
import kassa.domain.json.Violations;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;

/** Issues, generates, lists and finds discount codes. */
public final class CodeHandlers {

  /** Maximum size of a body in bytes: 64 KiB. */
  static final int MAX_BODY_BYTES = 1 << 16;

  private final Secured<ManageCodes> manageCodes;
  private final PageReader<StoredCode, String, CodeResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public CodeHandlers(
      Secured<ManageCodes> manageCodes, Cursors cursors, JsonCodec json, Responses responses) {
    this.manageCodes = manageCodes;
    this.pages =
        new PageReader<>(
            cursors, CursorType.CODES, stored -> stored.code().key(), CodeResponse::of);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/codes", this::list, "ruleId", "limit", "cursor").withoutCompression(),
        Route.post("/v1/codes", this::issue).withoutCompression(),
        Route.get("/v1/codes/{code}", this::find).withoutCompression());
  }

  private void list(Context context) {
    ManageCodes codes = manageCodes.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    RuleId rule = query.read("ruleId", RuleId::parse);
    responses.ok(context, pages.read(query, (after, limit) -> codes.list(after, rule, limit)));
  }

  private void issue(Context context) {
    ManageCodes useCase = manageCodes.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    IssueCodesRequest request =
        IssueCodesRequest.read(json.read(RequestBody.json(context, MAX_BODY_BYTES)), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    switch (request) {
      case Chosen(RuleId rule, Code code, var limit) -> {
        String location = "/v1/codes/" + URLEncoder.encode(code.value(), UTF_8).replace("+", "%20");
        Function<List<Code>, StoredResponse> toResponse =
            codes ->
                responses.toStoredResponse(
                    201, location, null, IssuedCodeResponse.of(code, rule, limit));
        ManageCodes recording = useCase.recording(IdempotencyFilter.recording(context, toResponse));
        toResponse.apply(requireIssued(recording.issue(rule, code, limit))).send(context);
      }
      case Generated(RuleId rule, int count, String prefix, var limit) -> {
        Function<List<Code>, StoredResponse> toResponse =
            codes ->
                responses.toStoredResponse(
                    201, null, null, IssuedCodesResponse.of(codes, rule, limit));
        ManageCodes recording = useCase.recording(IdempotencyFilter.recording(context, toResponse));
        toResponse
            .apply(requireIssued(recording.generate(rule, count, prefix, limit)))
            .send(context);
      }
    }
  }

  private void find(Context context) {
    ManageCodes.CodeState state =
        manageCodes
            .as(CurrentCaller.of(context))
            .find(codeFromPath(context))
            .orElseThrow(CodeHandlers::notFound);
    responses.ok(context, CodeStateResponse.of(state));
  }

  private static List<Code> requireIssued(ManageCodes.Outcome outcome) {
    return switch (outcome) {
      case ManageCodes.Outcome.Issued(List<Code> codes) -> codes;
      case ManageCodes.Outcome.RuleNotFound() -> {
        Violations violations = new Violations();
        violations.addInvalid(
            "/ruleId", "unknown_rule", "ruleId must be the id of an existing rule");
        throw new ProblemException(Problem.of(violations));
      }
      case ManageCodes.Outcome.RuleArchived() ->
          throw new ProblemException(
              ProblemKind.RULE_ARCHIVED,
              "No code was issued. Codes cannot be added to an archived rule.");
      case ManageCodes.Outcome.RuleActiveWithoutCode() ->
          throw new ProblemException(
              ProblemKind.RULE_ACTIVE_WITHOUT_CODE,
              "No code was issued. With a code, the rule would apply only to carts with that code;"
                  + " pause the rule first.");
      case ManageCodes.Outcome.CodeTaken() ->
          throw new ProblemException(
              ProblemKind.CODE_TAKEN, "No code was issued. The code already exists.");
    };
  }

  private static Code codeFromPath(Context context) {
    return PathParameters.parse(context, "code", Code::parse).orElseThrow(CodeHandlers::notFound);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The code does not exist.");
  }
}
