package broken.publictypenamesareunique.domain.order;

public class Status {
  /** Nested types are named with their outer type. */
  public enum Reason {}
}
