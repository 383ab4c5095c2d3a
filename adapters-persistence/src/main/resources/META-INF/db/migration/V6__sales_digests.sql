-- Sums of sales by SKU, customer and rule for whole days. See docs/decisions/0134.

-- The number of transactions that changed the bucket. It only grows, also when rows are merged.
alter table sales_buckets ${add}
  changes bigint default 1 not null
${end_add};

comment on column sales_buckets.changes is 'Number of transactions that wrote this row';

create table sales_digests (
  kind varchar not null,
  utc_day integer not null,
  part integer not null,
  parts integer not null,
  changes bigint not null,
  entries integer not null,
  ranks bytea not null,
  figures bytea not null,
  constraint pk_sales_digests primary key (kind, utc_day, part)
);

comment on table sales_digests is
  'Cache of sales sums of whole days in UTC by SKU, customer and rule; may be emptied at any time';
comment on column sales_digests.kind is 'sku, customer or rule';
comment on column sales_digests.utc_day is 'Days since 1970-01-01';
comment on column sales_digests.part is 'From 0; days with many groups have several';
comment on column sales_digests.parts is 'Number of parts of the day';
comment on column sales_digests.changes is
  'Valid if it is the sum of sales_buckets.changes of the day';
comment on column sales_digests.entries is 'Number of entries of the part';
comment on column sales_digests.ranks is 'Hash of the group and number of orders of each entry';
comment on column sales_digests.figures is 'Group and figures of each entry';
