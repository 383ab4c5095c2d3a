package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;
import kassa.domain.InvalidValueException;

/** Reads the parameters of a path. */
public final class PathParameters {

  private PathParameters() {}

  /**
   * Parses the id of a resource.
   *
   * @param name the name of the parameter
   * @param parse throws {@link InvalidValueException} if the text is invalid
   * @return empty if no resource can have this id
   */
  public static <T> Optional<T> parse(Context context, String name, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(context.pathParam(name)));
    } catch (InvalidValueException invalid) {
      return Optional.empty();
    }
  }
}
