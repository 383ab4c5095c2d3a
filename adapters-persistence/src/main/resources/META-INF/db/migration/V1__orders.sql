-- Orders, as they were accepted. Amounts are counted in the minor unit of the order's currency; an
-- amount divided by 10 to the power of currency_digits is the amount in the major unit.
create table orders (
  id uuid not null constraint orders_by_id primary key,
  number bigint generated always as identity (cache 1) not null constraint orders_by_number unique,
  status varchar not null,
  customer_id varchar,
  version integer not null,
  currency varchar(3) not null,
  currency_digits smallint not null,
  subtotal bigint not null,
  discount_total bigint not null,
  total bigint not null,
  refunded_total bigint not null,
  placed_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

create index orders_newest_first on orders (placed_at desc, id desc);

-- The children carry no foreign keys: they are written with their order, in one transaction, by one
-- class. See docs/decisions/0012.
create table order_lines (
  order_id uuid not null,
  position integer not null,
  sku varchar not null,
  quantity numeric(12, 3) not null,
  unit_price numeric(19, 6) not null,
  subtotal bigint not null,
  discount_total bigint not null,
  total bigint not null,
  constraint order_lines_by_order primary key (order_id, position)
);

create table order_discounts (
  order_id uuid not null,
  line_position integer not null,
  position integer not null,
  rule_id uuid not null,
  rule_version integer not null,
  label varchar not null,
  amount bigint not null,
  constraint order_discounts_by_line primary key (order_id, line_position, position)
);

-- The value is called content because VALUE is a reserved word of H2.
create table order_metadata (
  order_id uuid not null,
  name varchar not null,
  content varchar not null,
  constraint order_metadata_by_order primary key (order_id, name)
);

-- Secrets that all nodes of this database share, in hexadecimal digits.
create table shared_keys (
  name varchar not null constraint shared_keys_by_name primary key,
  secret varchar not null
);

comment on table orders is 'One row for each order that was accepted; amounts in minor units';
comment on column orders.number is 'The order for people; there may be gaps';
comment on column orders.currency is 'ISO 4217 code';
comment on column orders.currency_digits is 'Decimal places of the currency when it was accepted';
comment on column orders.version is 'One higher with each change';
comment on table order_lines is 'The lines of each order, from position 0; amounts in minor units';
comment on column order_lines.unit_price is 'In the major unit of the currency';
comment on table order_discounts is 'What each rule took off each line, in minor units';
comment on table order_metadata is 'What the sender of an order wants to find on it again';
