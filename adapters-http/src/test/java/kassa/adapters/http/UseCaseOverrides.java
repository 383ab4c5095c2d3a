package kassa.adapters.http;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kassa.application.UseCases;
import kassa.application.port.in.Secured;

/** Use-cases some of which are others. */
public final class UseCaseOverrides {

  private UseCaseOverrides() {}

  /**
   * The same use-cases but for these.
   *
   * @param replacements by the names that they have in {@link UseCases}
   */
  public static UseCases replace(UseCases original, Map<String, ?> replacements) {
    RecordComponent[] components = UseCases.class.getRecordComponents();
    Set<String> unknown = new HashSet<>(replacements.keySet());
    Arrays.stream(components).map(RecordComponent::getName).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new AssertionError("there is no use-case " + unknown);
    }
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        Object own = components[i].getAccessor().invoke(original);
        Object other = replacements.get(components[i].getName());
        arguments[i] = other == null ? own : other;
        types[i] = components[i].getType();
      }
      return UseCases.class.getConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("use-cases are made otherwise", changed);
    }
  }

  /** One for all callers. */
  public static <T> Secured<T> securedForAll(T useCase) {
    return caller -> useCase;
  }
}
