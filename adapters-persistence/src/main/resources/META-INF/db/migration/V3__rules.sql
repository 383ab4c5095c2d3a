-- Rules. What a rule says stands in rule_parts, a row a value, so that it can be asked for in SQL.
-- See docs/decisions/0060.
create table rules (
  id uuid not null constraint rules_by_id primary key,
  created_order bigint generated always as identity (cache 1) not null
    constraint rules_in_order unique,
  status varchar not null,
  version integer not null,
  revision integer not null,
  needs_code boolean not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

create index rules_of_status on rules (status, created_order);

create table rule_versions (
  rule_id uuid not null,
  version integer not null,
  created_at timestamp(6) with time zone not null,
  constraint rule_versions_by_rule primary key (rule_id, version)
);

create table rule_parts (
  rule_id uuid not null,
  version integer not null,
  position integer not null,
  pointer varchar not null,
  kind varchar not null,
  content varchar,
  constraint rule_parts_by_rule primary key (rule_id, version, position)
);

create table rule_set (
  version bigint not null
);

create table codes (
  code_key varchar not null constraint codes_by_key primary key,
  -- What codes are listed by: the bytes of UTF-8 are sorted alike by all databases.
  key_utf8 bytea not null constraint codes_in_order unique,
  code varchar not null,
  rule_id uuid not null,
  max_uses bigint,
  named_by_rule boolean not null,
  created_at timestamp(6) with time zone not null
);

create index codes_of_rule on codes (rule_id, key_utf8);

-- How far limits are used up. See docs/decisions/0061.
create table rule_counters (
  rule_id uuid not null,
  kind varchar not null,
  subject varchar not null,
  used bigint not null,
  constraint rule_counters_by_subject primary key (rule_id, kind, subject)
);

create table redemptions (
  order_id uuid not null,
  rule_id uuid not null,
  rule_version integer not null,
  code_key varchar,
  customer_id varchar,
  currency varchar(3) not null,
  amount bigint not null,
  reusable boolean not null,
  given_back boolean not null,
  redeemed_at timestamp(6) with time zone not null,
  constraint redemptions_by_order primary key (order_id, rule_id)
);

create index redemptions_of_customer on redemptions (rule_id, customer_id);

create index redemptions_with_code on redemptions (code_key);

-- Orders know more than before: shipping, tax, what was said beside the cart, and why their price
-- is what it is.
alter table orders add column shipping_amount bigint;
alter table orders add column shipping_method varchar;
alter table orders add column shipping_total bigint;
alter table orders add column tax_total bigint default 0 not null;
alter table orders add column prices_include_tax boolean default false not null;
alter table orders add column channel varchar;
alter table orders add column customer_group varchar;
alter table orders add column cancel_reason varchar;

create index orders_of_customer on orders (customer_id);

alter table order_lines add column list_price numeric(19, 6);
alter table order_lines add column on_sale boolean default false not null;
alter table order_lines add column min_unit_price numeric(19, 6);
alter table order_lines add column tax_rate numeric(7, 4);
alter table order_lines add column tax_total bigint default 0 not null;
alter table order_lines add column units varchar;

alter table order_discounts add column code varchar;

create table order_line_tags (
  order_id uuid not null,
  line_position integer not null,
  tag varchar not null,
  constraint order_line_tags_by_line primary key (order_id, line_position, tag)
);

create table order_shipping_discounts (
  order_id uuid not null,
  position integer not null,
  rule_id uuid not null,
  rule_version integer not null,
  label varchar not null,
  code varchar,
  amount bigint not null,
  constraint order_shipping_discounts_by_order primary key (order_id, position)
);

create table order_rejections (
  order_id uuid not null,
  position integer not null,
  code varchar,
  rule_id uuid,
  reason varchar not null,
  constraint order_rejections_by_order primary key (order_id, position)
);

-- What a rule took off which line is not repeated here: it stands in the discounts. See
-- docs/decisions/0062.
create table order_trace (
  order_id uuid not null,
  position integer not null,
  rule_id uuid not null,
  rule_version integer not null,
  label varchar not null,
  verdict varchar not null,
  code varchar,
  dropped bigint,
  reason varchar,
  path varchar,
  expected varchar,
  found varchar,
  constraint order_trace_by_order primary key (order_id, position)
);

-- The rule that ships: 10 or more of a line are 10 % off, 50 or more 20 %.
insert into rules (id, status, version, revision, needs_code, created_at, updated_at)
values (
  '019b76da-a800-7000-8000-000000000001', 'active', 1, 1, false,
  timestamp with time zone '2026-01-01 00:00:00+00',
  timestamp with time zone '2026-01-01 00:00:00+00');

insert into rule_versions (rule_id, version, created_at)
values (
  '019b76da-a800-7000-8000-000000000001', 1,
  timestamp with time zone '2026-01-01 00:00:00+00');

insert into rule_parts (rule_id, version, position, pointer, kind, content)
values
  ('019b76da-a800-7000-8000-000000000001', 1, 0, '/name', 'text', 'Quantity tiers'),
  ('019b76da-a800-7000-8000-000000000001', 1, 1, '/effects', 'array', null),
  ('019b76da-a800-7000-8000-000000000001', 1, 2, '/effects/0/type', 'text', 'tiered_quantity'),
  ('019b76da-a800-7000-8000-000000000001', 1, 3, '/effects/0/mode', 'text', 'volume'),
  ('019b76da-a800-7000-8000-000000000001', 1, 4, '/effects/0/scope', 'text', 'line'),
  ('019b76da-a800-7000-8000-000000000001', 1, 5, '/effects/0/tiers', 'array', null),
  ('019b76da-a800-7000-8000-000000000001', 1, 6, '/effects/0/tiers/0/from', 'number', '10'),
  ('019b76da-a800-7000-8000-000000000001', 1, 7, '/effects/0/tiers/0/percent', 'text', '10'),
  ('019b76da-a800-7000-8000-000000000001', 1, 8, '/effects/0/tiers/0/label', 'text', 'Bulk 10%'),
  ('019b76da-a800-7000-8000-000000000001', 1, 9, '/effects/0/tiers/1/from', 'number', '50'),
  ('019b76da-a800-7000-8000-000000000001', 1, 10, '/effects/0/tiers/1/percent', 'text', '20'),
  ('019b76da-a800-7000-8000-000000000001', 1, 11, '/effects/0/tiers/1/label', 'text',
    'Premium 20%');

insert into rule_set (version) values (1);

-- Orders that are older than this table used rules too.
insert into redemptions (
  order_id, rule_id, rule_version, customer_id, currency, amount, reusable, given_back,
  redeemed_at)
select
  d.order_id, d.rule_id, max(d.rule_version), o.customer_id, o.currency, sum(d.amount), true, false,
  o.placed_at
from order_discounts d
join orders o on o.id = d.order_id
group by d.order_id, d.rule_id, o.customer_id, o.currency, o.placed_at;

comment on table rules is 'One row for each discount rule';
comment on column rules.created_order is 'The order of rules of the same priority';
comment on column rules.status is 'draft, active, paused or archived; only active ones are in force';
comment on column rules.version is 'One higher with each new definition';
comment on column rules.revision is 'One higher with each change, of the definition or the status';
comment on column rules.needs_code is 'Whether it applies only with one of its codes';
comment on table rule_versions is 'Each definition that a rule has had';
comment on table rule_parts is 'What each version of a rule says: one row for each value';
comment on column rule_parts.position is 'The order in which the values were written';
comment on column rule_parts.pointer is 'Where the value stands: a JSON pointer (RFC 6901)';
comment on column rule_parts.kind is
  'text, number or flag; array for every list, object for one that is empty';
comment on table rule_set is 'One row: the number of the present set of rules';
comment on column rule_set.version is 'One higher with each change of a rule or of its codes';
comment on table codes is 'One row for each code, those that rules name themselves included';
comment on column codes.code_key is 'What all spellings of the code have in common';
comment on column codes.key_utf8 is 'The key in UTF-8: the order of lists';
comment on column codes.max_uses is 'The most orders that may use it; the limit of its rule if null';
comment on column codes.named_by_rule is 'Whether the definition of the rule names it';
comment on table rule_counters is 'How far limits are used up; a missing row is made when needed';
comment on column rule_counters.kind is 'total, code, customer or spend';
comment on column rule_counters.subject is 'Key of the code, id of the customer, or currency';
comment on column rule_counters.used is 'Orders; minor units of the currency for spend';
comment on table redemptions is 'Which order used which rule, and for how much';
comment on column redemptions.amount is 'What it took off, shipping included, in minor units';
comment on column redemptions.reusable is 'Whether a cancelled order gives the use back';
comment on column redemptions.given_back is 'Whether it has given it back: it does not count then';
comment on column orders.shipping_amount is 'Before discounts; null if nothing is brought';
comment on column orders.shipping_total is 'After discounts';
comment on column orders.tax_total is 'Contained in the total';
comment on column orders.prices_include_tax is 'Whether prices contain the tax of their line';
comment on column order_lines.list_price is 'In the major unit of the currency';
comment on column order_lines.min_unit_price is 'In the major unit of the currency';
comment on column order_lines.tax_rate is 'In per cent';
comment on column order_lines.units is
  'How price and discount fall on units that differ: thousandths:gross:discount, ...';
comment on column order_discounts.code is 'The code that brought the rule, as it was entered';
comment on table order_line_tags is 'The words that group the lines of orders';
comment on table order_shipping_discounts is 'What each rule took off shipping, in minor units';
comment on table order_rejections is 'The codes that brought nothing, and the rules out of uses';
comment on table order_trace is 'What became of each rule when an order was priced';
comment on column order_trace.verdict is 'applied or skipped';
comment on column order_trace.dropped is 'What it could not take off, in minor units';
comment on column order_trace.path is 'The first condition that failed: a JSON pointer in the rule';
