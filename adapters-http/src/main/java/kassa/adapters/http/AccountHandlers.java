package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.ChangePasswordRequest;
import kassa.adapters.http.message.RegisterRequest;
import kassa.adapters.http.message.RegisteredResponse;
import kassa.adapters.http.message.SignInRequest;
import kassa.adapters.http.message.SignedInResponse;
import kassa.adapters.http.message.TokenResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.ManageSessions;
import kassa.application.port.in.Register;
import kassa.application.port.in.SignIn;
import tools.jackson.databind.JsonNode;

/** Registers people, lets them in and out, and changes their passwords. */
final class AccountHandlers {

  private final Authentication authentication;
  private final Register register;
  private final SignIn signIn;
  private final ByCaller<ManageSessions> manageSessions;
  private final JsonCodec json;
  private final Answers answers;

  AccountHandlers(
      Authentication authentication,
      Register register,
      SignIn signIn,
      ByCaller<ManageSessions> manageSessions,
      JsonCodec json,
      Answers answers) {
    this.authentication = authentication;
    this.register = register;
    this.signIn = signIn;
    this.manageSessions = manageSessions;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/auth/register", this::register).keepingKeys().open(),
        Route.post("/v1/auth/login", this::signIn).keepingKeys().open(),
        Route.post("/v1/auth/logout", this::signOut).keepingKeys().open(),
        Route.post("/v1/auth/password", this::changePassword).keepingKeys());
  }

  private void register(Context context) {
    Secrecy.refuseKey(context);
    Faults faults = new Faults();
    RegisterRequest request = RegisterRequest.read(body(context), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    switch (register.register(
        request.email(), request.password(), request.name(), Callers.origin(context))) {
      case Register.Outcome.Accepted() ->
          answers.send(context, 201, new RegisteredResponse("Now sign in."));
      case Register.Outcome.TooCommon() -> throw Secrecy.tooCommon("/password");
      case Register.Outcome.Throttled(var retryAfter) ->
          throw Secrecy.throttled(context, retryAfter);
      case Register.Outcome.Busy() -> throw Secrecy.busy();
    }
  }

  private void signIn(Context context) {
    Secrecy.refuseKey(context);
    Faults faults = new Faults();
    SignInRequest request = SignInRequest.read(body(context), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    if (request.cookie()) {
      // Or a page of another site might sign its visitors in as somebody else.
      SameSite.refuseOthers(context);
    }
    switch (signIn.signIn(request.email(), request.password(), Callers.origin(context))) {
      case SignIn.Outcome.SignedIn signedIn -> {
        if (request.cookie()) {
          SessionCookie.set(context, signedIn.token());
        }
        answers.ok(context, SignedInResponse.of(signedIn, !request.cookie()));
      }
      case SignIn.Outcome.Refused() ->
          throw new ProblemException(
              ProblemKind.LOGIN_FAILED, "There is no such user, or the password is another.");
      case SignIn.Outcome.Throttled(var retryAfter) -> throw Secrecy.throttled(context, retryAfter);
      case SignIn.Outcome.Busy() -> throw Secrecy.busy();
    }
  }

  private void signOut(Context context) {
    Secrecy.refuseKey(context);
    authentication.admit(context);
    signIn.signOut(Callers.of(context), Callers.origin(context));
    SessionCookie.clear(context);
    Answers.noContent(context);
  }

  private void changePassword(Context context) {
    Secrecy.refuseKey(context);
    ManageSessions sessions = manageSessions.by(Callers.of(context));
    Faults faults = new Faults();
    ChangePasswordRequest request = ChangePasswordRequest.read(body(context), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    switch (sessions.changePassword(
        request.current(), request.changed(), Callers.origin(context))) {
      case ManageSessions.Outcome.Changed(String token) -> answerToken(context, token);
      case ManageSessions.Outcome.Refused() ->
          throw Secrecy.refused(
              "/current", "wrong_password", "current must be the password that is good now");
      case ManageSessions.Outcome.Unchanged() ->
          throw Secrecy.refused(
              "/new", "unchanged", "new must be another password than the one that is good now");
      case ManageSessions.Outcome.TooCommon() -> throw Secrecy.tooCommon("/new");
      case ManageSessions.Outcome.Throttled(var retryAfter) ->
          throw Secrecy.throttled(context, retryAfter);
      case ManageSessions.Outcome.Busy() -> throw Secrecy.busy();
    }
  }

  /** The way in which the old token was shown. */
  private void answerToken(Context context, String token) {
    if (Authentication.isByCookie(context)) {
      SessionCookie.set(context, token);
      Answers.noContent(context);
    } else {
      answers.ok(context, new TokenResponse(token));
    }
  }

  private JsonNode body(Context context) {
    return json.read(RequestBody.json(context, Secrecy.LARGEST_BODY));
  }
}
