-- What is read with its row and never asked for alone stands in it, and the trace of an order in one
-- row: an order is written by six statements at most. See docs/decisions/0014.
alter table orders add column metadata_names varchar array;
alter table orders add column metadata_contents varchar array;
alter table orders add column rejected_codes varchar array;
alter table orders add column rejected_rules uuid array;
alter table orders add column rejected_reasons varchar array;

update orders set (metadata_names, metadata_contents) = (
  select array_agg(m.name order by m.name), array_agg(m.content order by m.name)
  from order_metadata m where m.order_id = orders.id)
where exists (select 1 from order_metadata m where m.order_id = orders.id);

update orders set (rejected_codes, rejected_rules, rejected_reasons) = (
  select
    array_agg(r.code order by r.position),
    array_agg(r.rule_id order by r.position),
    array_agg(r.reason order by r.position)
  from order_rejections r where r.order_id = orders.id)
where exists (select 1 from order_rejections r where r.order_id = orders.id);

drop table order_metadata;
drop table order_rejections;

alter table order_lines add column tags varchar array;

update order_lines set tags = (
  select array_agg(t.tag order by t.tag) from order_line_tags t
  where t.order_id = order_lines.order_id and t.line_position = order_lines.position)
where exists (
  select 1 from order_line_tags t
  where t.order_id = order_lines.order_id and t.line_position = order_lines.position);

drop table order_line_tags;

-- Shipping stands among the lines, at the place -1.
insert into order_discounts (
  order_id, line_position, position, rule_id, rule_version, label, code, amount)
select order_id, -1, position, rule_id, rule_version, label, code, amount
from order_shipping_discounts;

create or replace view v1_order_discounts as
select
  d.order_id,
  o.number as order_number,
  o.status as order_status,
  o.customer_id,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  nullif(d.line_position, -1) as line_position,
  l.sku,
  d.rule_id,
  d.rule_version,
  d.label,
  d.code,
  o.currency,
  cast(d.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as amount
from order_discounts d
join orders o on o.id = d.order_id
left join order_lines l on l.order_id = d.order_id and l.position = d.line_position;

drop table order_shipping_discounts;

create table order_traces (
  order_id uuid not null constraint order_traces_by_order primary key,
  rules uuid array not null,
  rule_versions integer array not null,
  labels varchar array not null,
  verdicts varchar array not null,
  codes varchar array not null,
  dropped bigint array not null,
  reasons varchar array not null,
  paths varchar array not null,
  expected varchar array not null,
  found varchar array not null
);

insert into order_traces (
  order_id, rules, rule_versions, labels, verdicts, codes, dropped, reasons, paths, expected, found)
select
  order_id,
  array_agg(rule_id order by position),
  array_agg(rule_version order by position),
  array_agg(label order by position),
  array_agg(verdict order by position),
  array_agg(code order by position),
  array_agg(dropped order by position),
  array_agg(reason order by position),
  array_agg(path order by position),
  array_agg(expected order by position),
  array_agg(found order by position)
from order_trace
group by order_id;

drop table order_trace;

comment on column orders.metadata_names is 'What the sender wants to find again; null if nothing';
comment on column orders.metadata_contents is 'A content for each name';
comment on column orders.rejected_codes is
  'The codes that brought nothing, null for a rule out of uses; null if nothing was rejected';
comment on column orders.rejected_rules is 'The rule of each, null for a code that is unknown';
comment on column orders.rejected_reasons is 'Why, for each';
comment on column order_lines.tags is 'The words that group it, sorted; null if there are none';
comment on column order_discounts.line_position is 'The place of the line; -1 for shipping';
comment on table order_traces is
  'What became of each rule when an order was priced: the arrays have an element for each rule';
comment on column order_traces.verdicts is 'applied or skipped';
comment on column order_traces.dropped is 'What it could not take off, in minor units';
comment on column order_traces.paths is 'The first condition that failed: a JSON pointer in the rule';
