package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CsrfProtection;
import kassa.adapters.http.security.CurrentCaller;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.adapters.http.security.SessionCookie;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.RegisterCustomer;
import kassa.application.port.in.identity.SignIn;
import kassa.domain.json.Violations;
import tools.jackson.databind.JsonNode;

/** Registration, sign-in, sign-out and password change. */
public final class AccountHandlers {

  private final RequestAuthenticator authentication;
  private final RegisterCustomer register;
  private final SignIn signIn;
  private final Secured<ManageSessions> manageSessions;
  private final JsonCodec json;
  private final Responses responses;

  public AccountHandlers(
      RequestAuthenticator authentication,
      RegisterCustomer register,
      SignIn signIn,
      Secured<ManageSessions> manageSessions,
      JsonCodec json,
      Responses responses) {
    this.authentication = authentication;
    this.register = register;
    this.signIn = signIn;
    this.manageSessions = manageSessions;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/auth/register", this::register)
            .handlingIdempotency()
            .withoutAuthentication(),
        Route.post("/v1/auth/login", this::signIn)
            .handlingIdempotency()
            .withoutAuthentication()
            .withoutCompression(),
        Route.post("/v1/auth/logout", this::signOut)
            .handlingIdempotency()
            .withoutAuthentication()
            .withoutResponseBody(),
        Route.post("/v1/auth/password", this::changePassword)
            .handlingIdempotency()
            .withoutResponseBody()
            .withoutCompression());
  }

  private void register(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    Violations violations = new Violations();
    RegisterRequest request = RegisterRequest.read(readBody(context), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    switch (register.register(
        request.email(), request.password(), request.name(), CurrentCaller.clientInfo(context))) {
      case RegisterCustomer.Outcome.Accepted() ->
          responses.send(context, 201, new RegisteredResponse("Sign in to continue."));
      case RegisterCustomer.Outcome.TooCommon() ->
          throw CredentialEndpoints.passwordTooCommon("/password");
      case RegisterCustomer.Outcome.TooManyAttempts(var retryAfter) ->
          throw CredentialEndpoints.tooManyAttempts(context, retryAfter);
      case RegisterCustomer.Outcome.Overloaded() -> throw CredentialEndpoints.hashingOverloaded();
    }
  }

  private void signIn(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    Violations violations = new Violations();
    SignInRequest request = SignInRequest.read(readBody(context), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    if (request.cookie()) {
      // Login CSRF: a page of another site could sign in its visitors as another user.
      CsrfProtection.refuseOtherOrigins(context);
    }
    switch (signIn.signIn(request.email(), request.password(), CurrentCaller.clientInfo(context))) {
      case SignIn.Outcome.SignedIn signedIn -> {
        if (request.cookie()) {
          SessionCookie.set(context, signedIn.token());
        }
        responses.ok(context, SignedInResponse.of(signedIn, !request.cookie()));
      }
      case SignIn.Outcome.InvalidCredentials() ->
          throw new ProblemException(
              ProblemKind.LOGIN_FAILED, "The user does not exist, or the password is wrong.");
      case SignIn.Outcome.TooManyAttempts(var retryAfter) ->
          throw CredentialEndpoints.tooManyAttempts(context, retryAfter);
      case SignIn.Outcome.Overloaded() -> throw CredentialEndpoints.hashingOverloaded();
    }
  }

  private void signOut(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    authentication.identify(context);
    signIn.signOut(CurrentCaller.of(context), CurrentCaller.clientInfo(context));
    SessionCookie.clear(context);
    Responses.noContent(context);
  }

  private void changePassword(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    ManageSessions sessions = manageSessions.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    ChangePasswordRequest request = ChangePasswordRequest.read(readBody(context), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    switch (sessions.changePassword(
        request.current(), request.newPassword(), CurrentCaller.clientInfo(context))) {
      case ManageSessions.Outcome.Changed(String token) -> sendToken(context, token);
      case ManageSessions.Outcome.WrongPassword() ->
          throw CredentialEndpoints.invalidValue(
              "/current", "wrong_password", "current must be the current password");
      case ManageSessions.Outcome.Unchanged() ->
          throw CredentialEndpoints.invalidValue(
              "/new", "unchanged", "new must differ from the current password");
      case ManageSessions.Outcome.TooCommon() ->
          throw CredentialEndpoints.passwordTooCommon("/new");
      case ManageSessions.Outcome.TooManyAttempts(var retryAfter) ->
          throw CredentialEndpoints.tooManyAttempts(context, retryAfter);
      case ManageSessions.Outcome.Overloaded() -> throw CredentialEndpoints.hashingOverloaded();
    }
  }

  /** Sends the new token in the same way as the request sent the old one: cookie or body. */
  private void sendToken(Context context, String token) {
    if (RequestAuthenticator.isByCookie(context)) {
      SessionCookie.set(context, token);
      Responses.noContent(context);
    } else {
      responses.ok(context, new TokenResponse(token));
    }
  }

  private JsonNode readBody(Context context) {
    return json.read(RequestBody.json(context, CredentialEndpoints.MAX_BODY_BYTES));
  }
}
