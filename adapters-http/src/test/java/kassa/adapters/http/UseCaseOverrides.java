package kassa.adapters.http;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kassa.application.UseCases;
import kassa.application.port.in.Secured;

/** Replaces some of the use cases for a test. */
public final class UseCaseOverrides {

  private UseCaseOverrides() {}

  /**
   * Returns the use cases with replacements.
   *
   * @param replacements by the names of the components of {@link UseCases} and its groups
   */
  public static UseCases replace(UseCases original, Map<String, ?> replacements) {
    Set<String> unknown = new HashSet<>(replacements.keySet());
    UseCases replaced = replace(original, replacements, unknown);
    if (!unknown.isEmpty()) {
      throw new AssertionError("unknown use cases: " + unknown);
    }
    return replaced;
  }

  private static <T> T replace(T group, Map<String, ?> replacements, Set<String> unknown) {
    RecordComponent[] components = group.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        types[i] = components[i].getType();
        Object own = components[i].getAccessor().invoke(group);
        Object replacement = replacements.get(name);
        if (replacement != null) {
          arguments[i] = replacement;
          unknown.remove(name);
        } else {
          arguments[i] = types[i].isRecord() ? replace(own, replacements, unknown) : own;
        }
      }
      @SuppressWarnings("unchecked")
      T replaced = (T) group.getClass().getConstructor(types).newInstance(arguments);
      return replaced;
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("the records of use cases have changed", changed);
    }
  }

  /** Returns the same use case for all callers. */
  public static <T> Secured<T> securedForAll(T useCase) {
    return caller -> useCase;
  }
}
