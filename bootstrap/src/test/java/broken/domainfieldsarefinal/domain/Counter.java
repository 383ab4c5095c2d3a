package broken.domainfieldsarefinal.domain;

/** Changes, for all and for one. */
class Counter {

  static int all;
  int one;
  final int never = 0;
}
