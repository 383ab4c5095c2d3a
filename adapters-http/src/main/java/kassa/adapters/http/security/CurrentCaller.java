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

/** Tells who sent a request, from where, and what they may not do. */
public final class CurrentCaller {

  /** One text for all causes, so that nobody learns which of them it was. */
  static final String UNAUTHENTICATED_DETAIL =
      "It takes the token of a session or an API key that is good, as Authorization: Bearer.";

  private static final String PASSWORD_CHANGE_DETAIL =
      "Somebody else has chosen or seen it. POST /v1/auth/password changes it.";

  private static final String ATTRIBUTE = "kassa.caller";

  private CurrentCaller() {}

  /** Who sent this request; nobody unless it was found out before. */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    return caller == null ? new Caller.Anonymous() : caller;
  }

  static void set(Context context, Caller caller) {
    context.attribute(ATTRIBUTE, caller);
  }

  /** Where a request comes from. */
  public static ClientInfo clientInfo(Context context) {
    return new ClientInfo(address(context), device(context));
  }

  /** The IP address that a request comes from, without brackets. */
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

  /** Why somebody may not do something, without telling more than the contract does. */
  public static Problem toProblem(AccessDeniedException notAllowed) {
    return switch (notAllowed.caller()) {
      case Caller.Anonymous() -> Problem.of(ProblemKind.UNAUTHENTICATED, UNAUTHENTICATED_DETAIL);
      case Caller.SignedIn signedIn ->
          signedIn.isPasswordChangeRequired()
              ? Problem.of(ProblemKind.PASSWORD_CHANGE_REQUIRED, PASSWORD_CHANGE_DETAIL)
              : Problem.of(
                  ProblemKind.FORBIDDEN, requiredDetail("role", roles(notAllowed.permission())));
      case Caller.ApiClient _, Caller.LocalOperator _ ->
          Problem.of(
              ProblemKind.FORBIDDEN, requiredDetail("scope", scopes(notAllowed.permission())));
    };
  }

  private static String requiredDetail(String what, List<String> anyOf) {
    return anyOf.isEmpty()
        ? "This is for people who signed in."
        : "This needs the " + what + " " + String.join(" or ", anyOf) + ".";
  }

  private static List<String> roles(Permission permission) {
    return Arrays.stream(Role.values())
        .filter(role -> role.grants(permission))
        .map(EnumNames::of)
        .toList();
  }

  private static List<String> scopes(Permission permission) {
    // A program has no orders of its own.
    Permission effective =
        permission == Permission.SEE_OWN_ORDERS ? Permission.SEE_ALL_ORDERS : permission;
    List<String> scopes =
        Arrays.stream(Scope.values())
            .filter(scope -> scope.grants(effective))
            .map(Scope::wireName)
            .toList();
    // That the scope of everything is enough as well goes without saying.
    return scopes.size() < 2 ? scopes : scopes.subList(0, scopes.size() - 1);
  }
}
