package broken.noambientclockorrandomness.domain;

import java.util.UUID;

/** The domain is looked at as well. */
class RandomIdSource {

  UUID id() {
    return UUID.randomUUID();
  }
}
