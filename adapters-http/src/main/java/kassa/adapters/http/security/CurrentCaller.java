package kassa.adapters.http.security;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.identity.ClientInfo;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/** Caller of the current request: identity, client address and permission errors. */
public final class CurrentCaller {

  /** One text for all causes, so that a client cannot find out the cause. */
  static final String UNAUTHENTICATED_DETAIL =
      "Send a valid session token or API key as Authorization: Bearer.";

  private static final String PASSWORD_CHANGE_DETAIL =
      "The password is temporary: another person chose or saw it. Change it with"
          + " POST /v1/auth/password.";

  private static final String ATTRIBUTE = "kassa.caller";

  private CurrentCaller() {}

  /** Returns the caller of a request; anonymous if the request is not authenticated. */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    return caller == null ? new Caller.Anonymous() : caller;
  }

  static void set(Context context, Caller caller) {
    context.attribute(ATTRIBUTE, caller);
  }

  /** Returns the IP address and the device of the client. */
  public static ClientInfo clientInfo(Context context) {
    return new ClientInfo(address(context), device(context));
  }

  /** Returns the IP address of the client, without brackets. */
  static String address(Context context) {
    String address = context.req().getRemoteAddr();
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    return bracketed ? address.substring(1, address.length() - 1) : address;
  }

  private static @Nullable String device(Context context) {
    String agent = context.header("User-Agent");
    if (agent == null) {
      return null;
    }
    String printable = agent.replaceAll("[^ -~]", "?").strip();
    if (printable.isEmpty()) {
      return null;
    }
    return printable.substring(0, Math.min(printable.length(), ClientInfo.MAX_DEVICE_LENGTH));
  }

  /** Converts a denied access to a problem with the required role or scope. */
  public static Problem toProblem(AccessDeniedException denied) {
    return switch (denied.caller()) {
      case Caller.Anonymous() -> Problem.of(ProblemKind.UNAUTHENTICATED, UNAUTHENTICATED_DETAIL);
      case Caller.SignedIn signedIn ->
          signedIn.isPasswordChangeRequired()
              ? Problem.of(ProblemKind.PASSWORD_CHANGE_REQUIRED, PASSWORD_CHANGE_DETAIL)
              : Problem.of(
                  ProblemKind.FORBIDDEN, requiredDetail("role", roles(denied.permission())));
      case Caller.ApiClient _, Caller.LocalOperator _ ->
          Problem.of(ProblemKind.FORBIDDEN, requiredDetail("scope", scopes(denied.permission())));
    };
  }

  private static String requiredDetail(String what, List<String> anyOf) {
    return anyOf.isEmpty()
        ? "This operation requires a signed-in user."
        : "This operation requires the " + what + " " + String.join(" or ", anyOf) + ".";
  }

  private static List<String> roles(Permission permission) {
    return Arrays.stream(Role.values())
        .filter(role -> role.grants(permission))
        .map(EnumNames::of)
        .toList();
  }

  private static List<String> scopes(Permission permission) {
    // API clients have no own orders.
    Permission effective =
        permission == Permission.MANAGE_OWN_ORDERS ? Permission.READ_ALL_ORDERS : permission;
    List<String> scopes =
        Arrays.stream(Scope.values())
            .filter(scope -> scope.grants(effective))
            .map(Scope::wireName)
            .toList();
    // The last scope grants everything; it is not listed next to a smaller one.
    return scopes.size() < 2 ? scopes : scopes.subList(0, scopes.size() - 1);
  }
}
