package broken.nointerfacewithoneimplementation.domain;

/** Has one, and is sealed. */
sealed interface Effect {
  record OnlyEffect() implements Effect {}
}
