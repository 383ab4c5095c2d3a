-- Indexes of an embedded database that are not there while it is filled, with the statements that
-- make them again. PostgreSQL puts none off. See docs/decisions/0095.
create table put_off_indexes (
  name varchar not null constraint put_off_indexes_by_name primary key,
  statement varchar not null
);
