CREATE TABLE "chapter_lists" (
	"sermon_id" uuid NOT NULL,
	"media_revision" integer NOT NULL,
	"source" text NOT NULL,
	"church_id" uuid NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"chapters" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chapter_lists_sermon_id_media_revision_source_pk" PRIMARY KEY("sermon_id","media_revision","source")
);
--> statement-breakpoint
ALTER TABLE "chapter_lists" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "chapter_lists" ADD CONSTRAINT "chapter_lists_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chapter_lists" ADD CONSTRAINT "chapter_lists_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chapter_lists_church_id_index" ON "chapter_lists" USING btree ("church_id");--> statement-breakpoint
-- The chapters of files were kept with the podcast file.
INSERT INTO "chapter_lists" ("sermon_id", "media_revision", "source", "church_id", "chapters")
SELECT "sermon_id", "revision", 'file', "church_id", "details" -> 'chapters'
FROM "media_assets" WHERE "kind" = 'podcast' AND jsonb_array_length(coalesce("details" -> 'chapters', '[]'::jsonb)) > 0;
--> statement-breakpoint
UPDATE "media_assets" SET "details" = "details" - 'chapters' WHERE "kind" = 'podcast';
