CREATE TABLE "search_changes" (
	"sermon_id" uuid PRIMARY KEY NOT NULL,
	"changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "search_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "passages_search_index";--> statement-breakpoint
ALTER TABLE "passages" ALTER COLUMN "embedder" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "passages" ALTER COLUMN "embedding" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "passages" ALTER COLUMN "search" DROP EXPRESSION;--> statement-breakpoint
ALTER TABLE "sermons" ADD COLUMN "is_text_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "passages" ADD COLUMN "analyser" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "passages" ADD COLUMN "meaning" halfvec(100);--> statement-breakpoint
CREATE INDEX "search_changes_changed_in_index" ON "search_changes" USING btree ("changed_in");--> statement-breakpoint
-- Notes every change to what a search can find, so that each process reads again what has changed. The
-- transaction's number, unlike a counter, cannot be skipped by a reader while its transaction is open.
create function note_search_change(changed uuid[]) returns void
language sql
security definer
set search_path = ''
as $$
  insert into public.search_changes (sermon_id, changed_in)
  select id, pg_catalog.pg_current_xact_id() from unnest(changed) as id order by id
  on conflict (sermon_id) do update set changed_in = excluded.changed_in
$$;
--> statement-breakpoint
create function note_sermon_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform public.note_search_change(array[coalesce(new.id, old.id)]);
  return null;
end
$$;
--> statement-breakpoint
create trigger note_search_change
after insert or delete or update of church_id, title, description, scripture, speaker_id, series_id, publication, language
on sermons
for each row execute function note_sermon_change();
--> statement-breakpoint
create function note_passages_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform public.note_search_change(array(select distinct sermon_id from changed));
  return null;
end
$$;
--> statement-breakpoint
create trigger note_search_change_in
after insert on passages referencing new table as changed
for each statement execute function note_passages_change();
--> statement-breakpoint
create trigger note_search_change_out
after delete on passages referencing old table as changed
for each statement execute function note_passages_change();
--> statement-breakpoint
create function note_name_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_table_name = 'speakers' then
    perform public.note_search_change(array(select id from public.sermons where speaker_id = new.id));
  else
    perform public.note_search_change(array(select id from public.sermons where series_id = new.id));
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_search_change
after update of name on speakers
for each row execute function note_name_change();
--> statement-breakpoint
create trigger note_search_change
after update of title on series
for each row execute function note_name_change();
--> statement-breakpoint
insert into search_changes (sermon_id) select id from sermons;
