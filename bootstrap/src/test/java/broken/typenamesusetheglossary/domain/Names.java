package broken.typenamesusetheglossary.domain;

class Names {
  record KeptOrder() {}

  record Patience() {}

  record OrderFaults() {}

  /** Part of another word. */
  record Defaults() {}
}
