-- Placing an order writes fewer index entries and rows. See docs/decisions/0151 and 0152.

-- Sorted by total: few matches are sorted, many are found by scanning idx_orders_total.
drop index idx_orders_currency_by_total;

-- The uses of a rule by a customer are counted from the orders of the customer.
drop index idx_redemptions_rule_customer;

-- The trace as a text: short ones in the row of the order, long ones in their own table.
alter table orders add pricing_trace varchar;

create table new_pricing_traces (
  order_id uuid not null,
  trace varchar not null
);

-- A subquery for each trace, because H2 would scan the table for each number of a join.
insert into new_pricing_traces (order_id, trace)
select
  t.order_id,
  (select listagg(
    t.rule_ids[n.x] || char(9) || t.rule_versions[n.x] || char(9)
      || replace(replace(replace(t.labels[n.x], '\', '\\'), char(9), '\t'), char(10), '\n')
      || char(9) || t.outcomes[n.x] || char(9)
      || case t.outcomes[n.x]
        when 'applied' then
          coalesce(
            replace(replace(replace(t.codes[n.x], '\', '\\'), char(9), '\t'), char(10), '\n'),
            '\N')
          || char(9) || t.unapplied_amounts[n.x]
        else
          t.skip_reasons[n.x] || char(9)
          || coalesce(
            replace(
              replace(replace(t.condition_pointers[n.x], '\', '\\'), char(9), '\t'), char(10), '\n'),
            '\N')
          || char(9)
          || coalesce(
            replace(
              replace(replace(t.expected_values[n.x], '\', '\\'), char(9), '\t'), char(10), '\n'),
            '\N')
          || char(9)
          || coalesce(
            replace(
              replace(replace(t.actual_values[n.x], '\', '\\'), char(9), '\t'), char(10), '\n'),
            '\N')
        end,
    char(10)) within group (order by n.x)
  from system_range(1, 10000) n
  where n.x <= cardinality(t.rule_ids))
from pricing_traces t
where cardinality(t.rule_ids) > 0;

drop table pricing_traces;
alter table new_pricing_traces rename to pricing_traces;
alter table pricing_traces add constraint pk_pricing_traces primary key (order_id);

comment on column orders.pricing_trace is
  'Outcome of each rule when the order was priced: a line for each rule, with fields separated by tabs; null if in pricing_traces';
comment on table pricing_traces is 'Pricing traces that are too long for orders.pricing_trace';
comment on column pricing_traces.trace is 'In the form of orders.pricing_trace';

-- H2 creates the views of a changed table again, without their comments.
comment on view v1_orders is 'All orders, including cancelled ones; amounts in the major unit';
comment on column v1_orders.placed_on is 'Day in UTC when the order was placed';
comment on column v1_orders.discount_total is 'Discounts on lines and shipping';
comment on column v1_orders.shipping_total is
  'Shipping after discounts, with tax; null if nothing is shipped';
comment on view v1_order_lines is
  'All order lines, including cancelled orders; amounts in the major unit';
comment on column v1_order_lines.position is 'From 0, in the order of the cart';
comment on column v1_order_lines.order_status is 'Status of the order: placed, cancelled, ...';
comment on view v1_order_discounts is
  'Discounts by rule, including cancelled orders; amounts in the major unit';
comment on column v1_order_discounts.line_position is 'Position of the line; null for shipping';
comment on column v1_order_discounts.amount is 'Greater than zero';
comment on view v1_daily_sales is 'Sales by day (UTC) and currency; sums without cancelled orders';
comment on column v1_daily_sales.orders is 'Number of orders that are not cancelled';
comment on column v1_daily_sales.discount_total is 'Discounts on lines and shipping';
comment on view v1_rule_usage is 'Usage by rule and currency; sums without cancelled orders';
comment on column v1_rule_usage.currency is 'ISO 4217 code; null for a rule that was never used';
comment on column v1_rule_usage.discount_total is 'Discounts of the rule on lines and shipping';
comment on view v1_codes is 'Codes with their usage';
comment on column v1_codes.max_uses is 'Null if only the limit of the rule applies';
comment on view v1_customer_totals is
  'Totals by customer and currency; sums without cancelled orders';
comment on column v1_orders.shipping_tax_rate is 'In percent; null if shipping is not taxed';
comment on column v1_orders.shipping_tax_total is 'Included in tax_total';
comment on view v1_refunds is
  'Refunds, including those of cancelled orders; amounts in the major unit';
comment on column v1_refunds.version is 'Version of the order after the refund';
comment on column v1_refunds.refunded_on is 'Day in UTC of the refund';
comment on column v1_refunds.adjustment_amount is 'Amount refunded without returned units';
comment on column v1_refunds.shipping_amount is 'Amount refunded for shipping, with tax';
comment on column v1_refunds.shipping_tax is 'Tax in shipping_amount';
comment on column v1_refunds.tax_total is 'Tax in the total: of lines, shipping and adjustment';
comment on column v1_refunds.total is 'Sum of lines, shipping and adjustment, with tax';
comment on view v1_refund_lines is
  'Refunded products, including those of cancelled orders; amounts in the major unit';
comment on column v1_refund_lines.units is 'The quantity, rounded up; add up quantity instead';
comment on column v1_refund_lines.tax is 'Tax in the amount';
comment on view v1_order_metadata is
  'Metadata of orders, one row for each entry; including cancelled orders';
comment on column v1_orders.id is 'UUID of the order, indexed; order_id in other views';
comment on column v1_orders.number is 'Order number for people, indexed';
comment on column v1_orders.status is 'placed, paid, shipped, completed or cancelled';
comment on column v1_orders.customer_id is 'Customer of the order; null for an anonymous customer';
comment on column v1_orders.customer_group is 'Group of the customer; null if unknown';
comment on column v1_orders.channel is 'Sales channel; null if not given';
comment on column v1_orders.placed_at is 'Time when the order was placed';
comment on column v1_orders.currency is 'ISO 4217 code';
comment on column v1_orders.subtotal is 'Before discounts';
comment on column v1_orders.tax_total is 'Tax in the total';
comment on column v1_orders.total is 'After discounts, with tax and shipping';
comment on column v1_orders.refunded_total is 'Sum of the refunds';
comment on column v1_orders.prices_include_tax is 'Whether line prices are gross prices';
comment on column v1_orders.shipping_method is 'Null if not given';
comment on column v1_orders.cancel_reason is 'Null if not cancelled, or without a reason';
comment on column v1_orders.updated_at is 'Time of the last change';
comment on column v1_orders.public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_order_lines.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_order_lines.order_number is 'Order number for people';
comment on column v1_order_lines.customer_id is
  'Customer of the order; null for an anonymous customer';
comment on column v1_order_lines.placed_at is 'Time when the order was placed';
comment on column v1_order_lines.placed_on is 'Day in UTC when the order was placed';
comment on column v1_order_lines.sku is 'SKU of the product';
comment on column v1_order_lines.quantity is 'Quantity, with up to three decimal places';
comment on column v1_order_lines.currency is 'ISO 4217 code';
comment on column v1_order_lines.unit_price is 'Price of one unit';
comment on column v1_order_lines.list_price is 'Price before a price reduction; null if not given';
comment on column v1_order_lines.subtotal is 'Before discounts';
comment on column v1_order_lines.discount_total is 'Discounts on the line';
comment on column v1_order_lines.tax_total is 'Tax on the line';
comment on column v1_order_lines.total is 'After discounts; with tax if prices include tax';
comment on column v1_order_lines.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_order_discounts.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_order_discounts.order_number is 'Order number for people';
comment on column v1_order_discounts.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_order_discounts.customer_id is
  'Customer of the order; null for an anonymous customer';
comment on column v1_order_discounts.placed_at is 'Time when the order was placed';
comment on column v1_order_discounts.placed_on is 'Day in UTC when the order was placed';
comment on column v1_order_discounts.sku is 'SKU of the line; null for shipping';
comment on column v1_order_discounts.rule_id is 'UUID of the rule';
comment on column v1_order_discounts.rule_version is 'Version of the rule that gave the discount';
comment on column v1_order_discounts.label is 'Name of the rule when the order was placed';
comment on column v1_order_discounts.code is
  'Code that activated the rule, as the customer entered it; null without a code';
comment on column v1_order_discounts.currency is 'ISO 4217 code';
comment on column v1_order_discounts.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_order_discounts.rule_public_id is
  'Id of the rule in the API: rul_...; computed, not indexed';
comment on column v1_refunds.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_refunds.order_number is 'Order number for people';
comment on column v1_refunds.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_refunds.customer_id is 'Customer of the order; null for an anonymous customer';
comment on column v1_refunds.refunded_at is 'Time of the refund';
comment on column v1_refunds.placed_at is 'Time when the order was placed';
comment on column v1_refunds.placed_on is 'Day in UTC when the order was placed';
comment on column v1_refunds.currency is 'ISO 4217 code';
comment on column v1_refunds.reason is 'Null if not given';
comment on column v1_refunds.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_refund_lines.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_refund_lines.order_number is 'Order number for people';
comment on column v1_refund_lines.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_refund_lines.version is
  'Version of the order after the refund; with order_id the key of v1_refunds';
comment on column v1_refund_lines.refunded_at is 'Time of the refund';
comment on column v1_refund_lines.refunded_on is 'Day in UTC of the refund';
comment on column v1_refund_lines.position is 'From 0, in the order of the request';
comment on column v1_refund_lines.sku is 'SKU of the product';
comment on column v1_refund_lines.currency is 'ISO 4217 code';
comment on column v1_refund_lines.amount is 'Amount refunded for this quantity, with tax';
comment on column v1_refund_lines.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_order_metadata.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_order_metadata.order_number is 'Order number for people';
comment on column v1_order_metadata.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_order_metadata.placed_at is 'Time when the order was placed';
comment on column v1_order_metadata.metadata_name is 'Name of the entry';
comment on column v1_order_metadata.metadata_value is 'Value of the entry';
comment on column v1_order_metadata.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_daily_sales.sold_on is 'Day in UTC';
comment on column v1_daily_sales.currency is 'ISO 4217 code';
comment on column v1_daily_sales.cancelled_orders is 'Number of cancelled orders';
comment on column v1_daily_sales.subtotal is 'Before discounts';
comment on column v1_daily_sales.shipping_total is
  'Shipping after discounts, with tax; null if nothing is shipped';
comment on column v1_daily_sales.tax_total is 'Tax in the total';
comment on column v1_daily_sales.total is 'After discounts, with tax and shipping';
comment on column v1_daily_sales.refunded_total is 'Sum of the refunds';
comment on column v1_rule_usage.rule_id is 'UUID of the rule';
comment on column v1_rule_usage.name is 'Name of the rule';
comment on column v1_rule_usage.status is 'Status of the rule: draft, active, ...';
comment on column v1_rule_usage.version is 'Current version of the rule';
comment on column v1_rule_usage.needs_code is 'Whether the rule needs a code';
comment on column v1_rule_usage.orders is 'Number of orders that are not cancelled';
comment on column v1_rule_usage.cancelled_orders is 'Number of cancelled orders';
comment on column v1_rule_usage.customers is 'Number of different customers';
comment on column v1_rule_usage.first_used_at is 'Time of the first use; null if never used';
comment on column v1_rule_usage.last_used_at is 'Time of the last use; null if never used';
comment on column v1_rule_usage.rule_public_id is
  'Id of the rule in the API: rul_...; computed, not indexed';
comment on column v1_codes.code is 'The code as it was created';
comment on column v1_codes.rule_id is 'UUID of the rule';
comment on column v1_codes.rule_name is 'Name of the rule';
comment on column v1_codes.rule_status is 'Status of the rule: draft, active, ...';
comment on column v1_codes.created_at is 'Time when the code was created';
comment on column v1_codes.orders is 'Number of orders that are not cancelled';
comment on column v1_codes.cancelled_orders is 'Number of cancelled orders';
comment on column v1_codes.last_used_at is 'Time of the last use; null if never used';
comment on column v1_codes.rule_public_id is
  'Id of the rule in the API: rul_...; computed, not indexed';
comment on column v1_customer_totals.customer_id is 'Id of the customer';
comment on column v1_customer_totals.currency is 'ISO 4217 code';
comment on column v1_customer_totals.orders is 'Number of orders that are not cancelled';
comment on column v1_customer_totals.cancelled_orders is 'Number of cancelled orders';
comment on column v1_customer_totals.discount_total is 'Discounts on lines and shipping';
comment on column v1_customer_totals.total is 'Sum of the totals of the orders';
comment on column v1_customer_totals.refunded_total is 'Sum of the refunds';
comment on column v1_customer_totals.first_order_at is
  'Time of the first order that is not cancelled';
comment on column v1_customer_totals.last_order_at is
  'Time of the last order that is not cancelled';
comment on column v1_refund_lines.quantity is 'Quantity, with up to three decimal places';
