package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import kassa.adapters.http.message.Words;
import kassa.application.port.in.NotAllowedException;
import kassa.application.port.in.Origin;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/** Tells who sent a request, from where, and what they may not do. */
final class Callers {

  /** One text for all causes, so that nobody learns which of them it was. */
  static final String NOBODY =
      "It takes the token of a session or an API key that is good, as Authorization: Bearer.";

  private static final String DUE =
      "Somebody else has chosen or seen it. POST /v1/auth/password changes it.";

  private static final String ATTRIBUTE = "kassa.caller";

  private Callers() {}

  /** Who sent this request; nobody unless it was found out before. */
  static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    return caller == null ? new Caller.Nobody() : caller;
  }

  static void set(Context context, Caller caller) {
    context.attribute(ATTRIBUTE, caller);
  }

  /** Where a request comes from. */
  static Origin origin(Context context) {
    return new Origin(address(context), device(context));
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
    return printable.substring(0, Math.min(printable.length(), Origin.LONGEST_DEVICE));
  }

  /** Why somebody may not do something, without telling more than the contract does. */
  static Problem refusal(NotAllowedException refused) {
    return switch (refused.caller()) {
      case Caller.Nobody() -> Problem.of(ProblemKind.UNAUTHENTICATED, NOBODY);
      case Caller.SignedIn signedIn ->
          signedIn.passwordIsDue()
              ? Problem.of(ProblemKind.PASSWORD_DUE, DUE)
              : Problem.of(ProblemKind.FORBIDDEN, needed("role", roles(refused.permission())));
      case Caller.Program _, Caller.Owner _ ->
          Problem.of(ProblemKind.FORBIDDEN, needed("scope", scopes(refused.permission())));
    };
  }

  private static String needed(String what, List<String> anyOf) {
    return anyOf.isEmpty()
        ? "This is for people who signed in."
        : "This needs the " + what + " " + String.join(" or ", anyOf) + ".";
  }

  private static List<String> roles(Permission permission) {
    return Arrays.stream(Role.values())
        .filter(role -> role.grants(permission))
        .map(Words::of)
        .toList();
  }

  private static List<String> scopes(Permission permission) {
    // A program has no orders of its own.
    Permission asked =
        permission == Permission.SEE_OWN_ORDERS ? Permission.SEE_ALL_ORDERS : permission;
    List<String> scopes =
        Arrays.stream(Scope.values())
            .filter(scope -> scope.grants(asked))
            .map(Scope::word)
            .toList();
    // That the scope of everything is enough as well goes without saying.
    return scopes.size() < 2 ? scopes : scopes.subList(0, scopes.size() - 1);
  }
}
