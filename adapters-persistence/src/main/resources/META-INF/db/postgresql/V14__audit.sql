-- What happened to users, sessions and keys is added to and never changed, by whomever.
create function audit_events_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is only added to' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_events_are_kept before update or delete or truncate on audit_events
  for each statement execute function audit_events_are_kept();
