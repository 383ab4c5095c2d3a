package kassa.adapters.http;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kassa.application.UseCases;
import kassa.application.port.in.ByCaller;

/** Use-cases some of which are others. */
final class Replaced {

  private Replaced() {}

  /**
   * The same use-cases but for these.
   *
   * @param others by the names that they have in {@link UseCases}
   */
  static UseCases in(UseCases whole, Map<String, ?> others) {
    RecordComponent[] components = UseCases.class.getRecordComponents();
    Set<String> unknown = new HashSet<>(others.keySet());
    Arrays.stream(components).map(RecordComponent::getName).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new AssertionError("there is no use-case " + unknown);
    }
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        Object own = components[i].getAccessor().invoke(whole);
        Object other = others.get(components[i].getName());
        arguments[i] = other == null ? own : other;
        types[i] = components[i].getType();
      }
      return UseCases.class.getConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("use-cases are made otherwise", changed);
    }
  }

  /** One for all callers. */
  static <T> ByCaller<T> forAll(T useCase) {
    return caller -> useCase;
  }
}
