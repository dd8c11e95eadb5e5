-- Tells the forwarder that work is waiting, the moment the transaction that asked for it commits.
create function announce_event() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_catalog.pg_notify('selah_events', '');
  return null;
end
$$;

create trigger announce_event
after insert on events
for each statement execute function announce_event();

-- The hosted Data API is reachable with the publishable key: nothing here is for it.
revoke execute on function announce_event() from public;
revoke all on all tables in schema public from anon, authenticated;
alter default privileges in schema public revoke all on tables from anon, authenticated;
