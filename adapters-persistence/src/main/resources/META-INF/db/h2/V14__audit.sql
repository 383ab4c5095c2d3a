-- What happened to users, sessions and keys is added to and never changed. A trigger of H2 is a class
-- in Java, and none is needed to refuse: that of this one does not exist, so that every statement
-- fails for which it is looked for. Emptying the whole table by truncate asks no trigger.
create force trigger audit_events_are_kept before update, delete on audit_events
  call 'audit_events.is.only.added.to';
