ALTER TABLE "sermons" ADD COLUMN "first_published_at" timestamp with time zone;--> statement-breakpoint
update sermons set first_published_at = coalesce(published_at, created_at)
where publication = 'published' or trashed_from = 'published';
