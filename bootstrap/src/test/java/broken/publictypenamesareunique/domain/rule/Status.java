package broken.publictypenamesareunique.domain.rule;

public class Status {
  public enum Reason {}
}
