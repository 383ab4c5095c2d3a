-- Without the role, as in V2, an administrator creates it later.
do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'kassa_reader') then
    grant select on v1_order_metadata to kassa_reader;
    grant execute on function public_id to kassa_reader;
  end if;
end
$$;
