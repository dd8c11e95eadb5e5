-- replaces fa05589247b55053f6650b6a1272fcfaf2c895d7fce358c6c5719700c18c0638
CREATE TABLE "metric_observations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"metric" text NOT NULL,
	"labels" jsonb NOT NULL,
	"value" double precision NOT NULL
);

ALTER TABLE "metric_observations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "metric_totals" (
	"metric" text NOT NULL,
	"labels" jsonb NOT NULL,
	"bound" double precision NOT NULL,
	"count" bigint NOT NULL,
	"sum" double precision NOT NULL,
	CONSTRAINT "metric_totals_metric_labels_bound_pk" PRIMARY KEY("metric","labels","bound")
);

ALTER TABLE "metric_totals" ENABLE ROW LEVEL SECURITY;

-- Appended in the transaction that ends a run. Only the first end of a run counts.
create function observe_run_end() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.metric_observations (metric, labels, value)
  select metric, jsonb_build_object('task', new.task_id, 'status', new.status), value
  from (
    values
      ('run_ended', greatest(new.attempt - 1, 0)::float8),
      ('run_seconds', greatest(extract(epoch from new.finished_at - new.started_at), 0)::float8)
  ) as observed (metric, value)
  -- A run that never started has no duration.
  where metric = 'run_ended' or new.started_at is not null;
  return null;
end
$$;

create trigger observe_run_end
after update on runs
for each row
when (old.finished_at is null and new.finished_at is not null)
execute function observe_run_end();

create trigger observe_ended_run
after insert on runs
for each row
when (new.finished_at is not null)
execute function observe_run_end();

create function observe_processed_event() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.metric_observations (metric, labels, value)
  values ('event_processed', jsonb_build_object('state', new.state), 1);
  return null;
end
$$;

create trigger observe_processed_event
after update on events
for each row
when (old.state = 'pending' and new.state <> 'pending')
execute function observe_processed_event();

create function observe_dead_letter() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.metric_observations (metric, labels, value)
  values ('dead_letter_created', jsonb_build_object('type', new.type), 1);
  return null;
end
$$;

create trigger observe_dead_letter
after insert on dead_letters
for each row
execute function observe_dead_letter();

-- The hosted Data API is reachable with the publishable key: nothing here is for it.
revoke execute on function observe_run_end() from public;
revoke execute on function observe_processed_event() from public;
revoke execute on function observe_dead_letter() from public;
-- Only Supabase has these roles.
do $$
declare
  supabase_role name;
begin
  for supabase_role in select rolname from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke execute on function observe_run_end() from %I', supabase_role);
    execute format('revoke execute on function observe_processed_event() from %I', supabase_role);
    execute format('revoke execute on function observe_dead_letter() from %I', supabase_role);
  end loop;
end
$$;
