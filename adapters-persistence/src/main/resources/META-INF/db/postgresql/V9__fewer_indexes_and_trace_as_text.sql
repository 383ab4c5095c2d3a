-- Placing an order writes fewer index entries and rows. See docs/decisions/0151 and 0152.

-- Sorted by total: few matches are sorted, many are found by scanning idx_orders_total.
drop index idx_orders_currency_by_total;

-- The uses of a rule by a customer are counted from the orders of the customer.
drop index idx_redemptions_rule_customer;

-- No search looks for orders without a customer, or uses without a code.
drop index idx_orders_customer;
create index idx_orders_customer on orders (customer_id, placed_at desc, id desc, total_major)
  where customer_id is not null;
drop index idx_redemptions_code;
create index idx_redemptions_code on redemptions (
  normalized_code, redeemed_at desc, order_id desc, order_total_major)
  where normalized_code is not null;
drop index idx_redemptions_code_by_total;
create index idx_redemptions_code_by_total on redemptions (
  normalized_code, order_total_major desc, order_id desc, redeemed_at)
  where normalized_code is not null;

-- The trace as a text: short ones in the row of the order, long ones in their own table.
alter table orders add column pricing_trace varchar;

create table new_pricing_traces (
  order_id uuid not null,
  trace varchar not null
);

insert into new_pricing_traces (order_id, trace)
select
  t.order_id,
  string_agg(
    u.rule_id || chr(9) || u.rule_version || chr(9)
      || replace(replace(replace(u.label, '\', '\\'), chr(9), '\t'), chr(10), '\n') || chr(9)
      || u.outcome || chr(9)
      || case u.outcome
        when 'applied' then
          coalesce(replace(replace(replace(u.code, '\', '\\'), chr(9), '\t'), chr(10), '\n'), '\N')
            || chr(9) || u.unapplied_amount
        else
          u.skip_reason || chr(9)
            || coalesce(
              replace(replace(replace(u.pointer, '\', '\\'), chr(9), '\t'), chr(10), '\n'), '\N')
            || chr(9)
            || coalesce(
              replace(replace(replace(u.expected, '\', '\\'), chr(9), '\t'), chr(10), '\n'), '\N')
            || chr(9)
            || coalesce(
              replace(replace(replace(u.actual, '\', '\\'), chr(9), '\t'), chr(10), '\n'), '\N')
        end,
    chr(10) order by u.n)
from pricing_traces t
cross join lateral unnest(
  t.rule_ids, t.rule_versions, t.labels, t.outcomes, t.codes, t.unapplied_amounts, t.skip_reasons,
  t.condition_pointers, t.expected_values, t.actual_values) with ordinality
as u (
  rule_id, rule_version, label, outcome, code, unapplied_amount, skip_reason, pointer, expected,
  actual, n)
group by t.order_id;

drop table pricing_traces;
alter table new_pricing_traces rename to pricing_traces;
alter table pricing_traces add constraint pk_pricing_traces primary key (order_id);

comment on column orders.pricing_trace is
  'Outcome of each rule when the order was priced: a line for each rule, with fields separated by tabs; null if in pricing_traces';
comment on table pricing_traces is 'Pricing traces that are too long for orders.pricing_trace';
comment on column pricing_traces.trace is 'In the form of orders.pricing_trace';
