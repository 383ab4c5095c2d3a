package broken.nointerfacewithoneimplementation.domain;

/** Has one implementation. */
interface Plan {
  record OnlyPlan() implements Plan {}
}
