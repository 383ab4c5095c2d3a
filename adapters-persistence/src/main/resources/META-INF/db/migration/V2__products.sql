-- The catalogue. Prices are in the major unit of the product's currency, for they may have more
-- decimal places than it.
create table products (
  sku varchar not null constraint products_by_sku primary key,
  -- What products are listed by. How text is sorted depends on the database and on its language;
  -- the bytes of UTF-8 are sorted alike by all, which is by code points.
  sku_utf8 bytea not null constraint products_in_order unique,
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

-- Tags go with their product. Unlike the lines of an order they are written seldom, so that a
-- foreign key costs little.
create table product_tags (
  sku varchar not null,
  tag varchar not null,
  constraint product_tags_by_product primary key (sku, tag),
  constraint product_tags_of_product foreign key (sku) references products (sku) on delete cascade
);

comment on table products is 'One row for each product of the catalogue; prices in major units';
comment on column products.sku_utf8 is 'The sku in UTF-8: the order of lists';
comment on column products.currency is 'ISO 4217 code';
comment on column products.list_price is 'What it is said to have cost before';
comment on column products.min_unit_price is 'What no rule may take it below';
comment on column products.tax_rate is 'In per cent';
comment on column products.active is 'Whether it is sold';
comment on column products.version is 'One higher with each change';
comment on table product_tags is 'The words that group products';
