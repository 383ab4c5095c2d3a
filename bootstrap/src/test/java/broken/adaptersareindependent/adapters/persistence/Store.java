package broken.adaptersareindependent.adapters.persistence;

/** An adapter that keeps the rule. */
public interface Store {}
