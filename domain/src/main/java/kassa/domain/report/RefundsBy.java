package kassa.domain.report;

/** Date by which a sales report counts refunds. */
public enum RefundsBy {
  /** The placement of the refunded order: what was returned of the sales of the period. */
  ORDER_DATE,
  /** The refund: what was returned in the period, also of earlier orders. */
  REFUND_DATE
}
