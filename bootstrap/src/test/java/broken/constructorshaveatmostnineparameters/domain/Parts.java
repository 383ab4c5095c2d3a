package broken.constructorshaveatmostnineparameters.domain;

class Parts {
  record Nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}

  record Ten(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {}

  /** Mirrors a row of a table. */
  record TenRow(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {}

  /** Mirrors a JSON object. */
  record TenResponse(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {}
}
