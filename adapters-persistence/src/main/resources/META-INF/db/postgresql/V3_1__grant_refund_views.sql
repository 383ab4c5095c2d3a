-- Without the role, as in V2, an administrator creates it later.
do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'kassa_reader') then
    grant select on v1_refunds, v1_refund_lines to kassa_reader;
  end if;
end
$$;
