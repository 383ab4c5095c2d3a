-- The schema that H2 and PostgreSQL have in common. What differs between them (the read-only role,
-- the trigger of the audit log) is in V2 of the dialect.
--
-- Conventions
--   Amounts are bigint, in the minor unit of the currency of their order (cents for EUR), unless the
--   name ends with _major or the comment says otherwise. Prices are numeric, in the major unit.
--   Times are timestamp(6) with time zone, in UTC.
--   version columns are used for optimistic locking.
--   Constraints are named pk_<table>, uq_<table>_<column> and fk_<table>_<referenced table>, indexes
--   idx_<table>_<leading column>.
--   Text that is sorted has a copy in UTF-8 bytes, because the collation of text depends on the
--   database and its locale, and bytes sort by code point everywhere.


-- Orders
--
-- Child tables have no foreign keys: an order and its children are written by one class, in one
-- transaction. See docs/decisions/0012. Values that are only read together with their row are stored
-- in arrays of that row, so that few statements write an order. See docs/decisions/0014.

create table orders (
  id uuid not null constraint pk_orders primary key,
  number bigint generated always as identity (cache 1) not null constraint uq_orders_number unique,
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
  updated_at timestamp(6) with time zone not null,
  shipping_amount bigint,
  shipping_method varchar,
  shipping_total bigint,
  tax_total bigint default 0 not null,
  prices_include_tax boolean default false not null,
  channel varchar,
  customer_group varchar,
  cancel_reason varchar,
  -- Sorts totals across currencies, which have different numbers of decimal places.
  total_major numeric(23, 4) generated always as (
    cast(
      total * case currency_digits
        when 0 then 1.0000 when 1 then 0.1000 when 2 then 0.0100 when 3 then 0.0010 else 0.0001
      end as numeric(23, 4))) ${stored},
  metadata_keys varchar array,
  metadata_values varchar array,
  rejected_codes varchar array,
  rejected_rule_ids uuid array,
  rejection_reasons varchar array,
  paid_at timestamp(6) with time zone
);

-- Covering indexes for keyset pagination: the filtered column, then the sort key (time or total),
-- then the id as tie-breaker, then the other sort key, so that a search reads indexes only and
-- fetches no rows but those of the page. See docs/decisions/0070.
create index idx_orders_placed_at on orders (placed_at desc, id desc, total_major);
create index idx_orders_total on orders (total_major desc, id desc, placed_at);
create index idx_orders_customer on orders (customer_id, placed_at desc, id desc, total_major);
create index idx_orders_status on orders (status, placed_at desc, id desc, total_major);
create index idx_orders_currency on orders (currency, placed_at desc, id desc, total_major);
create index idx_orders_currency_by_total on orders (
  currency, total_major desc, id desc, placed_at);

comment on table orders is 'Accepted orders; amounts in minor units';
comment on column orders.number is 'Order number for people; there may be gaps';
comment on column orders.currency is 'ISO 4217 code';
comment on column orders.currency_digits is 'Decimal places of the currency when the order was placed';
comment on column orders.version is 'Incremented with each change';
comment on column orders.refunded_total is 'Sum of the refunds; at most the total, 0 until paid';
comment on column orders.shipping_amount is 'Shipping before discounts; null if nothing is shipped';
comment on column orders.shipping_total is 'Shipping after discounts; null if nothing is shipped';
comment on column orders.tax_total is 'Included in the total';
comment on column orders.prices_include_tax is 'Whether line prices are gross prices';
comment on column orders.total_major is 'Total in the major unit; for filters and sorting';
comment on column orders.metadata_keys is 'Keys of the metadata of the client; null if there is none';
comment on column orders.metadata_values is 'Value for each key';
comment on column orders.rejected_codes is
  'Codes without effect, null for a rule whose limit was reached; null if nothing was rejected';
comment on column orders.rejected_rule_ids is 'Rule of each rejection; null for an unknown code';
comment on column orders.rejection_reasons is 'Reason of each rejection';
comment on column orders.paid_at is 'Time of payment, also if cancelled or refunded later; null if unpaid';

create table order_lines (
  order_id uuid not null,
  position integer not null,
  -- Searched by prefix, which is a range scan: needs a byte-wise collation.
  sku varchar${collate_bytewise} not null,
  quantity numeric(12, 3) not null,
  unit_price numeric(19, 6) not null,
  subtotal bigint not null,
  discount_total bigint not null,
  total bigint not null,
  list_price numeric(19, 6),
  on_sale boolean default false not null,
  min_unit_price numeric(19, 6),
  tax_rate numeric(7, 4),
  tax_total bigint default 0 not null,
  unit_ranges varchar,
  -- Copies of columns of the order, so that indexes on lines sort by them. Both never change.
  placed_at timestamp(6) with time zone not null,
  tags varchar array,
  order_total_major numeric(23, 4) not null,
  constraint pk_order_lines primary key (order_id, position)
);

create index idx_order_lines_sku on order_lines (
  sku, placed_at desc, order_id desc, position, order_total_major);
create index idx_order_lines_sku_by_total on order_lines (
  sku, order_total_major desc, order_id desc, position, placed_at);

comment on table order_lines is 'Lines of orders; amounts in minor units';
comment on column order_lines.position is 'From 0, in the order of the cart';
comment on column order_lines.unit_price is 'In the major unit of the currency';
comment on column order_lines.list_price is 'In the major unit of the currency';
comment on column order_lines.min_unit_price is 'In the major unit of the currency';
comment on column order_lines.tax_rate is 'In percent';
comment on column order_lines.unit_ranges is
  'Split of price and discount if units of the line differ: thousandths:gross:discount, ...';
comment on column order_lines.placed_at is 'placed_at of the order';
comment on column order_lines.tags is 'Tags of the product, sorted; null if there are none';
comment on column order_lines.order_total_major is 'total_major of the order';

create table order_discounts (
  order_id uuid not null,
  line_position integer not null,
  position integer not null,
  rule_id uuid not null,
  rule_version integer not null,
  label varchar not null,
  amount bigint not null,
  code varchar,
  constraint pk_order_discounts primary key (order_id, line_position, position)
);

comment on table order_discounts is 'Discount of each rule on each line and on shipping, in minor units';
comment on column order_discounts.line_position is 'Position of the line; -1 for shipping';
comment on column order_discounts.code is 'Code that activated the rule, as the customer entered it';

create table pricing_traces (
  order_id uuid not null constraint pk_pricing_traces primary key,
  rule_ids uuid array not null,
  rule_versions integer array not null,
  labels varchar array not null,
  outcomes varchar array not null,
  codes varchar array not null,
  unapplied_amounts bigint array not null,
  skip_reasons varchar array not null,
  condition_pointers varchar array not null,
  expected_values varchar array not null,
  actual_values varchar array not null
);

comment on table pricing_traces is
  'Outcome of each rule when an order was priced: arrays with one element for each rule';
comment on column pricing_traces.outcomes is 'applied or skipped';
comment on column pricing_traces.unapplied_amounts is
  'Part of the discount that exceeded what was left to pay, in minor units; null if skipped';
comment on column pricing_traces.condition_pointers is
  'First condition that failed: JSON pointer into the rule definition';
comment on column pricing_traces.expected_values is 'Value that the condition requires';
comment on column pricing_traces.actual_values is 'Value of the cart';

-- Status changes and refunds after placement. The placement itself is read from the order.
create table order_events (
  order_id uuid not null,
  version integer not null,
  occurred_at timestamp(6) with time zone not null,
  actor varchar,
  event_type varchar not null,
  from_status varchar not null,
  to_status varchar not null,
  reason varchar,
  constraint pk_order_events primary key (order_id, version)
);

comment on table order_events is 'History of each order since it was placed';
comment on column order_events.version is 'Version of the order after the event';
comment on column order_events.actor is 'User or API key that made the change; null if unknown';
comment on column order_events.event_type is 'paid, shipped, completed, cancelled or refunded';

-- A refund has the version of the order that it led to, like its event. See docs/decisions/0074.
create table refunds (
  order_id uuid not null,
  version integer not null,
  refunded_at timestamp(6) with time zone not null,
  actor varchar,
  reason varchar,
  adjustment_amount bigint not null,
  shipping_amount bigint not null,
  total bigint not null,
  constraint pk_refunds primary key (order_id, version)
);

comment on table refunds is 'Refunds of orders; amounts in minor units';
comment on column refunds.version is 'Version of the order after the refund; also that of its event';
comment on column refunds.actor is 'User or API key that made the refund; null if unknown';
comment on column refunds.adjustment_amount is 'Amount refunded without returned units';
comment on column refunds.shipping_amount is 'Amount refunded for shipping';
comment on column refunds.total is 'Sum of adjustment, shipping and lines';

create table refund_lines (
  order_id uuid not null,
  version integer not null,
  position integer not null,
  sku varchar not null,
  units bigint not null,
  amount bigint not null,
  constraint pk_refund_lines primary key (order_id, version, position)
);

comment on table refund_lines is 'Returned units of each refund; amounts in minor units';
comment on column refund_lines.position is 'From 0, in the order of the request; each sku occurs once';
comment on column refund_lines.units is 'A started unit counts as one';
comment on column refund_lines.amount is 'Amount that was paid for these units';


-- Catalogue

create table products (
  sku varchar not null constraint pk_products primary key,
  sku_utf8 bytea not null constraint uq_products_sku_utf8 unique,
  name varchar not null,
  currency varchar(3) not null,
  unit_price numeric(19, 6) not null,
  list_price numeric(19, 6),
  min_unit_price numeric(19, 6),
  tax_rate numeric(7, 4),
  active boolean not null,
  version integer not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

comment on table products is 'Products; prices in the major unit of their currency';
comment on column products.sku_utf8 is 'sku in UTF-8 bytes; sort key of lists';
comment on column products.currency is 'ISO 4217 code';
comment on column products.list_price is 'Price to compare with, such as a former price';
comment on column products.min_unit_price is 'Price floor: no rule discounts below it';
comment on column products.tax_rate is 'In percent';
comment on column products.active is 'Whether the product can be ordered';
comment on column products.version is 'Incremented with each change';

-- Rarely written, so a foreign key costs little.
create table product_tags (
  sku varchar not null,
  tag varchar not null,
  constraint pk_product_tags primary key (sku, tag),
  constraint fk_product_tags_products foreign key (sku) references products (sku) on delete cascade
);

comment on table product_tags is 'Tags that group products';


-- Discount rules and codes

create table rules (
  id uuid not null constraint pk_rules primary key,
  sequence_number bigint generated always as identity (cache 1) not null
    constraint uq_rules_sequence_number unique,
  status varchar not null,
  version integer not null,
  revision integer not null,
  needs_code boolean not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

create index idx_rules_status on rules (status, sequence_number);

comment on table rules is 'Discount rules';
comment on column rules.sequence_number is
  'Order of creation; decides between rules of the same priority';
comment on column rules.status is 'draft, active, paused or archived; only active rules apply';
comment on column rules.version is 'Incremented with each new definition';
comment on column rules.revision is 'Incremented with each change of the definition or the status';
comment on column rules.needs_code is 'Whether the rule applies only with one of its codes';

create table rule_versions (
  rule_id uuid not null,
  version integer not null,
  created_at timestamp(6) with time zone not null,
  constraint pk_rule_versions primary key (rule_id, version)
);

comment on table rule_versions is 'All versions of the definition of each rule';

-- The definition of a rule, one row for each JSON value, so that SQL can query it. See
-- docs/decisions/0060. The column is called content because VALUE is a reserved word of H2.
create table rule_definition_values (
  rule_id uuid not null,
  version integer not null,
  position integer not null,
  json_pointer varchar not null,
  value_type varchar not null,
  content varchar,
  constraint pk_rule_definition_values primary key (rule_id, version, position)
);

comment on table rule_definition_values is 'JSON values of each version of a rule definition';
comment on column rule_definition_values.position is 'Order in the JSON document';
comment on column rule_definition_values.json_pointer is 'Path of the value: JSON pointer (RFC 6901)';
comment on column rule_definition_values.value_type is
  'string, number or boolean; array for each array, object for an empty object';
comment on column rule_definition_values.content is 'Value as text; null for arrays and objects';

create table rule_set (
  version bigint not null
);

comment on table rule_set is 'One row: version of the current rule set; invalidates the caches of nodes';
comment on column rule_set.version is 'Incremented with each change of a rule or its codes';

create table codes (
  normalized_code varchar not null constraint pk_codes primary key,
  normalized_code_utf8 bytea not null constraint uq_codes_normalized_code_utf8 unique,
  code varchar not null,
  rule_id uuid not null,
  max_uses bigint,
  defined_by_rule boolean not null,
  created_at timestamp(6) with time zone not null
);

create index idx_codes_rule on codes (rule_id, normalized_code_utf8);

comment on table codes is 'Discount codes, including those in rule definitions';
comment on column codes.normalized_code is 'Code in the form in which codes are compared';
comment on column codes.normalized_code_utf8 is 'normalized_code in UTF-8 bytes; sort key of lists';
comment on column codes.max_uses is 'Maximum number of orders; null if only the limit of the rule applies';
comment on column codes.defined_by_rule is 'Whether the rule definition contains the code';

-- Usage of limits: a cache of sums over redemptions that orders update and check in one statement.
-- See docs/decisions/0061.
create table rule_usage_counters (
  rule_id uuid not null,
  kind varchar not null,
  subject varchar not null,
  used bigint not null,
  constraint pk_rule_usage_counters primary key (rule_id, kind, subject)
);

comment on table rule_usage_counters is 'Usage of the limits of rules; missing rows are created on demand';
comment on column rule_usage_counters.kind is 'total, code, customer or spend';
comment on column rule_usage_counters.subject is
  'Empty for total, else the normalized code, customer id or currency';
comment on column rule_usage_counters.used is 'Number of orders; for spend, minor units of the currency';

create table redemptions (
  order_id uuid not null,
  rule_id uuid not null,
  rule_version integer not null,
  normalized_code varchar,
  customer_id varchar,
  currency varchar(3) not null,
  amount bigint not null,
  reusable_after_cancel boolean not null,
  released boolean not null,
  redeemed_at timestamp(6) with time zone not null,
  order_total_major numeric(23, 4) not null,
  constraint pk_redemptions primary key (order_id, rule_id)
);

create index idx_redemptions_rule_customer on redemptions (rule_id, customer_id);
create index idx_redemptions_rule on redemptions (
  rule_id, redeemed_at desc, order_id desc, order_total_major);
create index idx_redemptions_rule_by_total on redemptions (
  rule_id, order_total_major desc, order_id desc, redeemed_at);
create index idx_redemptions_code on redemptions (
  normalized_code, redeemed_at desc, order_id desc, order_total_major);
create index idx_redemptions_code_by_total on redemptions (
  normalized_code, order_total_major desc, order_id desc, redeemed_at);

comment on table redemptions is 'Use of a rule by an order';
comment on column redemptions.amount is 'Discount on lines and shipping, in minor units';
comment on column redemptions.reusable_after_cancel is 'Whether cancelling the order releases the use';
comment on column redemptions.released is 'Whether the use was released; it does not count then';
comment on column redemptions.order_total_major is 'total_major of the order';

-- The default rule: 10 % off lines with 10 or more units, 20 % off with 50 or more.
insert into rules (id, status, version, revision, needs_code, created_at, updated_at)
values (
  '019b76da-a800-7000-8000-000000000001', 'active', 1, 1, false,
  timestamp with time zone '2026-01-01 00:00:00+00',
  timestamp with time zone '2026-01-01 00:00:00+00');

insert into rule_versions (rule_id, version, created_at)
values (
  '019b76da-a800-7000-8000-000000000001', 1,
  timestamp with time zone '2026-01-01 00:00:00+00');

insert into rule_definition_values (
  rule_id, version, position, json_pointer, value_type, content)
values
  ('019b76da-a800-7000-8000-000000000001', 1, 0, '/name', 'string', 'Quantity tiers'),
  ('019b76da-a800-7000-8000-000000000001', 1, 1, '/effects', 'array', null),
  ('019b76da-a800-7000-8000-000000000001', 1, 2, '/effects/0/type', 'string', 'tiered_quantity'),
  ('019b76da-a800-7000-8000-000000000001', 1, 3, '/effects/0/mode', 'string', 'volume'),
  ('019b76da-a800-7000-8000-000000000001', 1, 4, '/effects/0/scope', 'string', 'line'),
  ('019b76da-a800-7000-8000-000000000001', 1, 5, '/effects/0/tiers', 'array', null),
  ('019b76da-a800-7000-8000-000000000001', 1, 6, '/effects/0/tiers/0/from', 'number', '10'),
  ('019b76da-a800-7000-8000-000000000001', 1, 7, '/effects/0/tiers/0/percent', 'string', '10'),
  ('019b76da-a800-7000-8000-000000000001', 1, 8, '/effects/0/tiers/0/label', 'string', 'Bulk 10%'),
  ('019b76da-a800-7000-8000-000000000001', 1, 9, '/effects/0/tiers/1/from', 'number', '50'),
  ('019b76da-a800-7000-8000-000000000001', 1, 10, '/effects/0/tiers/1/percent', 'string', '20'),
  ('019b76da-a800-7000-8000-000000000001', 1, 11, '/effects/0/tiers/1/label', 'string',
    'Premium 20%');

insert into rule_set (version) values (1);


-- Identity. No view shows these tables, so the kassa_reader role cannot read them.

create table users (
  id uuid not null constraint pk_users primary key,
  email varchar not null constraint uq_users_email unique,
  name varchar,
  role varchar not null,
  disabled boolean not null,
  version integer not null,
  password_hash varchar not null,
  created_at timestamp(6) with time zone not null,
  password_change_required_at timestamp(6) with time zone
);

create index idx_users_role on users (role, id);

comment on table users is 'User accounts';
comment on column users.id is 'Also the customer_id of the orders of the user, as usr_...';
comment on column users.email is 'In lower case';
comment on column users.role is 'customer, operator or admin';
comment on column users.disabled is 'Whether sign-in is blocked';
comment on column users.version is 'Incremented with each change other than of the password';
comment on column users.password_hash is 'Argon2id, with salt and parameters';
comment on column users.password_change_required_at is
  'Time from which a temporary password must be changed; null if the user chose the password';

-- No foreign key to users: users are never deleted, and creating a session locks the row of its user.
-- No index on last_used_at: it is updated once a minute for each active session, and expired sessions
-- are rarely searched for.
create table sessions (
  id uuid not null constraint pk_sessions primary key,
  user_id uuid not null,
  token_hash varchar(64) not null constraint uq_sessions_token_hash unique,
  user_agent varchar,
  ip_address varchar not null,
  created_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone not null,
  local_operator boolean not null
);

create index idx_sessions_user on sessions (user_id);

comment on table sessions is 'Sessions of signed-in users';
comment on column sessions.token_hash is 'SHA-256 of the session token, hexadecimal';
comment on column sessions.user_agent is 'User-Agent header of the sign-in';
comment on column sessions.ip_address is 'IP address of the sign-in';
comment on column sessions.last_used_at is 'Updated at most once a minute';
comment on column sessions.local_operator is 'True if the local operator started it without a password (./kassa login)';

create table api_keys (
  id uuid not null constraint pk_api_keys primary key,
  key_hash varchar(64) not null constraint uq_api_keys_key_hash unique,
  name varchar not null,
  scopes varchar array not null,
  created_by varchar not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone
);

comment on table api_keys is 'API keys, including expired and revoked ones';
comment on column api_keys.key_hash is 'SHA-256 of the key, hexadecimal';
comment on column api_keys.scopes is 'Permissions, such as orders:read';
comment on column api_keys.created_by is 'usr_... or key_...';
comment on column api_keys.expires_at is 'Null if the key does not expire';
comment on column api_keys.revoked_at is 'Null if the key is not revoked';
comment on column api_keys.last_used_at is 'Updated at most once a minute; null if never used';

-- Failed sign-ins, for throttling.
create table login_attempts (
  subject varchar not null constraint pk_login_attempts primary key,
  failed_attempts integer not null,
  last_failed_at timestamp(6) with time zone not null
);

create index idx_login_attempts_last_failed_at on login_attempts (last_failed_at);

comment on table login_attempts is 'Failed sign-ins until they expire';
comment on column login_attempts.subject is 'Throttled account or client';
comment on column login_attempts.failed_attempts is 'Number since the last reset';

-- Append-only: a trigger in V2 rejects updates and deletes.
create table audit_events (
  sequence_number bigint generated always as identity (cache 1) not null
    constraint pk_audit_events primary key,
  occurred_at timestamp(6) with time zone not null,
  event_type varchar not null,
  actor varchar,
  subject varchar,
  ip_address varchar,
  detail varchar
);

comment on table audit_events is 'Audit log of users, sessions and API keys; append-only';
comment on column audit_events.sequence_number is 'Ascending; there may be gaps';
comment on column audit_events.actor is 'usr_... or key_...; null if unknown';
comment on column audit_events.subject is 'Object of the event: usr_..., key_... or ses_...';
comment on column audit_events.ip_address is 'IP address of the client; null if there is none';

-- Rate limit counters of fixed windows of a minute. A node writes only its own rows, with the current
-- number each time: nodes do not wait for each other, and writing again is idempotent. See
-- docs/decisions/0113.
create table rate_limit_counters (
  window_start timestamp(6) with time zone not null,
  node_id uuid not null,
  caller varchar not null,
  request_count bigint not null,
  constraint pk_rate_limit_counters primary key (window_start, node_id, caller)
);

comment on table rate_limit_counters is 'Requests by caller, minute and node; only callers with many requests';
comment on column rate_limit_counters.window_start is 'Start of the minute';
comment on column rate_limit_counters.node_id is 'Node that counted; a new id with each start';
comment on column rate_limit_counters.caller is 'usr_... or key_...';
comment on column rate_limit_counters.request_count is 'Requests in the window so far';


-- Technical tables

-- Responses to requests with an Idempotency-Key header, written in the transaction of the request.
-- See docs/decisions/0090.
create table idempotency_records (
  caller varchar not null,
  idempotency_key varchar not null,
  request_fingerprint varchar not null,
  response_status smallint not null,
  response_location varchar,
  response_etag varchar,
  response_body varchar not null,
  created_at timestamp(6) with time zone not null,
  constraint pk_idempotency_records primary key (caller, idempotency_key)
);

create index idx_idempotency_records_created_at on idempotency_records (created_at);

comment on table idempotency_records is
  'Responses to requests with an Idempotency-Key, stored for two days for replay';
comment on column idempotency_records.caller is 'usr_... or key_...; empty for anonymous callers';
comment on column idempotency_records.request_fingerprint is 'Method, path and SHA-256 of the body';

create table shared_keys (
  name varchar not null constraint pk_shared_keys primary key,
  secret varchar not null
);

comment on table shared_keys is 'Secret keys that all nodes share, such as for signing cursors';
comment on column shared_keys.secret is '32 random bytes, hexadecimal';

-- Indexes that were dropped for a bulk load and have to be created again after it. See
-- docs/decisions/0095.
create table deferred_indexes (
  name varchar not null constraint pk_deferred_indexes primary key,
  statement varchar not null
);

comment on table deferred_indexes is 'Indexes dropped for a bulk load; empty otherwise';
comment on column deferred_indexes.statement is 'Statement that creates the index';


-- Views: the public SQL interface
--
-- Names, columns and types of a view stay as they are. An incompatible change adds a view of the next
-- version (v2_...). See docs/decisions/0080.
--
-- Amounts are in the major unit of their currency. Days are days in UTC, computed from the epoch,
-- because a cast to date uses the time zone of the session.

-- All orders, including cancelled ones.
create view v1_orders as
select
  o.id,
  o.number,
  o.status,
  o.customer_id,
  o.customer_group,
  o.channel,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  o.currency,
  cast(o.subtotal * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as subtotal,
  cast(o.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as discount_total,
  cast(o.shipping_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as shipping_total,
  cast(o.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as tax_total,
  cast(o.total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as total,
  cast(o.refunded_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as refunded_total,
  o.prices_include_tax,
  o.shipping_method,
  o.cancel_reason,
  o.updated_at
from orders o;

-- All lines of all orders, including cancelled ones.
create view v1_order_lines as
select
  l.order_id,
  o.number as order_number,
  o.status as order_status,
  o.customer_id,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  l.position,
  l.sku,
  l.quantity,
  o.currency,
  l.unit_price,
  l.list_price,
  cast(l.subtotal * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as subtotal,
  cast(l.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as discount_total,
  cast(l.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as tax_total,
  cast(l.total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as total
from order_lines l
join orders o on o.id = l.order_id;

-- Discounts by rule on each line and on shipping, including cancelled orders. line_position and sku
-- are null for shipping.
create view v1_order_discounts as
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

-- Sales by day (UTC) and currency. Cancelled orders are counted separately, on the day they were
-- placed, and are not in the sums. Discounts are those on lines and on shipping.
create view v1_daily_sales as
select
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as sold_on,
  o.currency,
  count(*) filter (where o.status <> 'cancelled') as orders,
  count(*) filter (where o.status = 'cancelled') as cancelled_orders,
  cast(coalesce(sum(o.subtotal * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as subtotal,
  cast(coalesce(sum(o.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as discount_total,
  cast(coalesce(sum(o.shipping_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as shipping_total,
  cast(coalesce(sum(o.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as tax_total,
  cast(coalesce(sum(o.total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as total,
  cast(coalesce(sum(o.refunded_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as refunded_total
from orders o
group by
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer),
  o.currency;

-- Usage by rule and currency. A rule without orders has one row with a null currency. Cancelled orders
-- are counted separately and are not in the sums.
create view v1_rule_usage as
select
  r.id as rule_id,
  p.content as name,
  r.status,
  r.version,
  r.needs_code,
  u.currency,
  count(u.order_id) filter (where o.status <> 'cancelled') as orders,
  count(u.order_id) filter (where o.status = 'cancelled') as cancelled_orders,
  count(distinct u.customer_id) filter (where o.status <> 'cancelled') as customers,
  cast(coalesce(sum(u.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as discount_total,
  min(u.redeemed_at) filter (where o.status <> 'cancelled') as first_used_at,
  max(u.redeemed_at) filter (where o.status <> 'cancelled') as last_used_at
from rules r
left join rule_definition_values p
  on p.rule_id = r.id and p.version = r.version and p.json_pointer = '/name'
left join redemptions u on u.rule_id = r.id
left join orders o on o.id = u.order_id
group by r.id, p.content, r.status, r.version, r.needs_code, u.currency;

-- Codes with their usage. Cancelled orders are counted separately.
create view v1_codes as
select
  c.code,
  c.rule_id,
  p.content as rule_name,
  r.status as rule_status,
  c.max_uses,
  c.created_at,
  count(u.order_id) filter (where o.status <> 'cancelled') as orders,
  count(u.order_id) filter (where o.status = 'cancelled') as cancelled_orders,
  max(u.redeemed_at) filter (where o.status <> 'cancelled') as last_used_at
from codes c
join rules r on r.id = c.rule_id
left join rule_definition_values p
  on p.rule_id = r.id and p.version = r.version and p.json_pointer = '/name'
left join redemptions u on u.normalized_code = c.normalized_code and u.rule_id = c.rule_id
left join orders o on o.id = u.order_id
group by c.code, c.rule_id, p.content, r.status, c.max_uses, c.created_at;

-- Totals by customer and currency, without orders of anonymous customers. Cancelled orders are counted
-- separately; they are not in the sums, nor the first or last order.
create view v1_customer_totals as
select
  o.customer_id,
  o.currency,
  count(*) filter (where o.status <> 'cancelled') as orders,
  count(*) filter (where o.status = 'cancelled') as cancelled_orders,
  cast(coalesce(sum(o.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as discount_total,
  cast(coalesce(sum(o.total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as total,
  cast(coalesce(sum(o.refunded_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as refunded_total,
  min(o.placed_at) filter (where o.status <> 'cancelled') as first_order_at,
  max(o.placed_at) filter (where o.status <> 'cancelled') as last_order_at
from orders o
where o.customer_id is not null
group by o.customer_id, o.currency;

comment on view v1_orders is 'All orders, including cancelled ones; amounts in the major unit';
comment on column v1_orders.placed_on is 'Day in UTC';
comment on column v1_orders.discount_total is 'Discounts on lines and shipping';
comment on column v1_orders.shipping_total is 'After discounts; null if nothing is shipped';
comment on view v1_order_lines is
  'All order lines, including cancelled orders; amounts in the major unit';
comment on column v1_order_lines.position is 'From 0, in the order of the cart';
comment on column v1_order_lines.order_status is 'Status of the order: placed, cancelled, ...';
comment on view v1_order_discounts is
  'Discounts by rule, including cancelled orders; amounts in the major unit';
comment on column v1_order_discounts.line_position is 'Null for shipping';
comment on column v1_order_discounts.amount is 'Greater than zero, in the major unit';
comment on view v1_daily_sales is 'Sales by day (UTC) and currency; sums without cancelled orders';
comment on column v1_daily_sales.orders is 'Number of orders that are not cancelled';
comment on column v1_daily_sales.discount_total is 'Discounts on lines and shipping';
comment on view v1_rule_usage is 'Usage by rule and currency; sums without cancelled orders';
comment on column v1_rule_usage.currency is 'Null for a rule that was never used';
comment on column v1_rule_usage.discount_total is 'Discounts on lines and shipping';
comment on view v1_codes is 'Codes with their usage';
comment on column v1_codes.max_uses is 'Null if only the limit of the rule applies';
comment on view v1_customer_totals is
  'Totals by customer and currency; sums without cancelled orders';
