ALTER TABLE "sermons" ADD COLUMN "trashed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sermons" ADD COLUMN "trashed_from" text;--> statement-breakpoint
CREATE INDEX "sermons_trashed_index" ON "sermons" USING btree ("trashed_at") WHERE trashed_at is not null;--> statement-breakpoint
drop trigger note_search_change on sermons;
--> statement-breakpoint
create trigger note_search_change
after insert or delete or update of church_id, title, description, scripture, speaker_id, series_id, publication, language, trashed_at
on sermons
for each row execute function note_sermon_change();
