-- replaces 0aebae97b1e03060af09da29768e4c72a1b49544a6e2fc51080f2dc978377692
-- Tells whoever looks at an operator's page that a church's work has changed, the moment it commits. What
-- belongs to no church is for everyone. Within a transaction the same notice is sent once.
create function announce_job_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_catalog.pg_notify('selah_jobs', coalesce(new.church_id::text, old.church_id::text, ''));
  return null;
end
$$;

create trigger announce_job_change
after insert on runs
for each row execute function announce_job_change();

-- That a run was looked at again is no news.
create trigger announce_job_update
after update on runs
for each row
when (to_jsonb(old) - 'updated_at' is distinct from to_jsonb(new) - 'updated_at')
execute function announce_job_change();

create trigger announce_job_change
after insert or update on run_steps
for each row execute function announce_job_change();

create trigger announce_job_change
after insert or update on events
for each row execute function announce_job_change();

create trigger announce_job_change
after insert or update on dead_letters
for each row execute function announce_job_change();

create trigger announce_job_change
after insert or update or delete on scheduled_events
for each row execute function announce_job_change();

-- A release of dead letters belongs to the churches whose letters it takes. While it goes on its letters tell.
create function announce_redrive_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_catalog.pg_notify('selah_jobs', coalesce(church_id::text, ''))
  from (select distinct church_id from public.dead_letters where redrive_id = new.id) as churches;
  return null;
end
$$;

create trigger announce_redrive_change
after update on redrives
for each row
when (old.state is distinct from new.state)
execute function announce_redrive_change();

-- The hosted Data API is reachable with the publishable key: nothing here is for it.
revoke execute on function announce_job_change() from public;
revoke execute on function announce_redrive_change() from public;
-- Only Supabase has these roles.
do $$
declare
  supabase_role name;
begin
  for supabase_role in select rolname from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke execute on function announce_job_change() from %I', supabase_role);
    execute format('revoke execute on function announce_redrive_change() from %I', supabase_role);
  end loop;
end
$$;
