package broken.applicationusesonlyitsallowlist.application;

import broken.applicationusesonlyitsallowlist.domain.Thing;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Uses what is on the list. */
interface Allowed {
  void use(Thing thing);

  void use(InstantSource instantSource);

  void use(List<String> list);

  void use(int[] numbers);

  void use(Semaphore semaphore);
}
