-- replaces a4d32b47522b0cd6f911752a64af1d70e15165feaa5c6961963ef49a31e7e547
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
-- Only Supabase has these roles.
do $$
declare
  supabase_role name;
begin
  for supabase_role in select rolname from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke all on all tables in schema public from %I', supabase_role);
    execute format('alter default privileges in schema public revoke all on tables from %I', supabase_role);
  end loop;
end
$$;
