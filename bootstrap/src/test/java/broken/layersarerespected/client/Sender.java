package broken.layersarerespected.client;

import broken.layersarerespected.domain.Thing;

/** Knows more of the server than its contract. */
interface Sender {
  void use(Thing thing);
}
