CREATE TABLE "scripture_refs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"church_id" uuid NOT NULL,
	"sermon_id" uuid NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"first_verse" integer NOT NULL,
	"last_verse" integer NOT NULL,
	"transcript_id" uuid,
	"first_word" integer,
	"last_word" integer
);
--> statement-breakpoint
ALTER TABLE "scripture_refs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sermons" ADD COLUMN "references_of" text;--> statement-breakpoint
ALTER TABLE "scripture_refs" ADD CONSTRAINT "scripture_refs_church_id_churches_id_fk" FOREIGN KEY ("church_id") REFERENCES "public"."churches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scripture_refs" ADD CONSTRAINT "scripture_refs_sermon_id_sermons_id_fk" FOREIGN KEY ("sermon_id") REFERENCES "public"."sermons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scripture_refs" ADD CONSTRAINT "scripture_refs_transcript_id_transcripts_id_fk" FOREIGN KEY ("transcript_id") REFERENCES "public"."transcripts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scripture_refs_sermon_id_index" ON "scripture_refs" USING btree ("sermon_id");--> statement-breakpoint
CREATE INDEX "scripture_refs_church_id_index" ON "scripture_refs" USING btree ("church_id");--> statement-breakpoint
CREATE INDEX "scripture_refs_transcript_id_index" ON "scripture_refs" USING btree ("transcript_id");--> statement-breakpoint
CREATE INDEX "scripture_refs_first_verse_last_verse_index" ON "scripture_refs" USING btree ("first_verse","last_verse");