package broken.interfaceshaveareason.domain;

/** Has one implementation. */
interface Plan {
  record OnlyPlan() implements Plan {}
}
