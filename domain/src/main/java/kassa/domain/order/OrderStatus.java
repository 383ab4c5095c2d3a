package kassa.domain.order;

/** How far an order has come. */
public enum OrderStatus {
  /** Accepted, and nothing done about it yet. */
  PLACED
}
